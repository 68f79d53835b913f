"""One order of locks for everybody: first the order of messages, then the reply."""

from __future__ import annotations

from companionway.conversations import services as conversations
from companionway.release.models import HeldReply


def locked(held: HeldReply) -> HeldReply:
    """The reply as it stands, nobody else deciding about it until this deed is committed."""
    conversations.first_in_order()
    found = HeldReply.objects.select_for_update(of=("self",)).select_related("conversation", "author")
    return found.get(pk=held.pk)
