"""The thin doors on the event loop: send, what was missed, "writing now". Forms and pages go through `views`.

Each makes one call, as a view does: policy is asked of what the lane remembers (and again inside the writing
transaction), the deed is the same Sending as the form's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from companionway.conversations import cards, gated, gates, places, queries, telling
from companionway.conversations.bubbles import Look
from companionway.conversations.gates import Kept
from companionway.conversations.places import Place
from companionway.conversations.words import Unfit
from companionway.conversations.writing import (
    Sending,
    is_of_other_words,
    other_names,
    prepare_message,
    with_look,
    words_of,
)
from companionway.foundation import lane
from companionway.foundation.lane import LaneStalled
from companionway.foundation.live import Receive, Send
from companionway.foundation.policy import Refused
from companionway.foundation.sealing import SealingKey
from companionway.noticing.looking import Watch, look_aside
from companionway.people.policy import may_write_at

# A message of the greatest length, every character percent-encoded, with room to spare.
MOST_BYTES = settings.MESSAGE_MAX_LENGTH * 12 + 4096
MOST_FIELDS = 10
MISSED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Caller:
    """Who knocks at the lane: already known by their session."""

    person_id: int
    session: str
    look: Look
    # When their session runs out, unless they do something.
    ends_at: datetime


async def send_message(receive: Receive, send: Send, caller: Caller, public_id: str) -> None:
    """POST text, note, client_id: stored, then answered with the drawn bubble."""
    place = await _place(public_id)
    body = await _body(receive)
    if place is None or caller.person_id not in place.readers:
        return await reply(send, 404, {})
    if body is None:
        return await _refuse(send, caller, 413, _too_much)
    key = place.keys.get(caller.person_id)
    if caller.person_id not in place.writers or key is None:
        return await _refuse(send, caller, 403, _not_here)
    now = timezone.now()
    if place.night and place.night.ends_at(now):
        return await _refuse(send, caller, 403, lambda: may_write_at(place.night, now).reason)
    fields = _fields(body)
    prepare = partial(
        prepare_message,
        author_id=caller.person_id,
        conversation_id=place.conversation_id,
        key=key,
        text=fields.get("text", ""),
        note=fields.get("note", ""),
        now=now,
    )
    looked = partial(_looked, watch=place.watch, caller=caller, key=key)
    try:
        sending = await looked(prepare(client_id=fields.get("client_id", "")))
    except Unfit:
        return await _refuse(send, caller, 422, lambda: _why_unfit(partial(prepare, client_id="")))
    writer = gated.writer_of(place.gated, caller.person_id)
    try:
        names = other_names(sending.client_id)
        while is_of_other_words(shown := await lane.enter(writer, sending), sending):
            sending = await looked(prepare(client_id=next(names)))
    except Refused as refused:
        places.forget_here(place.conversation_id)
        return await reply(send, 403, {"error": str(refused)})
    except (DatabaseError, LaneStalled):
        gates.forget()
        places.forget_here(place.conversation_id)
        return await _refuse(send, caller, 503, _not_stored)
    if isinstance(shown, Kept):
        return await reply(send, 200, gates.answer(shown, caller.look))
    content = telling.content(shown, place, caller.person_id, caller.look)
    if cards.is_due(sending.looked):
        # Only in the answer to whoever wrote it: the frame that everybody is sent knows nothing of it.
        content = await lane.read(cards.beside, content, shown.id, caller.look)
    return await reply(send, 200, content)


async def _looked(sending: Sending, watch: Watch, caller: Caller, key: SealingKey) -> Sending:
    """Looked at in a thread, for a moment at most."""
    looked = await look_aside(words_of(sending.facts), watch, caller.look.language)
    return with_look(sending, looked, key)


async def missed(send: Send, caller: Caller, public_id: str, since: int) -> None:
    """GET ?seq=N: what changed after N here; without N the newest messages."""
    place = await _place(public_id)
    if place is None or caller.person_id not in place.readers:
        return await reply(send, 404, {})
    rows = await lane.read(queries.changed_in, place.conversation_id, since, MISSED_AT_ONCE)
    me = caller.person_id
    mine = [each for each in rows if not place.hides(me, each.id, each.author_id)]
    messages = [telling.content(shown, place, me, caller.look) for shown in mine]
    return await reply(send, 200, b'{"messages":[' + b",".join(messages) + b"]}")


async def writing_now(receive: Receive, send: Send, caller: Caller, public_id: str) -> None:
    """POST: shown to the others for some seconds, where everybody wants that; stored nowhere."""
    place = await _place(public_id)
    await _body(receive)
    if place is None or caller.person_id not in place.writers:
        return await reply(send, 404, {})
    telling.tell_typing(place, caller.person_id)
    return await reply(send, 200, {})


async def _place(public_id: str) -> Place | None:
    return places.kept(public_id) or await lane.read(places.load, public_id=public_id)


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None when it is far too long (read to its end, so that the answer arrives)."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        size += len(message.get("body", b""))
        if size <= MOST_BYTES:
            parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts) if size <= MOST_BYTES else None


def _fields(body: bytes) -> dict[str, str]:
    """The form, the first of each name; no form of ours has so many fields as to need more."""
    found: dict[str, str] = {}
    for field in body.split(b"&", MOST_FIELDS)[:MOST_FIELDS]:
        name, _, value = field.partition(b"=")
        plain = value.replace(b"+", b" ")
        words = unquote_to_bytes(plain) if b"%" in plain else plain
        found.setdefault(name.decode("ascii", "replace"), words.decode("utf-8", "replace"))
    return found


def _too_much() -> str:
    return _("This is far longer than one message can be. It is still here: you could send it in parts.")


def _not_here() -> str:
    return _("You cannot write here any more. You can still read it.")


def _not_stored() -> str:
    return _("Not sent yet. Your words are still here; please try again in a moment.")


def _why_unfit(prepare: Callable[[], object]) -> str:
    """Asked again in the person's language: only what fails pays for translation."""
    try:
        prepare()
    except Unfit as unfit:
        return str(unfit)
    return ""


async def _refuse(send: Send, caller: Caller, status: int, say: Callable[[], str]) -> None:
    with translation.override(caller.look.language):
        error = say()
    await reply(send, status, {"error": error})


async def reply(send: Send, status: int, content: bytes | dict[str, Any]) -> None:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
