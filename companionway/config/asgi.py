"""The two doors of the process: the live lane on the event loop, and Django's pages in a few threads."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import parse_qs

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "companionway.config.settings")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.urls import reverse  # noqa: E402

from companionway.config import crowd, sent_back, still  # noqa: E402
from companionway.config.callers import caller_of, end_with_session, header, is_same_origin  # noqa: E402
from companionway.config.still import App  # noqa: E402
from companionway.conversations import lane_doors, streams, telling  # noqa: E402
from companionway.foundation import bus, headers, live, watching  # noqa: E402
from companionway.foundation.live import Receive, Scope, Send  # noqa: E402
from companionway.gatherings import streams as gatherings  # noqa: E402
from companionway.noticing import looking  # noqa: E402

logger = logging.getLogger(__name__)
# Threads that draw pages at the same time only take the interpreter from each other; a second one goes on while the
# first waits (for the one writer of SQLite, for a passphrase to be hashed, for the network of PostgreSQL).
PAGE_THREADS = 2 if connection.vendor == "sqlite" else 4
RETRY_SECONDS = 2.0
# The lane's thread asks for the interpreter after every statement; the usual 5 ms each would be most of a commit.
SWITCH_SECONDS = 0.0005
LANE = re.compile(r"/messages/([\w-]{8,20})/(send|since|typing)\Z")

pages = crowd.held(cast(App, WSGIMiddleware(cast(Any, get_wsgi_application()), workers=PAGE_THREADS)))
forms = sent_back.held(pages)
reverse("conversations:list")  # loads every room's pages now, not while the first person waits
looking.warm()  # and the words that are looked for: the first message would wait for them longer than it may


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    if scope["type"] != "http":
        return None
    send = headers.completed(send)
    path: str = scope["path"]
    if path == "/live":
        return await _listen(scope, receive, send)
    if path.startswith("/messages/") and (found := LANE.match(path)) and _wants_data(scope):
        try:
            return await _lane(scope, receive, send, *found.groups())
        except DatabaseError:
            # These doors answer once, at their end: nothing has been said yet.
            return await lane_doors.reply(send, 503, {})
    return await still.serve(forms, scope, receive, send)


def _wants_data(scope: Scope) -> bool:
    return "application/json" in header(scope, b"accept") or header(scope, b"x-requested-with") == "fetch"


def _number(scope: Scope, name: str) -> int | None:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get(name, [""])[0]
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


async def _listen(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        caller = await caller_of(scope)
    except DatabaseError:
        return await lane_doors.reply(send, 503, {})
    if caller is None:
        return await lane_doors.reply(send, 401, {})
    if not await telling.begun():
        return await lane_doors.reply(send, 503, {})
    last = header(scope, b"last-event-id")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else _number(scope, "after")
    try:
        topics = await gatherings.topics_of(caller.person_id, scope)
    except DatabaseError:
        return await lane_doors.reply(send, 503, {})
    proving = gatherings.prove_again(caller.person_id, caller.session, scope, topics)
    endings = [asyncio.ensure_future(each) for each in (end_with_session(caller), proving)]
    try:
        await streams.listen(
            receive,
            send,
            person_id=caller.person_id,
            session=caller.session,
            look=caller.look,
            after=after,
            topics=topics,
        )
    finally:
        for each in endings:
            each.cancel()


async def _lane(scope: Scope, receive: Receive, send: Send, public_id: str, door: str) -> None:
    caller = await caller_of(scope)
    if caller is None:
        return await lane_doors.reply(send, 401, {})
    if door == "since":
        return await lane_doors.missed(send, caller, public_id, _number(scope, "seq") or 0)
    if scope["method"] != "POST":
        return await lane_doors.reply(send, 405, {})
    if not is_same_origin(scope):
        return await lane_doors.reply(send, 403, {})
    if door == "send":
        return await lane_doors.send_message(receive, send, caller, public_id)
    return await lane_doors.writing_now(receive, send, caller, public_id)


async def _lifespan(receive: Receive, send: Send) -> None:
    """Streams, telling and the bus live as long as the process serves."""
    tasks: list[asyncio.Task[None]] = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            sys.setswitchinterval(SWITCH_SECONDS)
            running = [live.run, telling.run, watching.run, *([bus.listen] if bus.is_on() else [])]
            tasks = [asyncio.ensure_future(_for_ever(run)) for run in running]
        else:
            live.end_all()
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks)
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _for_ever(run: Callable[[], Awaitable[None]]) -> None:
    """Begin again after a fault (the database was away at the start)."""
    while True:
        try:
            await run()
        except Exception:
            logger.exception("%s stopped and begins again", run.__module__)
        await asyncio.sleep(RETRY_SECONDS)
