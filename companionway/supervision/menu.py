"""The places this room adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person
from companionway.ui import menu


def _is_held(request: HttpRequest) -> bool:
    person = request.user
    return isinstance(person, Person) and (
        person.holds("support.accompany") or person.holds("supervision.hold")
    )


def _oversees(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.holds("supervision.oversee")


def register() -> None:
    menu.register(
        menu.MenuItem("supervision", _("My supervision"), "supervision:mine", "coffee", 46, _is_held)
    )
    menu.register(
        menu.MenuItem(
            "supervision_dates", _("Supervision dates"), "supervision:dates", "clock", 72, _oversees
        )
    )
