"""Help now when the pages fail: the written copy; without one, words that are true everywhere. Never nothing."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from companionway.config import still

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/help-now/",
    "query_string": b"",
    "headers": [(b"accept-language", b"en-GB")],
}


async def breaks(scope: Any, receive: Any, send: Any) -> None:
    raise RuntimeError("the database is away")


async def answers_500(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 500, "headers": []})
    await send({"type": "http.response.body", "body": b"oh"})


async def answers(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the page"})


async def _nothing() -> MutableMapping[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


def ask(pages: Any) -> tuple[int, bytes]:
    said: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    asyncio.run(still.serve(pages, SCOPE, _nothing, send))
    return said[0]["status"], b"".join(each.get("body", b"") for each in said)


@pytest.mark.parametrize("pages", [breaks, answers_500])
def test_the_written_copy_stands_in(pages: Any, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    (tmp_path / "help-now").mkdir()
    (tmp_path / "help-now" / "en.html").write_text("<h1>Help now</h1> kept", encoding="utf-8")
    status, body = ask(pages)
    assert status == 200
    assert b"kept" in body


@pytest.mark.parametrize("pages", [breaks, answers_500])
def test_without_a_copy_there_are_still_words(pages: Any, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    status, body = ask(pages)
    assert status == 503
    assert b"emergency number of the country you are in" in body


def test_a_page_that_stands_is_not_touched(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert ask(answers) == (200, b"the page")
