"""What is said, on the streams: between processes, many at once, after a block, for whoever may no more be there."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest

from companionway.foundation import bus, lane, live, pace
from companionway.gatherings import hearing, services, streams
from companionway.people.models import RoleHeld
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.conversations.test_lane_doors import story
from tests.rooms.gatherings.conftest import CHARITY, VOICES, make_evening
from tests.rooms.gatherings.test_live import LONGEST, Five, _that_evening, all_hear  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_of_another_process_are_read_here_and_never_cross(monkeypatch: pytest.MonkeyPatch) -> None:
    five = Five(make_evening(VOICES))
    e, posted = five.evening, list[tuple[str, Any]]()
    monkeypatch.setattr(bus, "post", lambda kind, fact: posted.append((kind, fact)))
    at = {"actor": e.mina, "ticket": five.mina}

    async def tell() -> None:
        await five.begin()
        with monkeypatch.context() as other:
            other.setattr(live, "on_loop", lambda *call: None)  # this process is the other one
            await five.do(services.share, **at, text="the kettle sings", client_id="1")
            gone = await five.do(services.share, **at, text="not this", client_id="2")
            await five.do(services.take_back, **at, share=gone)
        assert five.told() == {}
        assert "kettle" not in repr(posted) and "Wren" not in repr(posted)
        facts = [fact for kind, fact in posted if kind == "gathering_words"]
        assert len(facts) == 2
        for fact in facts:
            bus._hearers["gathering_words"](fact)
        await five.settle()
        assert five.told() == all_hear("said")
        assert "the kettle sings" in five.pages["nia"].words[0]["drawn"]

    story(tell)


def test_many_at_once_are_asked_for_together() -> None:
    five = Five(make_evening(VOICES))
    e = five.evening

    async def tell() -> None:
        await five.begin()
        await five.do(services.pause, actor=e.ruth, reason="Tea")
        for each in range(hearing.MOST_AT_ONCE + 1):
            pace.forget_all()
            await lane.read(
                partial(
                    services.share,
                    actor=e.mina,
                    meeting=e.meeting,
                    ticket=five.mina,
                    text="x",
                    client_id=f"p{each}",
                    now=NOW,
                )
            )
        await five.settle()
        five.told()
        await five.do(services.go_on, actor=e.ruth)
        assert five.told() == dict.fromkeys(("theo", "ruth", "mina", "nia"), ["share", "go_on"])

    story(tell)


def test_a_block_in_the_middle_of_an_evening_counts_from_the_next_words() -> None:
    five = Five(make_evening(CHARITY))
    e = five.evening

    async def tell() -> None:
        await five.begin()
        await lane.read(lambda: safety.block_person(actor=e.nia, person=e.mina, now=NOW))
        await five.do(services.share, actor=e.mina, ticket=five.mina, text="x", client_id="1")
        assert five.told() == {**dict.fromkeys(("theo", "ruth"), ["said"]), "mina": ["mine", "said"]}

    story(tell)


def test_whoever_may_no_more_be_there_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PROVEN_SECONDS", (0.2, 0.3))
    five = Five(make_evening(VOICES))
    e = five.evening

    async def tell() -> None:
        await five.begin()
        await lane.read(lambda: RoleHeld.objects.filter(person=e.mina).update(until_at=NOW))
        async with asyncio.timeout(LONGEST):
            await five.running[2]
        assert not any(five.running[n].done() for n in (0, 1, 3))

    story(tell)
