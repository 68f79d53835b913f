"""The live door: the card comes with the answer to the writer alone; open duty screens hear that something changed."""

from __future__ import annotations

import asyncio
import time

import pytest

from companionway.config import callers
from companionway.conversations import services
from companionway.conversations.models import Conversation, Message
from companionway.noticing import looking
from companionway.noticing.models import Noticed
from companionway.noticing.states import Label
from companionway.people import roles
from companionway.people.models import Person
from companionway.reasoning import risk
from tests.cast import NOW, Cast, give, make_cast, make_person
from tests.rooms.conversations.test_lane_doors import ask, cookie, form, listen, story
from tests.rooms.noticing.conftest import NOW_WORDS, QUIET_WORDS, SOON_WORDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    looking.warm()
    return make_cast()


@pytest.fixture
def noor(cast: Cast) -> Person:
    person = make_person("Noor")
    give(person, roles.ON_CALL, cast.programme)
    return person


@pytest.fixture
def pair(cast: Cast) -> Conversation:
    people = [cast.mina, cast.theo]
    return services.open_conversation(actor=cast.mina, programme=cast.programme, people=people, now=NOW)


def test_the_card_is_in_the_writers_answer_and_in_no_frame(cast: Cast, pair: Conversation) -> None:
    mina, theo, door = cookie(cast.mina), cookie(cast.theo), f"/messages/{pair.public_id}/send"

    async def tell() -> None:
        listening = [asyncio.ensure_future(listen(who, until="tablets")) for who in (mina, theo)]
        await asyncio.sleep(0.2)
        quiet = await ask("POST", door, who=mina, body=form(QUIET_WORDS, "live-000001"))
        assert "card" not in quiet.data
        heavy = await ask("POST", door, who=mina, body=form(NOW_WORDS, "live-000002"))
        again = await ask("POST", door, who=mina, body=form(NOW_WORDS, "live-000002"))
        assert "really heavy" in heavy.data["card"] and again.data == heavy.data
        for heard in await asyncio.gather(*listening):
            assert "card" not in heard and "noticed" not in heard

    story(tell)
    assert Noticed.objects.count() == 1
    assert list(Message.objects.exclude(author=None).order_by("id").values_list("noticed", flat=True)) == [
        0,
        3,
    ]


def test_an_open_duty_screen_hears_at_once_and_nobody_else(
    cast: Cast, noor: Person, pair: Conversation
) -> None:
    mina, theo, on_call = cookie(cast.mina), cookie(cast.theo), cookie(noor)

    async def tell() -> None:
        listening = asyncio.ensure_future(listen(on_call, until="event: noticed"))
        other = asyncio.ensure_future(listen(theo, until="tablets"))
        await asyncio.sleep(0.2)
        await ask("POST", f"/messages/{pair.public_id}/send", who=mina, body=form(NOW_WORDS))
        heard = await listening
        assert "event: noticed\ndata: {}\n" in heard and "tablets" not in heard
        assert "event: noticed" not in await other

    story(tell)


def test_a_stuck_detector_does_not_hold_the_lane(cast: Cast, pair: Conversation) -> None:
    mina, door = cookie(cast.mina), f"/messages/{pair.public_id}/send"
    looking.use(lambda text, **asked: time.sleep(1.5) or risk.notice(text))  # type: ignore[func-returns-value]

    async def tell() -> None:
        first = await ask("POST", door, who=mina, body=form(NOW_WORDS, "stuck-000001"))
        began = time.monotonic()
        second = await ask("POST", door, who=mina, body=form(SOON_WORDS, "stuck-000002"))
        assert time.monotonic() - began < 1
        assert (first.status, second.status) == (200, 200)

    try:
        story(tell)
    finally:
        looking.use(risk.notice)
    labels = Message.objects.exclude(author=None).values_list("noticed", flat=True)
    assert list(labels) == [None, None]
    assert Label.NOTHING not in labels
