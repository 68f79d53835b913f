"""The place this room adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.people.models import Person
from companionway.ui import menu


def _is_anywhere(request: HttpRequest) -> bool:
    """Whoever is in a programme may look, without joining. Asks nothing: it stands on every page."""
    return isinstance(request.user, Person) and bool(request.user.roles_now)


def register() -> None:
    menu.register(menu.MenuItem("groups", _("Groups"), "groups:list", "groups", 25, _is_anywhere))
