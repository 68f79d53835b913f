"""The leads' place in the menu, with how many records nobody has opened yet."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.foundation.prepared import Statement, statement_of
from companionway.people.models import Person
from companionway.safeguarding import policy
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


def _is_lead(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.holds(policy.RECORD)


def _unread(request: HttpRequest) -> Statement:
    assert isinstance(request.user, Person)
    return statement_of(policy.readable_by(request.user).unread().exclude(author=request.user))


def register() -> None:
    register_item(
        MenuItem("apart_records", _("Records"), "safeguarding:records", "shield", 58, _is_lead, _unread)
    )
