"""What every page's frame needs. Nothing here is worked out until a template asks for it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from companionway.ui import easy
from companionway.ui.menu import TABS_ON_A_PHONE, Tab, current_key, picture_of, tabs_for

DEFAULT_NAME = "Companionway"
DEFAULT_LEAVE_TO = "https://www.bbc.co.uk/weather"

_name_provider: list[Callable[[], str]] = []


def set_service_name_provider(provider: Callable[[], str]) -> None:
    """Say how this service calls itself. The last room to speak is heard."""
    _name_provider[:] = [provider]


def service_name() -> str:
    """The service's name; the product's name when nobody has said, or the database is away."""
    if not _name_provider:
        return DEFAULT_NAME
    try:
        return _name_provider[0]() or DEFAULT_NAME
    except DatabaseError:
        return DEFAULT_NAME


def leave_to() -> str:
    """Where "Leave site" ends: a page that says nothing about the person."""
    return getattr(settings, "LEAVE_SITE_URL", "") or DEFAULT_LEAVE_TO


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: menu, current tab, service name, look, where to leave to."""

    def tabs() -> list[Tab]:
        if not hasattr(request, "_ui_tabs"):
            request._ui_tabs = tabs_for(request)  # type: ignore[attr-defined]
        return request._ui_tabs  # type: ignore[attr-defined,no-any-return]

    return {
        "menu": SimpleLazyObject(tabs),
        "menu_limit": TABS_ON_A_PHONE,
        "current_tab": SimpleLazyObject(lambda: current_key(request, tabs())),
        # Called where a template shows it.
        "service_name": service_name,
        "look": easy.look_shown(request),
        "picture": SimpleLazyObject(lambda: picture_of(request)),
        "leave_to": leave_to(),
    }
