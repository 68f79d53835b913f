"""Five people at once, event by event: what each page hears is asserted exactly, and nobody's presence goes further."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import time_machine

from companionway.config import asgi, callers
from companionway.foundation import bus, lane, live
from companionway.gatherings import services
from companionway.people.models import Person
from tests.cast import NOW
from tests.rooms.conversations.test_lane_doors import HOST, cookie, story
from tests.rooms.gatherings.conftest import TWELVE, VOICES, Evening, make_evening

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = re.compile(r"event: gathering\ndata: (\{.*\})")
# What goes with a signal; nothing that is not on the page of everybody who hears it.
MORE = {"said": {"id", "number", "drawn"}, "mine": {"id"}, "gone": {"id"}, "with": {"id", "n"}}
QUIET, LONGEST = 0.25, 8.0


@pytest.fixture(autouse=True)
def _that_evening(transactional_db: None) -> Iterator[None]:
    callers.forget_all()
    with time_machine.travel(NOW, tick=True):
        yield


class Page:
    """One open stream: what it heard since it was last asked."""

    def __init__(self, evening: Evening, who: Person, ticket: str = "") -> None:
        self.heard, self.gone, self.words = bytearray(), asyncio.Event(), list[dict[str, Any]]()
        at = evening.meeting.public_id
        cookies = cookie(who) + (f"; seat_{at}={ticket}".encode() if ticket else b"")
        self.scope = {
            "type": "http", "method": "GET", "path": "/live", "query_string": f"at={at}".encode(),
            "headers": [(b"host", HOST), (b"cookie", cookies)],
        }  # fmt: skip

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.heard.extend(message.get("body", b""))

    def open(self) -> asyncio.Future[None]:
        return asyncio.ensure_future(asgi.application(self.scope, self.receive, self.send))

    def told(self) -> list[str]:
        found = TOLD.findall(self.heard.decode())
        self.heard.clear()
        self.words = [json.loads(each) for each in found]
        assert all(set(each) == {"m", "what", *MORE.get(each["what"], ())} for each in self.words)
        return [each["what"] for each in self.words]


Do = Callable[..., Awaitable[Any]]


class Five:
    """Two who hold it, a member, a newcomer on a quiet seat, and a stranger who knows the address."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        evening.open()
        self.mina, self.nia = (
            evening.sit(evening.mina, "Wren"),
            evening.sit(evening.nia, quiet=True, new=True),
        )
        self.seats = {
            "mina": evening.seat(evening.mina, self.mina),
            "nia": evening.seat(evening.nia, self.nia),
        }
        self.pages = {
            "theo": Page(evening, evening.theo), "ruth": Page(evening, evening.ruth),
            "mina": Page(evening, evening.mina, self.mina), "nia": Page(evening, evening.nia, self.nia),
            "sam": Page(evening, evening.sam, self.mina),
        }  # fmt: skip

    async def begin(self) -> None:
        self.running = [each.open() for each in self.pages.values()]
        await self.settle(*self.pages.values())
        assert all(b"event: here" in each.heard for each in self.pages.values())
        assert all(not each.told() for each in self.pages.values())

    async def settle(self, *opened: Page) -> None:
        """Until everything opened is heard, and nothing more comes; however slow the machine is."""
        async with asyncio.timeout(LONGEST):
            while not all(b"event: here" in each.heard for each in opened):
                await asyncio.sleep(0.02)
        before = -1
        while before != (before := sum(len(each.heard) for each in self.pages.values())):
            await asyncio.sleep(QUIET)

    async def do(self, deed: Callable[..., Any], **given: Any) -> Any:
        given.setdefault("meeting", self.evening.meeting)
        done = await lane.read(lambda: deed(**given, now=NOW))
        await self.settle()
        return done

    def told(self) -> dict[str, list[str]]:
        """Who heard something, and what."""
        return {name: found for name, page in self.pages.items() if (found := page.told())}


def all_hear(what: str) -> dict[str, list[str]]:
    return dict.fromkeys(("theo", "ruth", "mina", "nia"), [what])


def all_hear_words_of_mina() -> dict[str, list[str]]:
    """Her own page is told, and no other, that they are hers."""
    return {**all_hear("said"), "mina": ["mine", "said"]}


def frame_hears(what: str) -> dict[str, list[str]]:
    return dict.fromkeys(("theo", "ruth"), [what])


