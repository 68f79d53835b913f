"""What every answer carries: each address by each method and as several people, refusals, files, the lane, a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

import companionway
from companionway.foundation import headers
from companionway.ui import views as frame
from tests.access.routes import names, tries
from tests.access.world import Both

# Whoever is signed in asks as a page does; in which other ways somebody asks makes no difference to who they are.
METHODS = {
    "nobody": ["get", "post", "head", "put", "delete", "options"],
    "mina": ["get", "post"],
    "oluchi": ["get"],
}
HOUSE = Path(companionway.__file__).parent


def lacking(said: Mapping[str, str], *, is_https: bool = False) -> list[str]:
    """What is wrong with these headers."""
    csp = said.get("Content-Security-Policy", "")
    wrong = [f"no {name}" for name in headers.ALWAYS if name not in said]
    wrong += [word for word in ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*") if word in csp]
    wrong += [
        f"no {rule}"
        for rule in ("default-src", "base-uri 'none'", "frame-ancestors 'none'")
        if rule not in csp
    ]
    if said.get("X-Content-Type-Options") != "nosniff" or said.get("X-Frame-Options") != "DENY":
        wrong.append("may be sniffed or framed")
    if said.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        wrong.append("tells others where somebody was")
    if is_https and "max-age=31536000" not in said.get("Strict-Transport-Security", ""):
        wrong.append("no Strict-Transport-Security")
    wrong += [f"names itself by {name}" for name in ("Server", "X-Powered-By") if name in said]
    return wrong


def _is_kept(said: Mapping[str, str]) -> bool:
    return "no-store" not in said["Cache-Control"]


@pytest.fixture(scope="module")
def answers(world: Both) -> list[tuple[str, str, HttpResponseBase]]:
    """(who, what, answer) of everything there is; once for the module."""
    found = []
    places = [(name, tries(world, name, parts)[0]) for name, parts in names()]
    addresses = [(name, reverse(each.name, kwargs=each.kwargs)) for name, each in places]
    for actor, methods in METHODS.items():
        client = Client(raise_request_exception=False)
        for name, address in addresses:
            for method in methods:
                if actor != "nobody" and (method == "get" or "session" not in client.cookies):
                    client.force_login(world.here.people[actor])
                found.append((actor, f"{method} {name}", getattr(client, method)(address)))
        strict = Client(enforce_csrf_checks=True)
        found.append((actor, "post without a token", strict.post("/look/")))
        found.append((actor, "get nothing", client.get("/nothing/here/")))
        found.append((actor, "get a host not ours", client.get("/", headers={"host": "evil.example"})))
    return found


@pytest.mark.django_db
@pytest.mark.once
class TestPages:
    def test_every_answer_carries_every_header(self, answers: list[Any]) -> None:
        assert len(answers) > 1000
        assert {answer.status_code for _who, _what, answer in answers} >= {200, 302, 400, 403, 404, 405}
        wrong = {(what, *found) for _, what, answer in answers if (found := lacking(answer.headers))}
        assert wrong == set()

    def test_nothing_shown_to_a_person_is_kept_by_the_browser(self, answers: list[Any]) -> None:
        """Nor comes back with the "back" button: no-store keeps a page out of that memory too."""
        kept = {what for who, what, answer in answers if who != "nobody" and _is_kept(answer.headers)}
        assert {what.split()[1] for what in kept} <= {
            "ui:manifest",
            "ui:service_worker",
            "ui:offline",
            "help_now",
            "safety:help_now_print",
            # Of meetings that anybody may find; the same for everybody, and asked for by programs.
            "calendars:public",
        }

    def test_refusals_are_pages(self, answers: list[Any]) -> None:
        bare = [
            (what, answer.status_code)
            for _who, what, answer in answers
            if answer.status_code in {400, 403, 404, 405}
            and not what.startswith("head")
            and answer.headers["Content-Type"].startswith("text/html")
            and b"/help-now/" not in answer.content
        ]
        assert bare == []

    def test_pages_ask_nothing_of_third_parties_and_run_nothing_inline(self, answers: list[Any]) -> None:
        wrong = set()
        for _who, what, answer in answers:
            if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
                wrong |= {(what, found) for found in _outside(answer.content.decode())}
        assert wrong == set()

    def test_a_missing_header_is_seen(self, world: Both, monkeypatch: pytest.MonkeyPatch) -> None:
        """The fault planted."""
        fewer = {name: value for name, value in headers.ALWAYS.items() if name != "Permissions-Policy"}
        said = dict(Client().get("/about/").headers)
        assert lacking(said) == []
        monkeypatch.setattr(headers, "ALWAYS", fewer)
        bare = dict(Client().get("/about/").headers)
        monkeypatch.undo()
        assert lacking(bare) == ["no Permissions-Policy"]
        assert lacking({**said, "Content-Security-Policy": "default-src * 'unsafe-inline'"}) != []

    def test_an_inline_script_and_a_foreign_picture_are_seen(self) -> None:
        assert (
            _outside('<p onclick="x()">')
            and _outside("<script>x()</script>")
            and _outside("<style>p{}</style>")
        )
        assert _outside('<img src="https://evil.example/x.png">') and _outside(
            '<link href="//cdn.example/x.css">'
        )
        assert not _outside('<a href="https://samaritans.org">call</a><script src="/static/x.js"></script>')


def _outside(page: str) -> list[str]:
    """Inline script or style, and anything a browser would fetch from elsewhere by itself."""
    found = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", page)
    for tag in re.findall(
        r"<(?:script|img|link|iframe|source|video|audio|object|embed|form|use)\b[^>]*>", page
    ):
        found += re.findall(r"(?:src|href|srcset|action|data)=[\"']?((?:https?:)?//[^\"' >]+)", tag)
    return found


def test_style_and_script_name_no_other_machine() -> None:
    wrong = [
        (path.name, found)
        for path in HOUSE.rglob("static/**/*")
        if path.suffix in {".css", ".js", ".svg"}
        for found in re.findall(
            r"url\([\"']?(?:https?:)?//[^)]+|@import[^;]+//|(?:fetch|import|EventSource|Worker|sendBeacon)\(\s*[\"'`](?:https?:)?//[^\"'`]+",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert wrong == []


@pytest.mark.django_db
def test_a_fault_carries_them_too_and_shows_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("words of somebody")

    monkeypatch.setattr(frame, "render", broken)
    answer = Client(raise_request_exception=False).get("/offline/")
    assert answer.status_code == 500 and lacking(answer.headers) == []
    assert b"words of somebody" not in answer.content and b"Traceback" not in answer.content
