"""Where this room is found."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.foundation.prepared import Statement
from companionway.notices import queries
from companionway.people.models import Person
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


def _is_here(request: HttpRequest) -> bool:
    return isinstance(request.user, Person)


def _unread(request: HttpRequest) -> Statement:
    return queries.unread_to_count(request.user.pk or 0)


def register() -> None:
    register_item(MenuItem("new", _("What is new"), "notices:list", "bell", 80, _is_here, _unread))
