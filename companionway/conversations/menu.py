"""The tab of this room."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.conversations import queries
from companionway.foundation.prepared import Statement
from companionway.people.models import Person
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


def _is_signed_in(request: HttpRequest) -> bool:
    return isinstance(request.user, Person)


def _new(request: HttpRequest) -> Statement:
    return queries.unread_messages(request.user.pk or 0)


def register() -> None:
    register_item(MenuItem("messages", _("Messages"), "conversations:list", "chat", 20, _is_signed_in, _new))
