"""Held replies: what waits for whom, and what a mentor may see of one."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F
from django.utils.translation import gettext as _

from companionway.conversations import queries as conversations
from companionway.conversations.gates import Kept
from companionway.foundation import sealing
from companionway.people import roles
from companionway.people.models import Person, RoleHeld
from companionway.reasoning import release as rules
from companionway.release import policy
from companionway.release.models import HeldReply, Reading
from companionway.release.states import ReplyState

# What is said of how long reading takes rests on so many, so lately.
FEW, LATELY = 5, timedelta(days=30)


def key_of(held: HeldReply) -> sealing.SealingKey:
    return sealing.key_of_both(sealing.CONVERSATION, held.conversation_id, sealing.PERSON, held.author_id)


def words_of(held: HeldReply) -> dict[str, str]:
    """{"text", "note"}; nothing when the words or a key are gone."""
    if not held.sealed:
        return {}
    with contextlib.suppress(sealing.KeyDestroyed, sealing.CannotOpen):
        facts: dict[str, str] = sealing.open_facts(key_of(held), held.sealed, held.place)
        return facts
    return {}


def answer_to(held: HeldReply) -> str:
    """What the mentor wrote when they sent it back."""
    if not held.sealed_answer or held.decided_by_id is None:
        return ""
    with contextlib.suppress(sealing.KeyDestroyed, sealing.CannotOpen):
        key = sealing.key_of_both(
            sealing.CONVERSATION, held.conversation_id, sealing.PERSON, held.decided_by_id
        )
        return key.open(held.sealed_answer, held.answer_place)
    return ""


def kept(held: HeldReply) -> Kept:
    """As the conversation's own room knows it."""
    return Kept(
        public_id=held.public_id,
        conversation_id=held.conversation_id,
        author_id=held.author_id,
        client_id=held.client_id,
        facts=words_of(held),
        changed_at=held.changed_at,
        is_waiting=held.is_waiting,
        number=held.number,
        held_at=held.held_at,
        promised_at=held.promised_at,
        is_of_space=held.is_of_space,
        is_change=held.edits_id is not None,
    )


def noted(numbers: Collection[int]) -> list[Kept]:
    """Held words by their numbers. A change is bound to the name of the message it would change."""
    rows = HeldReply.objects.filter(pk__in=[-each for each in numbers]).order_by("pk")
    return [replace(kept(row), client_id=name_of(row)) for row in rows]


def name_of(held: HeldReply) -> str:
    """What the reasons of what was noticed are bound to: the name of the message it would change, or its own."""
    shown = conversations.messages_with(held.conversation_id, [held.edits_id]) if held.edits_id else []
    return shown[0].client_id if shown else held.client_id


def old_words(held: HeldReply) -> str:
    """What stands now, where these words would replace it."""
    shown = conversations.messages_with(held.conversation_id, [held.edits_id]) if held.edits_id else []
    return shown[0].facts.get("text", "") if shown else ""


def held_by(person_id: int) -> Any:
    """The numbers of everything of theirs that was ever held, as part of another question."""
    return HeldReply.objects.filter(author=person_id).annotate(number_of=-1 * F("pk")).values("number_of")


def _of(person_id: int, conversation_id: int) -> Any:
    return HeldReply.objects.filter(author=person_id, conversation=conversation_id)


def last_held(person_id: int, conversation_id: int) -> HeldReply | None:
    found: HeldReply | None = _of(person_id, conversation_id).order_by("-pk").first()
    return found


def is_any_waiting(person_id: int, conversation_id: int) -> bool:
    return bool(_of(person_id, conversation_id).waiting().exists())


def owes_another(last: HeldReply) -> bool:
    """The next words are read again: this one came back, or was taken away after it had to be read."""
    if last.state == ReplyState.WITHDRAWN:
        return last.why != rules.Why.ASKED
    return last.state == ReplyState.SENT_BACK


def mine_in(person_id: int, conversation_id: int) -> list[HeldReply]:
    """What its author sees in the conversation: what waits, and what came back and was not put aside."""
    found = _of(person_id, conversation_id).filter(
        state__in=[ReplyState.WAITING, ReplyState.SENT_BACK, ReplyState.CLOSED], seen_at=None
    )
    return list(found.order_by("pk"))


