"""The doors on the event loop, met with raw bytes: paths, queries, headers and bodies no browser sends."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from companionway.config import asgi, callers
from companionway.conversations import places, telling
from companionway.conversations.services import open_conversation
from tests.cast import NOW, Cast, make_cast
from tests.often import times
from tests.rooms.conversations.test_lane_doors import HOST, Answer, cookie, story
from tests.security import hostile
from tests.security.hostile import BODIES, HEADERS, TRACES, WORDS, plain, unpacked

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER, IN_A_STORY = 40, 400
# All of them on one database; on PostgreSQL what it alone refuses shows in far fewer.
MANY = times(hostile.MANY // 2)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    places.forget_all()
    telling.forget_drawn()
    return make_cast()


raw_words = st.sampled_from([plain(word).encode() for word in WORDS]) | st.binary(max_size=30)
raw_headers = st.sampled_from(
    [(name.lower().encode(), plain(value).encode()) for name, values in HEADERS for value in values]
)
knocks = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["POST", "POST", "POST", "GET", "GET", "PUT", "DELETE", "OPTIONS", "BREW"]),
        "door": st.sampled_from(["send", "send", "since", "typing", "live", "help", "page", "odd"]),
        "word": raw_words,
        "query": st.lists(st.tuples(st.sampled_from([b"seq", b"after", b"q"]), raw_words), max_size=3),
        "who": st.sampled_from(["mina", "mina", "sam", "nobody", "forged"]),
        "headers": st.lists(raw_headers, max_size=3),
        "body": st.sampled_from(BODIES)
        | st.builds(lambda word: b"text=" + word, raw_words)
        | st.builds(lambda word, name: b"text=" + word + b"&client_id=" + name, raw_words, raw_words),
    }
)


def _scope(knock: dict[str, Any], who: dict[str, bytes], public_id: str) -> dict[str, Any]:
    odd = "/messages/" + knock["word"].decode("utf-8", "replace")[:60] + "/send"
    path = {"live": "/live", "help": "/help-now/", "page": "/about/", "odd": odd}.get(
        knock["door"], f"/messages/{public_id}/{knock['door']}"
    )
    good = [(b"host", HOST), (b"cookie", who[knock["who"]]), (b"accept", b"application/json")]
    if knock["word"][:1] < b"z":
        good.append((b"origin", b"http://testserver"))
    return {
        "type": "http",
        "http_version": "1.1",
        "scheme": "http",
        "client": ("203.0.113.1", 4321),
        "server": ("testserver", 80),
        "method": knock["method"],
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": b"&".join(name + b"=" + value for name, value in knock["query"]),
        "headers": [*knock["headers"], *good],
    }


async def _knock(scope: dict[str, Any], body: bytes) -> Answer:
    """Ask, listen for a moment, go away."""
    answer, parts, gone = Answer(), [body], asyncio.Event()

    async def receive() -> Any:
        if parts:
            return {"type": "http.request", "body": parts.pop(), "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        await answer.send(message)
        if scope["path"] == "/live":
            gone.set()

    await asyncio.wait_for(asgi.application(scope, receive, send), 30)
    return answer


def _faults(answer: Answer, scope: dict[str, Any]) -> list[str]:
    text = unpacked(answer.body).decode("utf-8", "replace")
    found = [f"status {answer.status}"] if answer.status >= 500 or not answer.status else []
    found += [f"shows {mark!r}" for mark in TRACES if mark in text]
    if answer.status in {401, 403, 404, 405, 413, 422} and text.startswith("{"):
        found += [] if isinstance(json.loads(text), dict) else ["no object"]
    elif 400 <= answer.status < 500 and scope["method"] != "HEAD" and "/help-now/" not in text:
        found.append(f"an unkind {answer.status} {text[:60]!r}")
    return found


def _many(number: int) -> list[dict[str, Any]]:
    """So many knocks, the same in every run."""
    drawn: list[dict[str, Any]] = []
    quiet = hypothesis_settings(
        max_examples=number,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    def keep(knock: dict[str, Any]) -> bool:
        drawn.append(knock)
        return len(drawn) >= number

    find(knocks, keep, settings=quiet)
    return drawn


def test_raw_nonsense_is_answered(cast: Cast) -> None:
    pair = open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    who = {
        "mina": cookie(cast.mina),
        "sam": cookie(cast.sam_the_stranger),
        "nobody": b"",
        "forged": b"session=\xff\x00; =;;\x80=",
    }
    many = _many(MANY)
    wrong: list[tuple[list[str], dict[str, Any]]] = []
    statuses: dict[int, int] = {}

    async def one(knock: dict[str, Any]) -> None:
        scope = _scope(knock, who, pair.public_id)
        answer = await _knock(scope, knock["body"])
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        if found := _faults(answer, scope):
            wrong.append((found, knock))

    for begin in range(0, len(many), IN_A_STORY):
        some = many[begin : begin + IN_A_STORY]

        async def tell(some: list[dict[str, Any]] = some) -> None:
            for at in range(0, len(some), TOGETHER):
                await asyncio.gather(*(one(knock) for knock in some[at : at + TOGETHER]))

        story(tell)
    assert wrong[:3] == []
    assert sum(statuses.values()) == len(many) >= MANY
    assert set(statuses) >= {200, 401, 403, 404, 405, 422}, statuses