def test_what_each_hears_event_by_event() -> None:
    five = Five(make_evening(VOICES))
    e = five.evening

    async def tell() -> None:
        await five.begin()
        at = {"actor": e.mina, "ticket": five.mina}
        share = await five.do(services.share, **at, text="hello", client_id="1")
        assert five.told() == all_hear_words_of_mina()
        drawn = [page.words[-1]["drawn"] for page in five.pages.values() if page.words]
        assert len(set(drawn)) == 1 and "hello" in drawn[0] and "Wren" in drawn[0] and "<form" not in drawn[0]
        await five.do(services.share, **at, text="hello", client_id="1")
        assert five.told() == {}
        await five.do(services.be_with, actor=e.nia, ticket=five.nia, share=share)
        assert five.told() == all_hear("with")
        await five.do(services.flag_share, actor=e.nia, ticket=five.nia, share=share)
        assert five.told() == frame_hears("flag")
        await five.do(services.ask_all_right, actor=e.theo, seat=five.seats["nia"])
        assert five.told() == {**frame_hears("seats"), "nia": ["asked"]}
        await five.do(services.answer_asking, actor=e.nia, ticket=five.nia, answer="company")
        assert five.told() == frame_hears("answer")
        await five.do(services.mute_seat, actor=e.theo, seat=five.seats["mina"], reason="Breathe")
        assert five.told() == {**frame_hears("seats"), "mina": ["muted"]}
        await five.do(services.unmute_seat, actor=e.ruth, seat=five.seats["mina"])
        assert five.told() == {**frame_hears("seats"), "mina": ["muted"]}

    story(tell)


def test_turns_pauses_seats_and_the_close() -> None:
    five = Five(make_evening(VOICES))
    e = five.evening

    async def tell() -> None:
        await five.begin()
        await five.do(services.next_part, actor=e.theo, after=0)
        assert five.told() == all_hear("part")
        await five.do(services.pause, actor=e.ruth, reason="Tea")
        assert five.told() == all_hear("pause")
        await five.do(services.share, actor=e.mina, ticket=five.mina, text="x", client_id="p")
        assert five.told() == frame_hears("waiting")
        await five.do(services.go_on, actor=e.ruth)
        assert five.told() == {
            **dict.fromkeys(("theo", "ruth", "nia"), ["said", "go_on"]),
            "mina": ["mine", "said", "go_on"],
        }
        late = await five.do(services.take_seat, actor=e.theo, name="", is_quiet=True, is_new=False)
        assert five.told() == frame_hears("seats")
        await five.do(services.leave_seat, actor=e.theo, ticket=late.ticket)
        assert five.told() == frame_hears("seats")
        await five.do(services.pass_turn, actor=e.mina, ticket=five.mina)
        assert five.told() == all_hear("turn")
        await five.do(services.close_meeting, actor=e.theo)
        assert five.told() == all_hear("close")

    story(tell)


def test_whoever_left_hears_nothing_more_and_a_taken_ticket_opens_nothing() -> None:
    five = Five(make_evening(TWELVE))
    e = five.evening

    async def tell() -> None:
        await five.begin()
        await five.do(services.leave_seat, actor=e.nia, ticket=five.nia)
        assert five.told() == frame_hears("seats")
        again, stolen = Page(e, e.nia, five.nia), Page(e, e.nia, five.mina)
        for each in (again, stolen):
            five.running.append(each.open())
        await five.settle(again, stolen)
        await five.do(services.share, actor=e.mina, ticket=five.mina, text="x", client_id="1")
        assert five.told() == {
            **dict.fromkeys(("theo", "ruth"), ["said"]),
            "mina": ["mine", "said"],
        }
        assert again.told() == stolen.told() == []

    story(tell)


def test_what_another_process_says_is_heard_by_the_same_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    five = Five(make_evening(VOICES))
    posted: list[tuple[str, Any]] = []
    monkeypatch.setattr(bus, "post", lambda kind, fact: posted.append((kind, fact)))

    async def tell() -> None:
        await five.begin()
        monkeypatch.setattr(live, "on_loop", lambda *call: None)  # this process is the other one
        await five.do(services.ask_all_right, actor=five.evening.theo, seat=five.seats["nia"])
        assert five.told() == {}
        facts = [fact for kind, fact in posted if kind == "topic"]
        assert "Wren" not in repr(facts) and "Nia" not in repr(facts)
        for fact in facts:
            bus._hearers["topic"](fact)
        await five.settle()
        assert five.told() == {**frame_hears("seats"), "nia": ["asked"]}

    story(tell)
