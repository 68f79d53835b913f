"""The place this room adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person
from companionway.ui import menu


def _reads(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.holds("supervision.hold")


def register() -> None:
    menu.register(menu.MenuItem("pages", _("Pages to read"), "reading:queue", "learn", 47, _reads))
