"""What stands when everything else falls: a limit on bodies, and Help now from a file when the pages fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http.request import split_domain_port
from django.utils import timezone

from companionway.config.callers import LANGUAGES, header
from companionway.foundation.live import Receive, Scope, Send
from companionway.safety import outage

logger = logging.getLogger(__name__)
App = Callable[[Scope, Receive, Send], Awaitable[None]]
MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1024 * 1024
HELP_NOW = "/help-now/"
HELP_WAIT_SECONDS = 4.0
SECURITY = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
]
TOO_MUCH = (
    b"<!doctype html><html lang=en><title>Too much at once</title><h1>That was too much at once</h1>"
    b"<p>Nothing was changed. Please go back: what you wrote is still there. Make it shorter, then try again."
    b'<p><a href="/help-now/">Help now</a></html>'
)

# No copy was ever written (the database was away from the first minute): words that are true everywhere, no number.
NO_COPY = (
    b"<!doctype html><html lang=en><title>Help now</title><h1>Help now</h1>"
    b"<p>If somebody&#8217;s life is in danger, call the emergency number of the country you are in."
    b"<p>If you can, go to somebody you trust, or ask somebody near you to stay with you."
    b"<p>The rest of this service cannot be reached at the moment. Please try again in a few minutes.</html>"
)


async def serve(pages: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Hand over to Django, within limits."""
    if not scope["query_string"].isascii():  # a careless client; the pages' side reads letters only
        scope = {**scope, "query_string": quote(scope["query_string"], safe="%&=+;/?:@,!$'()*~").encode()}
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > MOST_BYTES:
        return await answer(send, 413, TOO_MUCH)
    if scope["path"] == HELP_NOW and scope["method"] in {"GET", "HEAD"}:
        return await _help_now(pages, scope, receive, send)
    return await pages(scope, _limited(receive), send)


def _limited(receive: Receive) -> Receive:
    """A body without a stated length ends at the limit."""
    taken = 0

    async def take() -> MutableMapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            return {"type": "http.disconnect"}
        return message

    return take


async def _help_now(pages: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Django's page when it can be had; else the file written when all was well."""
    said: list[MutableMapping[str, Any]] = []

    async def listen(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    try:
        await asyncio.wait_for(pages(scope, receive, listen), HELP_WAIT_SECONDS)
    except Exception:
        logger.warning("Help now comes from its file")
        said = []
    stands = bool(said) and said[0]["status"] < 500
    written = None if stands else _written(scope)
    if written is not None:
        return await answer(send, 200, written)
    if not stands:
        return await answer(send, 503, NO_COPY)
    for message in said:
        await send(message)
    return None


def languages_of(scope: Scope) -> list[str]:
    """The languages to try for somebody who may not be known yet, ours only, best first."""
    accepted, cookies = header(scope, b"accept-language"), header(scope, b"cookie")
    wished = [part.split(";")[0].strip().split("-")[0] for part in accepted.split(",")]
    chosen = [code for code in LANGUAGES if f"{settings.LANGUAGE_COOKIE_NAME}={code}" in cookies]
    return [*chosen, *(code for code in wished if code in LANGUAGES), settings.LANGUAGE_CODE]


def _written(scope: Scope) -> bytes | None:
    host, _ = split_domain_port(header(scope, b"host"))
    for language in languages_of(scope):
        path = outage.folder(host) / f"{language}.html"
        if path.exists():
            # A copy that nobody could refresh for long still shows no number that is no longer vouched for.
            return outage.without_expired(path.read_text(encoding="utf-8"), timezone.localdate()).encode()
    return None


async def answer(send: Send, status: int, body: bytes, *more: tuple[bytes, bytes]) -> None:
    """A whole small page with the headers every page has."""
    headers = [*SECURITY, (b"content-length", str(len(body)).encode()), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
