"""The floor: what storing, answering and showing a message costs with nothing around it.

A bare ASGI program on SQLite with synchronous=FULL and group commit. It knows who asks (a signed cookie) and who is
in a place (in memory). No framework, sealing, unread state, records, access rules, or way to come back.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

SECRET = b"floor"
PATH = os.environ.get("FLOOR_DATABASE", "floor.sqlite3")
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

places: list[tuple[int, ...]] = []
listeners: dict[int, set[asyncio.Queue[bytes]]] = {}
reading: sqlite3.Connection
waiting: queue.SimpleQueue[tuple[asyncio.Future[int], tuple[Any, ...]]] = queue.SimpleQueue()


def sign(number: int) -> str:
    return f"{number}.{hmac.digest(SECRET, str(number).encode(), 'sha256').hex()}"


def who(scope: dict[str, Any]) -> int:
    cookie = next((value.decode() for name, value in scope["headers"] if name == b"cookie"), "")
    given = cookie.removeprefix("floor=")
    number = int(given.partition(".")[0] or 0)
    return number if hmac.compare_digest(sign(number), given) else -1


def open_database() -> sqlite3.Connection:
    database = sqlite3.connect(PATH, isolation_level=None, check_same_thread=False)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    return database


def write_for_ever(loop: asyncio.AbstractEventLoop) -> None:
    """One thread; all that waits goes into one commit."""
    database = open_database()
    while True:
        batch = [waiting.get()]
        while not waiting.empty() and len(batch) < 200:
            batch.append(waiting.get())
        database.execute("begin immediate")
        for _, row in batch:
            database.execute("insert into message (place, author, at, words) values (?, ?, ?, ?)", row)
        (last,) = database.execute("select last_insert_rowid()").fetchone()
        database.execute("commit")
        loop.call_soon_threadsafe(settle, [future for future, _ in batch], last - len(batch) + 1)


def settle(futures: list[asyncio.Future[int]], first: int) -> None:
    for number, future in enumerate(futures, first):
        if not future.done():
            future.set_result(number)


def begin() -> None:
    global reading
    reading = open_database()
    columns = "id integer primary key, place int, author int, at real, words text"
    reading.execute(f"create table if not exists message ({columns})")
    reading.execute("create index if not exists message_of_place on message (place, id)")
    loop = asyncio.get_running_loop()
    threading.Thread(target=write_for_ever, args=(loop,), daemon=True).start()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        return await lifespan(receive, send)
    person = who(scope)
    if person < 0:
        return await reply(send, {}, 403)
    _, first, *rest = scope["path"].split("/")
    if first == "live":
        return await listen(person, receive, send)
    if first == "place":
        members = parse_qs((await body_of(receive)).decode())["members"][0]
        places.append(tuple(int(each) for each in members.split(",")))
        return await reply(send, {"place": len(places) - 1})
    place = int(rest[0])
    if person not in places[place]:
        return await reply(send, {}, 403)
    if scope["method"] == "POST":
        return await take(person, place, receive, send)
    rows = "select id, author, at, words from message where place = ? order by id desc limit 50"
    return await reply(send, {"messages": reading.execute(rows, (place,)).fetchall()})


async def lifespan(receive: Receive, send: Send) -> None:
    while True:
        kind = (await receive())["type"]
        if kind == "lifespan.startup":
            begin()
        await send({"type": kind + ".complete"})
        if kind == "lifespan.shutdown":
            return


async def take(person: int, place: int, receive: Receive, send: Send) -> None:
    words, now = parse_qs((await body_of(receive)).decode())["text"][0], time.time()
    stored: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    waiting.put((stored, (place, person, now, words)))
    number = await stored
    facts = {"place": place, "id": number, "author": person, "at": now, "words": words}
    frame = f"id: {number}\ndata: {json.dumps(facts)}\n\n".encode()
    for member in places[place]:
        for listener in listeners.get(member, ()):
            listener.put_nowait(frame)
    await reply(send, {"id": number})


async def listen(person: int, receive: Receive, send: Send) -> None:
    mine: asyncio.Queue[bytes] = asyncio.Queue()
    listeners.setdefault(person, set()).add(mine)
    gone = asyncio.ensure_future(until_gone(receive, mine))
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
    while not gone.done():
        frames = [await mine.get()]
        while not mine.empty():
            frames.append(mine.get_nowait())
        if not gone.done():
            await send({"type": "http.response.body", "body": b"".join(frames), "more_body": True})
    listeners[person].discard(mine)


async def until_gone(receive: Receive, mine: asyncio.Queue[bytes]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    mine.put_nowait(b"")


async def body_of(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def reply(send: Send, facts: dict[str, Any], status: int = 200) -> None:
    body = json.dumps(facts).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
