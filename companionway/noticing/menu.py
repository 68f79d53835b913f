"""The place this room adds to the menu of those on call."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.noticing import policy
from companionway.people.models import Person
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


def _has_a_queue(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and policy.may_have_a_queue(request.user)


def register() -> None:
    register_item(MenuItem("noticed", _("Noticed"), "noticing:queue", "eye", 59, _has_a_queue))
