"""What this room adds to the page of a group, and to the page of two who began for a while."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.people.models import Person
from companionway.sponsors import policy, queries
from companionway.ui import beside


def of_group(request: HttpRequest, group: Any) -> list[beside.Place]:
    """Asks nothing: the page is for those who belong, and the tradition says whether there is such a list."""
    position = policy.position_of(group)
    if position is None:
        return []
    url = reverse("sponsors:page", args=[group.public_id])
    return [beside.Place(position.label, url, "wave")]


def of_walk(request: HttpRequest, walk: Any) -> list[beside.Place]:
    person = request.user
    if not isinstance(person, Person) or queries.beginning_of(person, walk, timezone.now()) is None:
        return []
    return [beside.Place(_("How long we go on"), reverse("sponsors:mine"), "calendar")]


def register() -> None:
    beside.register("group", "sponsors", of_group)
    beside.register("walk", "sponsors", of_walk)
