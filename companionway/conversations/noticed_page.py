"""What a person on call reads after giving a reason: a few turns around the message, and what was seen in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from companionway.conversations import gates, queries, rows
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Conversation, Message, Participant, place_of
from companionway.conversations.states import MessageState
from companionway.foundation import sealing
from companionway.noticing import queries as noticing
from companionway.noticing.looking import place_of as noticed_place_of
from companionway.noticing.models import Noticed
from companionway.noticing.states import Deed, Side
from companionway.people import queries as people
from companionway.people.models import Person

AROUND: Final = 5
CATEGORIES: Final = {
    "suicide": _("not wanting to live"),
    "self_harm": _("hurting themselves"),
    "abuse": _("being hurt by somebody"),
    "harm_to_others": _("hurting somebody else"),
    "child": _("a child who may be in danger"),
    "third_party": _("somebody else who may be in danger"),
    "encouragement": _("encouraging somebody to hurt themselves"),
    "boundary": _("contact, money, secrecy or closeness that does not belong here"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, in plain words, with the words of the message that it saw."""

    rule: str
    about: Any
    words: list[str]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the page. `reasons` only where something waits."""

    name: str
    sent_at: datetime
    words: SafeString
    noticed: Noticed | None
    reasons: list[Reason]
    is_held: bool


def page_of(actor: Person, noticed: Noticed, now: datetime) -> dict[str, Any]:
    """Everything the template draws. The caller has made sure that this person may read it, and that it is recorded."""
    conversation = Conversation.objects.select_related("programme").get(pk=noticed.conversation_id)
    inside = {each.person_id: each for each in queries.people_in(conversation.pk)}
    waiting = noticing.of_place(noticed, actor) or [noticed]
    numbers = {each.message_id for each in waiting}
    shown = [*_around(conversation, numbers), *_held(numbers)]
    writers = {each.author_id for each in shown if any(each.id == one.message_id for one in waiting)}
    writer = next((inside[pk] for pk in sorted(filter(None, writers)) if pk in inside), None)
    return {
        "noticed": noticed,
        "turns": _turns(shown, waiting, inside),
        "up_to": max(each.pk for each in waiting),
        "names": [each.person.name for each in inside.values()],
        "writer": writer.person if writer else None,
        "reached": _how_to_reach(writer),
        "answers": noticing.deeds_on(noticed),
        "deeds": _deeds(noticed, writer),
        "is_mine": actor.pk in inside,
        "conversation": conversation,
    }


def _around(conversation: Conversation, message_ids: set[int]) -> list[Shown]:
    """Each message with up to five before and five after it, in order."""
    ids: set[int] = set()
    messages = Message.objects.filter(conversation=conversation).exclude(state=MessageState.UNDONE)
    for pk in sorted(each for each in message_ids if each > 0)[-10:]:
        ids |= set(messages.filter(pk__lte=pk).order_by("-pk").values_list("pk", flat=True)[: AROUND + 1])
        ids |= set(messages.filter(pk__gt=pk).order_by("pk").values_list("pk", flat=True)[:AROUND])
    found = Message.objects.filter(pk__in=ids).order_by("pk")
    return [each for each in queries.opened(found.values_list(*rows.COLUMNS)) if each.author_id]


def _held(numbers: set[int]) -> list[Shown]:
    """Words that wait to be read: shown after the messages, with numbers below nought."""
    return [
        Shown(
            id=each.number, seq=0, conversation_id=each.conversation_id, author_id=each.author_id, facts=each.facts,
            client_id=each.client_id, state=each.state, sent_at=each.held_at, changed_at=each.changed_at,
        )
        for each in gates.noted({number for number in numbers if number < 0})
    ]  # fmt: skip


def _turns(shown: list[Shown], waiting: Iterable[Noticed], inside: dict[int, Participant]) -> list[Turn]:
    by_message = {each.message_id: each for each in waiting}
    turns = []
    for each in shown:
        noticed = by_message.get(each.id)
        hits = _hits(noticed, each) if noticed else []
        text, writer = each.facts.get("text", ""), inside.get(each.author_id or 0)
        spans = [(start, end) for _rule, _category, places in hits for start, end in places]
        turns.append(
            Turn(
                name=writer.person.name if writer else "",
                sent_at=each.sent_at,
                words=_marked(text, spans),
                noticed=noticed,
                reasons=_reasons(hits, _whole(each)),
                is_held=each.id < 0,
            )
        )
    return turns


def _whole(shown: Shown) -> str:
    text, note = shown.facts.get("text", ""), shown.facts.get("note", "")
    return f"{text}\n{note}" if note else text


def _hits(noticed: Noticed, shown: Shown) -> list[Any]:
    """The sealed reasons; none where the words are gone or their key is."""
    if not noticed.sealed or shown.author_id is None:
        return []
    place = noticed_place_of(noticed.side, place_of(shown.author_id, shown.client_id))
    with contextlib.suppress(sealing.CannotOpen, sealing.KeyDestroyed):
        key = sealing.key_of_both(
            sealing.CONVERSATION, shown.conversation_id, sealing.PERSON, shown.author_id
        )
        return list(sealing.open_facts(key, noticed.sealed, place))
    return []


def _reasons(hits: list[Any], text: str) -> list[Reason]:
    """Each rule once, with all the words it saw in the order they stand."""
    seen: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for rule, category, places in hits:
        seen.setdefault((rule, category), set()).update((start, end) for start, end in places)
    return [
        Reason(rule, CATEGORIES.get(category, category), [text[start:end] for start, end in sorted(places)])
        for (rule, category), places in seen.items()
    ]


def _marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    """The words, with those a rule saw marked."""
    parts, plain = [], 0
    for start, end in sorted(spans):
        if start >= plain and end <= len(text):
            parts += [("{}", text[plain:start]), ("<mark>{}</mark>", text[start:end])]
            plain = end
    parts.append(("{}", text[plain:]))
    return format_html_join("", "{}", ((format_html(shape, words),) for shape, words in parts))


def _how_to_reach(writer: Participant | None) -> Any:
    return people.needs_of(writer.person) if writer and writer.person.erased_at is None else None


def _deeds(noticed: Noticed, writer: Participant | None) -> list[tuple[str, Any]]:
    """What may be chosen. Nobody is asked to check in about a boundary, nor on the person who supports."""
    can_check_in = noticed.side == Side.CARE and writer is not None and not writer.is_supporter
    return [(key, words) for key, words in Deed.choices if key != Deed.CHECK_IN or can_check_in]
