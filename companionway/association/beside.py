"""What this room adds to the page of a group whose members elect officers: the way to its own affairs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companionway.association import policy
from companionway.ui import beside


def places(request: HttpRequest, group: Any) -> list[beside.Place]:
    """Asks nothing: the page is for those who belong, and the tradition says whether there is more."""
    if policy.rules_of(group) is None:
        return []
    url = reverse("association:home", args=[group.public_id])
    return [beside.Place(_("Officers, register and minutes"), url, "list")]


def register() -> None:
    beside.register("group", "association", places)
