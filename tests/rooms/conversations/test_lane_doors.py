"""The live lane as a browser meets it: asked at the process's own door, with the real database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, connections

from companionway.config import asgi, callers
from companionway.conversations import places, services, telling
from companionway.conversations.models import Conversation, Message
from companionway.foundation import lane, live
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW, Cast, make_cast
from tests.raw import raw
from tests.rooms.conversations.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
HOST = b"testserver"
GOOD = {b"origin": b"http://testserver", b"accept": b"application/json"}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    return make_cast()


def cookie(person: Person) -> bytes:
    client = signed_in(person)
    client.get("/messages/")  # the first page notes the device
    return f"session={client.cookies['session'].value}".encode()


class Answer:
    def __init__(self) -> None:
        self.status, self.body, self.more = 0, b"", True

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.body += message.get("body", b"")

    @property
    def data(self) -> Any:
        return json.loads(self.body)


async def ask(
    method: str, path: str, *, who: bytes = b"", body: bytes = b"", headers: dict[bytes, bytes] | None = None
) -> Answer:
    answer, (bare, _, query) = Answer(), path.partition("?")
    chunks = [body[at : at + 65536] for at in range(0, max(len(body), 1), 65536)]

    async def receive() -> Any:
        if not chunks:
            await asyncio.sleep(3600)
        part = chunks.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(chunks)}

    sent = {b"host": HOST, b"cookie": who, **(GOOD if headers is None else headers)}
    scope = {
        "type": "http",
        "method": method,
        "path": bare,
        "query_string": query.encode(),
        "headers": list(sent.items()),
    }
    await asyncio.wait_for(asgi.application(scope, receive, answer.send), 20)
    return answer


def story(tell: Callable[[], Awaitable[None]]) -> None:
    """Run on a loop with streams and telling, as the serving process does; close the lane's connections after."""

    async def run() -> None:
        tasks = [asyncio.ensure_future(live.run()), asyncio.ensure_future(telling.run())]
        try:
            await asyncio.sleep(0.05)
            await asyncio.wait_for(tell(), 90)
        finally:
            live.end_all()
            await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*(lane.read(close) for _ in range(8)))
            await lane.enter(lane.Writer(lambda deeds: [close() or True for _ in deeds], bool, len), None)

    asyncio.run(run())


def close() -> None:
    connection.close()


def form(text: str, client_id: str = "lane-000001", **more: str) -> bytes:
    return urlencode({"text": text, "client_id": client_id, **more}).encode()


def test_sent_by_one_shown_to_both_stored_once(cast: Cast, pair: Conversation) -> None:
    mina, theo, door = cookie(cast.mina), cookie(cast.theo), f"/messages/{pair.public_id}/send"

    async def tell() -> None:
        listening = asyncio.ensure_future(listen(theo, until="Hello"))
        await asyncio.sleep(0.2)
        first = await ask("POST", door, who=mina, body=form("Hello Theo"))
        again = await ask("POST", door, who=mina, body=form("Hello Theo"))
        assert (first.status, first.data) == (200, again.data)
        assert first.data["mine"] is True
        heard = await listening
        assert heard.count("Hello Theo") == 1
        assert '"mine":false' in heard

    story(tell)
    assert Message.objects.exclude(author=None).count() == 1


async def listen(who: bytes, *, until: str, path: str = "/live") -> str:
    """Open a stream and read until the words come."""
    heard, done = bytearray(), asyncio.Event()

    async def receive() -> Any:
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        heard.extend(message.get("body", b""))
        if until.encode() in heard:
            done.set()

    headers = [(b"host", HOST), (b"cookie", who)]
    query = path.partition("?")[2].encode()
    scope = {"type": "http", "method": "GET", "path": "/live", "query_string": query, "headers": headers}
    await asyncio.wait_for(asgi.application(scope, receive, send), 10)
    return heard.decode()


def test_who_may_not_is_refused(cast: Cast, pair: Conversation) -> None:
    mina, sam, door = cookie(cast.mina), cookie(cast.sam_the_stranger), f"/messages/{pair.public_id}/send"

    async def tell() -> None:
        for path in (door, f"/messages/{pair.public_id}/typing"):
            assert (await ask("POST", path, body=form("x"))).status == 401
            assert (await ask("POST", path, who=sam, body=form("x"))).status == 404
            assert (await ask("GET", path, who=mina)).status == 405
        assert (await ask("GET", f"/messages/{pair.public_id}/since", who=sam)).status == 404
        assert (await ask("POST", "/messages/nosuchplace123/send", who=mina, body=form("x"))).status == 404
        assert (await ask("GET", "/live")).status == 401
        assert (await ask("GET", "/live", who=b"session=forged")).status == 401
        for origin in (b"https://evil.example", b"null", b"http://testserver.evil.example"):
            headers = {**GOOD, b"origin": origin}
            assert (await ask("POST", door, who=mina, body=form("x"), headers=headers)).status == 403
        without = {b"accept": b"application/json"}
        assert (await ask("POST", door, who=mina, body=form("x"), headers=without)).status == 403
        mixed = {**without, b"origin": b"http://evil.example", b"host": b"evil.example"}
        assert (await ask("POST", door, who=mina, body=form("x"), headers=mixed)).status == 403

    story(tell)
    assert not Message.objects.exclude(author=None).exists()


