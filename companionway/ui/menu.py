"""The tabs. Each room registers its own items when it is ready; nobody edits a list by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from companionway.foundation.prepared import Statement, counted

TABS_ON_A_PHONE = 5


@dataclass(frozen=True)
class MenuItem:
    """One place in the service. `label` is a lazy translation; `badge` says what to count as new there."""

    key: str
    label: Any
    url_name: str
    icon: str
    order: int
    shown_to: Callable[[HttpRequest], bool]
    badge: Callable[[HttpRequest], Statement] | None = None


@dataclass(frozen=True)
class Tab:
    """A menu item as one person sees it now."""

    key: str
    label: Any
    url: str
    icon: str
    badge: int


_items: dict[str, MenuItem] = {}


def register(item: MenuItem) -> None:
    """Add an item (or replace the one with the same key)."""
    _items[item.key] = item


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs this person may use, in order. An item whose page is not mounted is left out."""
    shown = []
    for item in sorted(_items.values(), key=lambda item: (item.order, item.key)):
        if not item.shown_to(request):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:
            continue
        shown.append((item, url))
    badges = _badges(request, [item for item, _url in shown])
    return [Tab(item.key, item.label, url, item.icon, badges.get(item.key, 0)) for item, url in shown]


# Rooms without a place in the menu.
_ROOMS: dict[str, str] = {"gatherings": "chat", "steps": "sprout", "plans": "plan", "safety": "help"}


def picture_of(request: HttpRequest) -> str:
    """The picture of the room this page belongs to: that of its place in the menu."""
    room = request.resolver_match.app_name if request.resolver_match else ""
    places = (item.icon for item in _items.values() if room and item.url_name.startswith(f"{room}:"))
    return next(places, _ROOMS.get(room, "home"))


def _badges(request: HttpRequest, items: list[MenuItem]) -> dict[str, int]:
    """What is new in each place, all in one question."""
    asked = {item.key: item.badge(request) for item in items if item.badge}
    return dict(zip(asked, counted(asked.values()), strict=True))


def current_key(request: HttpRequest, tabs: list[Tab]) -> str:
    """The tab whose address is the longest beginning of this page's address ("" when none is)."""
    here = [
        tab
        for tab in tabs
        if request.path == tab.url or (tab.url != "/" and request.path.startswith(tab.url))
    ]
    return max(here, key=lambda tab: len(tab.url)).key if here else ""
