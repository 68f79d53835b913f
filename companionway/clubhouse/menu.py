"""The place this room adds to the menu."""

from __future__ import annotations

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.clubhouse import policy
from companionway.people.models import Person
from companionway.ui import menu

KEPT_SECONDS: Final = 60


def _houses() -> frozenset[int]:
    """Ids of every house on this server. Asked once a minute, because every page draws the menu."""
    found = cache.get("clubhouse:houses")
    if found is None:
        found = frozenset(policy.houses().values_list("pk", flat=True))
        cache.set("clubhouse:houses", found, KEPT_SECONDS)
    return frozenset(found)


def _belongs(request: HttpRequest) -> bool:
    person = request.user
    return isinstance(person, Person) and any(
        where in _houses() for _role, where in person.roles_now if where
    )


def register() -> None:
    menu.register(menu.MenuItem("house", _("House"), "clubhouse:houses", "home", 32, _belongs))