def test_what_cannot_be_sent_is_answered_in_words(cast: Cast, pair: Conversation) -> None:
    mina, door = cookie(cast.mina), f"/messages/{pair.public_id}/send"

    async def tell() -> None:
        for text, status in (("", 422), (" \x00 ", 422), ("a" * 5001, 422), ("a" * 10_000_000, 413)):
            answer = await ask("POST", door, who=mina, body=form(text))
            assert (answer.status, bool(answer.data["error"])) == (status, True)
        for odd in (b"", b"\xff\xfe", b"text=%ff%fe", b"a=1&" * 50, b"text=ok&client_id=../../etc"):
            assert (await ask("POST", door, who=mina, body=odd)).status in (200, 422)
        for seq in ("-1", "x", "9" * 40, "1e5", "%00"):
            assert (await ask("GET", f"/messages/{pair.public_id}/since?seq={seq}", who=mina)).status == 200

    story(tell)


def test_what_was_missed_can_be_asked_for(cast: Cast, pair: Conversation) -> None:
    mina, where = cookie(cast.mina), f"/messages/{pair.public_id}"

    async def tell() -> None:
        for number in range(4):
            await ask("POST", f"{where}/send", who=mina, body=form(f"word {number}", f"lane-00000{number}"))
        everything = (await ask("GET", f"{where}/since", who=mina)).data["messages"]
        assert [each["id"] for each in everything] == [1, 2, 3, 4, 5]
        rest = (await ask("GET", f"{where}/since?seq=3", who=mina)).data["messages"]
        assert [each["seq"] for each in rest] == [4, 5]
        heard = await listen(mina, until="event: here", path="/live?after=3")
        assert heard.count('\ndata: {"c"') == 2

    story(tell)


@pytest.mark.parametrize("ends_by", ["a block", "closing"])
def test_a_block_and_an_end_hold_before_anybody_was_told(
    cast: Cast, pair: Conversation, ends_by: str
) -> None:
    """The lane still remembers that both may write; no reaction has run; nothing passes all the same."""
    theo, door = cookie(cast.theo), f"/messages/{pair.public_id}/send"

    async def tell() -> None:
        assert (await ask("POST", door, who=theo, body=form("hello"))).status == 200
        await lane.read(end)
        answer = await ask("POST", door, who=theo, body=form("still there?", "lane-000002"))
        assert (answer.status, "You cannot write here" in answer.data["error"]) == (403, True)

    def end() -> None:
        if ends_by == "a block":
            safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
        else:
            services.close_conversation(actor=cast.mina, conversation=pair, now=NOW)

    story(tell)
    assert Message.objects.exclude(author=None).count() == 1


def test_a_signed_out_device_loses_its_stream(cast: Cast, pair: Conversation) -> None:
    mina = cookie(cast.mina)

    async def tell() -> None:
        listening = asyncio.ensure_future(listen(mina, until="never"))
        await asyncio.sleep(0.3)
        assert not listening.done()
        live.revoke_device(mina.partition(b"=")[2].decode())
        await asyncio.wait_for(listening, 5)

    story(tell)


def test_typing_is_shown_only_where_both_want_it(cast: Cast, pair: Conversation) -> None:
    mina, theo = cookie(cast.mina), cookie(cast.theo)

    async def tell() -> None:
        quiet = asyncio.ensure_future(listen(theo, until="event: typing"))
        await asyncio.sleep(0.2)
        assert (await ask("POST", f"/messages/{pair.public_id}/typing", who=mina)).status == 200
        await asyncio.sleep(0.2)
        assert not quiet.done()
        await lane.read(both_want_it)
        await ask("POST", f"/messages/{pair.public_id}/typing", who=mina)
        assert "event: typing" in await quiet

    def both_want_it() -> None:
        for who in (cast.mina, cast.theo):
            services.choose_signals(actor=who, conversation=pair, seen=False, typing=True, now=NOW)

    story(tell)


def test_no_words_lie_in_the_open_anywhere(
    cast: Cast, pair: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    canary, mina = "kanarienvogel", cookie(cast.mina)
    door = f"/messages/{pair.public_id}/send"

    async def tell() -> None:
        await ask("POST", door, who=mina, body=form(f"first {canary}", note=f"note {canary}"))

    story(tell)
    sent = Message.objects.select_related("conversation").get(author=cast.mina)
    services.edit_message(actor=cast.mina, message=sent, text=f"second {canary}", now=sent.sent_at)
    services.keep_draft(actor=cast.theo, conversation=pair, text=f"draft {canary}", now=NOW)
    services.look_inside(actor=cast.cora, conversation=pair, reason=f"reason {canary}", now=NOW)
    safety.report(
        actor=cast.theo, about=cast.mina, subject=f"message:{sent.pk}", words=f"report {canary}",
        extract=f"extract {canary}", programme=cast.programme, now=NOW,
    )  # fmt: skip
    assert canary not in everything_stored()
    assert canary not in caplog.text


def everything_stored() -> str:
    """Every column of every table, and with SQLite the raw files as well."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'select * from "{table}"')
            found += [
                str([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
                for row in cursor.fetchall()
            ]
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        found += [raw(Path(name + suffix)).decode("latin-1") for suffix in ("", "-wal")]
    assert any("conversations.message_sent" in each for each in found)
    connections.close_all()
    return "\n".join(found)


def test_places_are_dropped_when_they_change(cast: Cast, pair: Conversation) -> None:
    places.load(conversation_id=pair.pk)
    services.close_conversation(actor=cast.mina, conversation=pair, now=NOW)
    assert places.kept_by_id(pair.pk) is None
    assert places.load(conversation_id=pair.pk).writers == frozenset()  # type: ignore[union-attr]
