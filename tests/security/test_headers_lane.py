"""The headers of the other door: what the event loop answers without Django's pages, and what HTTPS adds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from companionway.config import asgi, callers, still
from companionway.conversations import places, telling
from companionway.conversations.services import open_conversation
from tests.cast import NOW, PASSPHRASE, Cast, make_cast
from tests.rooms.conversations.test_lane_doors import cookie, form, story
from tests.security.test_headers import lacking


class Heard:
    """An answer with its headers."""

    def __init__(self) -> None:
        self.status, self.headers = 0, dict[str, str]()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            pairs = [(name.decode().title(), value.decode()) for name, value in message["headers"]]
            once = [name for name, _ in pairs if name != "Set-Cookie"]
            assert len(once) == len(set(once)), "said twice"
            self.headers = dict(pairs)


async def asked(method: str, path: str, who: bytes, body: bytes, answer: Heard | None = None) -> Heard:
    heard, parts = answer or Heard(), [body]

    async def receive() -> Any:
        if not parts:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": parts.pop(), "more_body": False}

    bare, _, query = path.partition("?")
    length = [(b"content-length", str(len(body)).encode())] if body else []
    good = [(b"host", b"testserver"), (b"accept", b"application/json"), (b"origin", b"http://testserver")]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "client": ("203.0.113.1", 4321),
        "method": method,
        "path": bare,
        "query_string": query.encode(),
        "headers": [*good, (b"cookie", who), *length],
    }
    await asyncio.wait_for(asgi.application(scope, receive, heard.send), 30)
    return heard


@pytest.mark.django_db
def test_over_https_cookies_are_secure_and_the_browser_is_told_to_stay(settings: Any, db: None) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cast = make_cast()
    cast.mina.set_password(PASSPHRASE)
    cast.mina.save()
    client = Client(headers={"X-Forwarded-Proto": "https"})
    answer = client.get("/sign-in/")
    assert lacking(answer.headers, is_https=True) == []
    assert answer.cookies["csrftoken"]["secure"]
    answer = client.post("/sign-in/", {"name": "Mina", "passphrase": PASSPHRASE})
    for name in ("session", "known"):
        kept = answer.cookies[name]
        assert kept["secure"] and kept["httponly"]
        assert kept["samesite"] == "Lax" and kept["path"] == "/"


@pytest.mark.django_db(transaction=True)
class TestTheOtherDoor:
    """What the event loop answers without Django's pages: the lane, live streams, files, Help now from its file."""

    @pytest.fixture
    def cast(self, transactional_db: None) -> Cast:
        callers.forget_all()
        places.forget_all()
        telling.forget_drawn()
        return make_cast()

    @pytest.mark.parametrize("is_https", [False, True])
    def test_every_answer(self, cast: Cast, settings: Any, is_https: bool) -> None:
        settings.SECURE_HSTS_SECONDS = 31_536_000 if is_https else 0
        pair = open_conversation(
            actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
        )
        mina, where = cookie(cast.mina), f"/messages/{pair.public_id}"
        said: list[Mapping[str, str]] = []
        statuses = []

        async def tell() -> None:
            for method, path, who, body in (
                ("POST", f"{where}/send", mina, form("hello")),
                ("POST", f"{where}/send", mina, form("")),
                ("POST", f"{where}/send", b"", form("hello")),
                ("POST", "/messages/nosuchplace123/send", mina, form("hello")),
                ("GET", f"{where}/send", mina, b""),
                ("GET", f"{where}/since?seq=1", mina, b""),
                ("POST", f"{where}/typing", mina, b""),
                ("GET", "/live", b"", b""),
                ("GET", "/help-now/", b"", b""),
                ("GET", "/offline/", b"", b""),
                ("GET", "/no/such/page/", b"", b""),
                ("POST", "/look/", b"", b"a" * (still.MOST_BYTES + 100)),
            ):
                answer = await asked(method, path, who, body)
                statuses.append(answer.status)
                said.append(answer.headers)

        story(tell)
        assert set(statuses) >= {200, 401, 404, 405, 413, 422}
        assert [wrong for each in said if (wrong := lacking(each, is_https=is_https))] == []

    def test_an_open_stream_carries_them(self, cast: Cast) -> None:
        mina, answer = cookie(cast.mina), Heard()

        async def tell() -> None:
            open_now = asyncio.ensure_future(asked("GET", "/live", mina, b"", answer))
            await asyncio.sleep(0.3)
            open_now.cancel()

        story(tell)
        assert answer.status == 200 and lacking(answer.headers) == []
