"""The place this room adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person
from companionway.ui import menu


def _is_here(request: HttpRequest) -> bool:
    return isinstance(request.user, Person)


def register() -> None:
    menu.register(menu.MenuItem("meetings", _("Meetings"), "meetings:list", "calendar", 30, _is_here))
