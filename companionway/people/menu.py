"""What this room adds to everybody's frame: two tabs, and signing out when somebody leaves the site."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.people import services
from companionway.ui import leaving
from companionway.ui import menu as tabs


def bring() -> None:
    """Register the tabs and the closer; called once when the program starts."""
    tabs.register(tabs.MenuItem("me", _("Me"), "people:me", "me", 80, _is_here))
    tabs.register(tabs.MenuItem("set_up", _("Set-up"), "people:admin", "settings", 90, _administers))
    leaving.register(_end_this_device)


def _is_here(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _administers(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.holds("people.administer")


def _end_this_device(request: HttpRequest) -> None:
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        key = str(request.session.session_key)
        services.sign_out(actor=person, session_key=key, now=request.now)  # type: ignore[attr-defined]
