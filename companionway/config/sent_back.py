"""A message that a form could not send comes back in the form: for those who write without a script.

When the database is away or the disk is full, nothing can be asked about anybody, and nothing was stored. The words are
still in the request: they go back to whoever typed them, with 503, to be sent again under the same name.
"""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.template.loader import render_to_string
from django.utils import translation

from companionway.config.callers import header, is_same_origin
from companionway.config.still import App, answer, languages_of
from companionway.conversations.lane_doors import MOST_BYTES
from companionway.foundation.live import Receive, Scope, Send

logger = logging.getLogger(__name__)
SENDING = re.compile(r"/messages/[\w-]{8,20}/send\Z")
COME_BACK = (b"retry-after", b"10")
FIELDS = ("text", "note", "client_id", "csrfmiddlewaretoken")


def held(pages: App) -> App:
    """`pages`, with the words kept at hand while a message is being sent."""

    async def keep(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST" or not SENDING.fullmatch(scope["path"]) or not _from_here(scope):
            return await pages(scope, receive, send)
        taken, body = await _whole(receive)
        again = _again(taken, receive)
        if body is None:
            return await pages(scope, again, send)
        if not await _fails(pages, scope, again, send):
            return None
        with translation.override(languages_of(scope)[0]):
            typed = _typed(body)
            about = {"action": scope["path"], "csrf_token": typed["csrfmiddlewaretoken"]}
            page = render_to_string("conversations/not_sent.html", typed | about)
        return await answer(send, 503, page.encode(), COME_BACK)

    return keep


def _from_here(scope: Scope) -> bool:
    """Another site's words are not shown under our name."""
    return not header(scope, b"origin") or is_same_origin(scope)


async def _whole(receive: Receive) -> tuple[list[MutableMapping[str, Any]], bytes | None]:
    """What was received, and the body; None when it is no message of a length that can be sent, or broken off."""
    taken, size = [], 0
    while True:
        message = await receive()
        taken.append(message)
        size += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or size > MOST_BYTES:
            return taken, None
        if not message.get("more_body"):
            return taken, b"".join(each.get("body", b"") for each in taken)


def _again(taken: list[MutableMapping[str, Any]], receive: Receive) -> Receive:
    waiting = iter(taken)

    async def take() -> MutableMapping[str, Any]:
        return next(waiting, None) or await receive()

    return take


async def _fails(pages: App, scope: Scope, receive: Receive, send: Send) -> bool:
    """Hand over; whether nothing but a fault of ours came of it. Then nothing has been answered yet."""
    failed = answered = False

    async def listen(message: MutableMapping[str, Any]) -> None:
        nonlocal failed, answered
        failed = failed or message.get("status", 0) >= 500
        if not failed:
            answered = True
            await send(message)

    try:
        await pages(scope, receive, listen)
    except Exception:
        if answered:
            raise
        logger.exception("a message could not be taken and goes back to its author")
        failed = True
    return failed


def _typed(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:  # no form of ours has so many
        fields = {}
    return {name: fields.get(name, [""])[0] for name in FIELDS}
