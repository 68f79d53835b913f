"""The places this room adds to the menu of those whose work they are."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.foundation.prepared import Statement, statement_of
from companionway.people.models import Person
from companionway.release import policy
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


def _reads(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, Person) and policy.may_open_desk(user)


def _waiting(request: HttpRequest) -> Statement:
    assert isinstance(request.user, Person)
    now = getattr(request, "now")  # noqa: B009 - set by the middleware
    return statement_of(policy.readable_by(request.user, now).waiting())


def register() -> None:
    register_item(MenuItem("mentoring", _("Replies to read"), "release:queue", "eye", 34, _reads, _waiting))
