"""A change of a message that is here: what may become of it, how its row changes, and what is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from companionway.conversations import events
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Message
from companionway.conversations.states import MOVES, MessageState
from companionway.foundation.events import Event
from companionway.foundation.policy import Refused
from companionway.noticing import looking
from companionway.noticing.looking import NOTHING, Looked
from companionway.noticing.rows import Noted, change_noticed, forget_reasons


@dataclass(frozen=True, slots=True)
class Changing:
    """New words (`to` stays "here"), or none any more."""

    message_id: int
    actor_id: int
    to: str
    sealed: bytes
    facts: dict[str, str]
    now: datetime
    looked: Looked = NOTHING
    kept: tuple[looking.Kept, ...] = ()
    conversation_id: int = 0
    # Taken away by a decision, or put back as it was: nobody wrote anything, so nothing is looked at anew.
    is_by_team: bool = False


_BY_TEAM: Final = frozenset(
    {(MessageState.HERE, MessageState.TAKEN_AWAY), (MessageState.TAKEN_AWAY, MessageState.HERE)}
)


def refusal(deed: Changing, found: Shown | None) -> Refused | None:
    """What the team took away only the team puts back: neither other words nor taking back reach it."""
    if found is not None and deed.is_by_team == ((found.state, deed.to) in _BY_TEAM):
        stays = found.state == deed.to == MessageState.HERE
        if stays or deed.to in MOVES[found.state]:
            return None
    if found is not None and found.state == MessageState.TAKEN_AWAY:
        return Refused(_("The team took this message away."))
    return Refused(_("This message was taken back."))


def shown_after(deed: Changing, was: Shown, seq: int) -> Shown:
    changed_at = was.changed_at if deed.is_by_team else deed.now
    return was._replace(seq=seq, facts=deed.facts, state=deed.to, changed_at=changed_at)


def store(deed: Changing, seq: int) -> None:
    rows = Message.objects.filter(pk=deed.message_id)
    if deed.is_by_team:
        rows.update(seq=seq, state=deed.to, sealed=deed.sealed)
    else:
        rows.update(
            seq=seq, state=deed.to, sealed=deed.sealed, changed_at=deed.now, noticed=deed.looked.label
        )


def notice_anew(deed: Changing, shown: Shown) -> None:
    """Other words are looked at like new ones; what is taken back keeps no reason. (Erasing: `erasing`, `services`.)"""
    place = Noted(shown.conversation_id, shown.id, deed.now)
    if deed.is_by_team:
        return
    if deed.to == MessageState.HERE:
        change_noticed(place, deed.kept)
    else:
        forget_reasons(place)


_FACTS = {
    MessageState.HERE: events.MessageEdited,
    MessageState.UNDONE: events.MessageUndone,
    MessageState.TAKEN_BACK: events.MessageWithdrawn,
    MessageState.ERASED: events.MessageWithdrawn,
    MessageState.TAKEN_AWAY: events.MessageTakenAway,
}


def fact(deed: Changing, shown: Shown) -> Event:
    is_back = deed.is_by_team and deed.to == MessageState.HERE
    kind = events.MessagePutBack if is_back else _FACTS[MessageState(deed.to)]
    return kind(
        actor_id=deed.actor_id,
        subject=f"message:{shown.id}",
        conversation_id=shown.conversation_id,
        message_id=shown.id,
    )