def mine_with(actor: Person, public_id: str) -> HeldReply | None:
    """One of one's own."""
    found = policy.visible_to(actor).filter(public_id=public_id)
    return found.select_related("conversation", "decided_by", "programme").first()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue: whose, since when, until when; never a word."""

    held: HeldReply
    readers: list[str]
    is_late: bool
    mine_to_read: bool


def queue(actor: Person, now: datetime) -> list[Waiting]:
    """What waits and this person may read, the oldest promise first."""
    found = policy.readable_by(actor, now).waiting().select_related("author", "programme")
    rows = list(found.annotate(times_read=Count("readings")).order_by("promised_at", "pk"))
    readers: dict[int, list[tuple[int, str]]] = {}
    for held_id, mentor_id, name in Reading.objects.filter(held__in=rows).values_list(
        "held_id", "mentor_id", "mentor__name"
    ):
        readers.setdefault(held_id, []).append((mentor_id, name))
    return [
        Waiting(
            held=row,
            readers=[name for pk, name in readers.get(row.pk, []) if pk != actor.pk],
            is_late=row.is_late(now),
            mine_to_read=any(pk == actor.pk for pk, _ in readers.get(row.pk, [])),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Opened:
    """One held reply as its reader sees it: the words, and the few messages before them that the member was told of."""

    held: HeldReply
    words: dict[str, str]
    before: list[Any]
    names: dict[int, str]
    member_name: str
    answer: str


def before(held: HeldReply) -> list[Any]:
    """The messages a reader is shown with it: the newest few when it was written, and none after."""
    return conversations.messages_of(held.conversation, before_id=held.after_id + 1, limit=rules.TURNS_BEFORE)


def opened(held: HeldReply) -> Opened:
    people = conversations.people_in(held.conversation_id)
    others = [each.person.name for each in people if each.person_id != held.author_id]
    return Opened(
        held=held,
        words=_words_shown(held),
        before=before(held),
        names={each.person_id: each.person.name for each in people},
        member_name=", ".join(others),
        answer=answer_to(held),
    )


def _words_shown(held: HeldReply) -> dict[str, str]:
    """What the team took away when it had become a message is not read on here either."""
    number = held.message_id or held.edits_id
    if held.state == ReplyState.RELEASED and number and conversations.is_taken_away(number):
        return {"text": _("A message was taken away by the team.")}
    return words_of(held)


def usual_hours(programme_id: int, now: datetime) -> int | None:
    """Four of five of the newest were read within so many hours, rounded up; None where too few were."""
    decided = HeldReply.objects.filter(
        programme=programme_id, traineeship=None, readings__isnull=False, decided_at__gt=now - LATELY
    )
    newest = decided.order_by("-decided_at").values_list("held_at", "decided_at")[:20]
    waits = sorted(until - since for since, until in newest if until)
    if len(waits) < FEW:
        return None
    return max(1, math.ceil(waits[len(waits) * 4 // 5] / timedelta(hours=1)))


def readers_of(held_id: int, now: datetime) -> set[int]:
    """Who may read it now."""
    return {pk for pk in _responsible(held_id) if _may_read(pk, held_id, now)}


def responsible_for(held_id: int, now: datetime) -> set[int]:
    """Who is told when it waits long: who may read it, and who oversees; nothing any more once it is decided."""
    if not HeldReply.objects.waiting().filter(pk=held_id).exists():
        return set()
    return readers_of(held_id, now) | _holding(held_id, policy.OVERSEE)


def is_of_space(held_id: int) -> bool:
    """Whether it was held because of where it was written."""
    return HeldReply.objects.filter(pk=held_id, traineeship=None).exists()


def told_of(held_id: int) -> set[int]:
    """Whom the holding word is for: everybody but an author who learns; where all are read first, only the author."""
    held = HeldReply.objects.get(pk=held_id)
    if held.is_of_space:
        return {held.author_id}
    people = conversations.people_in(held.conversation_id)
    return {each.person_id for each in people if each.left_at is None} - {held.author_id}


def _responsible(held_id: int) -> set[int]:
    return set().union(*(_holding(held_id, each) for each in policy.READERS))


def _holding(held_id: int, permission: str) -> set[int]:
    held = HeldReply.objects.filter(pk=held_id)
    here = RoleHeld.objects.filter(role__in=roles.roles_granting(permission), until_at=None)
    rows = here.filter(programme__in=held.values("programme")).exclude(person__in=held.values("author"))
    return set(Person.objects.here().filter(pk__in=rows.values("person")).values_list("pk", flat=True))


def _may_read(person_id: int, held_id: int, now: datetime) -> bool:
    return policy.readable_by(Person.objects.get(pk=person_id), now).filter(pk=held_id).exists()
