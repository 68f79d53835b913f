"""The place of those who stand on the rota."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.concerns import policy, queries
from companionway.foundation.prepared import Statement
from companionway.people.models import Person
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


def _takes_turns(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.holds(policy.TAKE)


def _nobody_has(request: HttpRequest) -> Statement:
    assert isinstance(request.user, Person)
    return queries.live_to_count(request.user)


def register() -> None:
    register_item(MenuItem("on_call", _("On call"), "concerns:desk", "bell", 10, _takes_turns, _nobody_has))
