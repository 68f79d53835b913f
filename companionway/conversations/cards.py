"""The gentle card that only the writer sees: in the answer to what they sent, and on their page without a script."""

from __future__ import annotations

import json
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from companionway.conversations.bubbles import Look
from companionway.conversations.models import Conversation
from companionway.noticing import queries
from companionway.noticing.looking import Looked
from companionway.noticing.models import Noticed

_PLAN = "own"


def is_due(looked: Looked) -> bool:
    """Whether the writer is offered something. Nothing is locked, hidden or shown to anybody else by it."""
    return any(each.has_card for each in looked.found)


def beside(content: bytes, message_id: int, look: Look) -> bytes:
    """The answer to a sending, with the card in it."""
    noticed = queries.open_card([message_id], timezone.now())
    if noticed is None:
        return content
    public_id = Conversation.objects.values_list("public_id", flat=True).get(pk=noticed.conversation_id)
    with translation.override(look.language):
        html = render_to_string("conversations/card.html", {"card": card_of(noticed, public_id)})
    return b'%b,"card":%b}' % (content[:-1], json.dumps(html).encode())


def card_of(noticed: Noticed, public_id: str) -> dict[str, Any]:
    """What the template draws."""
    return {
        "answer_url": reverse("conversations:card", args=[public_id, noticed.public_id]),
        "talk_url": _url("concerns:raise"),
        "plan_url": _url("plans:plan", kind=_PLAN),
        "is_seen_by_team": noticed.programme.coordinator_sees,
    }


def _url(name: str, **parts: str) -> str:
    try:
        return reverse(name, kwargs=parts)
    except NoReverseMatch:
        return ""
