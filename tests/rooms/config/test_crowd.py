"""Overload: reads step back before deeds, each with a kind page, and those inside are answered."""

from __future__ import annotations

import asyncio
from typing import Any

from companionway.config import crowd
from companionway.foundation.live import Receive, Scope, Send


class SlowPages:
    """Pages that answer when the test says so."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.answered: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.go_on.wait()
        self.answered.append(scope["method"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})


async def _nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


class Visit:
    def __init__(self, method: str, path: str = "/", language: bytes = b"en") -> None:
        self.scope: Scope = {
            "type": "http",
            "method": method,
            "path": path,
            "headers": [(b"accept-language", language)],
        }
        self.said: list[Any] = []

    async def send(self, message: Any) -> None:
        self.said.append(message)

    @property
    def status(self) -> int | None:
        return int(self.said[0]["status"]) if self.said else None

    @property
    def body(self) -> str:
        return str(self.said[1]["body"].decode())

    def header(self, name: bytes) -> bytes:
        return dict(self.said[0]["headers"])[name]


def _crowd(*kinds: tuple[int, str, str]) -> dict[str, list[Visit]]:
    """Let the visits knock in this order while the pages stand still; then let the pages go on."""

    async def run() -> dict[str, list[Visit]]:
        pages = SlowPages()
        gate = crowd.held(pages)
        groups = {f"{method} {path}": [Visit(method, path) for _ in range(n)] for n, method, path in kinds}
        tasks = []
        for visits in groups.values():
            tasks += [asyncio.ensure_future(gate(visit.scope, _nothing, visit.send)) for visit in visits]
            await asyncio.sleep(0)
        pages.go_on.set()
        await asyncio.gather(*tasks)
        late = Visit("GET")
        await gate(late.scope, _nothing, late.send)
        return groups | {"late": [late]}

    return asyncio.run(run())


def _statuses(visits: list[Visit]) -> tuple[int, int]:
    return sum(v.status == 200 for v in visits), sum(v.status == 503 for v in visits)


def test_reads_step_back_while_deeds_and_styles_are_let_in() -> None:
    said = _crowd((crowd.MOST_READS + 30, "GET", "/"), (60, "POST", "/"), (10, "GET", "/static/ui.css"))
    assert _statuses(said["GET /"]) == (crowd.MOST_READS, 30)
    assert _statuses(said["POST /"]) == (60, 0)
    assert _statuses(said["GET /static/ui.css"]) == (10, 0)
    assert said["late"][0].status == 200, "once the crowd is gone everybody is let in again"


def test_deeds_have_their_own_limit_and_are_told_the_truth() -> None:
    said = _crowd((crowd.MOST_DEEDS + 5, "POST", "/"))
    assert _statuses(said["POST /"]) == (crowd.MOST_DEEDS, 5)
    refused = next(visit for visit in said["POST /"] if visit.status == 503)
    assert "not sent yet" in refused.body and "your words are still there" in refused.body


def test_the_refusal_is_a_kind_whole_page_with_help_and_a_time_to_come_back() -> None:
    said = _crowd((crowd.MOST_READS + 1, "GET", "/home/"))
    refused = next(visit for visit in said["GET /home/"] if visit.status == 503)
    assert refused.header(b"retry-after") == b"10"
    assert b"default-src 'self'" in refused.header(b"content-security-policy")
    assert '<html lang="en" dir="ltr">' in refused.body and "/help-now/" in refused.body
