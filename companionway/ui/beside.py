"""What rooms above add to a page of a room below: more places to go. Like `menu`, each room registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    url: str
    icon: str = ""


# (request, the thing of the page) -> places for whoever reads it
Adds = Callable[[HttpRequest, Any], list[Place]]
_adds: dict[str, dict[str, Adds]] = {}


def register(page: str, room: str, adds: Adds) -> None:
    """`page` says of what: "group" for the page of a group, for those who belong to it."""
    _adds.setdefault(page, {})[room] = adds


def places(request: HttpRequest, page: str, thing: Any) -> list[Place]:
    return [place for _room, adds in sorted(_adds.get(page, {}).items()) for place in adds(request, thing)]
