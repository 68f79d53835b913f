"""A place of many, live: who came later hears nothing of before, and who blocked somebody nothing of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import time_machine

from companionway.config import callers
from companionway.conversations import places, services
from companionway.conversations.models import Conversation, Message
from companionway.people import services as people
from companionway.people.models import Person
from companionway.release.models import HeldReply
from companionway.safety import services as safety
from tests.cast import NOW, Cast, make_cast
from tests.rooms.conversations.test_lane_doors import ask, cookie, form, listen, story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    return make_cast()


@pytest.fixture
def space(cast: Cast) -> Conversation:
    made = services.open_space(actor=cast.cora, programme=cast.programme, heading="The lamp", now=NOW)
    for each in (cast.mina, cast.theo, cast.ruth):
        services.come_in(actor=each, conversation=made, sees_before=False, now=NOW)
    return made


def _word(person: Person, space: Conversation, text: str) -> int:
    return services.send_message(actor=person, conversation=space, text=text, now=NOW).id  # type: ignore[union-attr]


def test_everybody_in_it_hears_and_nobody_else(cast: Cast, space: Conversation) -> None:
    mina, theo, ruth = (cookie(each) for each in (cast.mina, cast.theo, cast.ruth))
    door = f"/messages/{space.public_id}/send"
    sam = cookie(cast.sam_the_stranger)

    async def tell() -> None:
        streams = [asyncio.ensure_future(listen(each, until="Kettle")) for each in (theo, ruth)]
        await asyncio.sleep(0.2)
        assert (await ask("POST", door, who=mina, body=form("Kettle is on"))).status == 200
        for stream in streams:
            assert (await stream).count("Kettle is on") == 1
        assert (await ask("POST", door, who=sam, body=form("Let me in"))).status == 404
        assert (await ask("GET", f"/messages/{space.public_id}/since", who=sam)).status == 404

    story(tell)


def test_a_changed_word_from_before_is_not_told_to_who_came_later(cast: Cast, space: Conversation) -> None:
    first = _word(cast.mina, space, "About my brother")
    services.come_in(actor=cast.adil, conversation=space, sees_before=False, now=NOW)
    adil = cookie(cast.adil)
    services.edit_message(
        actor=cast.mina, message=Message.objects.get(pk=first), text="About my sister", now=NOW
    )
    _word(cast.theo, space, "Soup later")

    async def tell() -> None:
        missed = (await ask("GET", f"/messages/{space.public_id}/since", who=adil)).body.decode()
        assert "Soup later" in missed
        assert "brother" not in missed
        assert "sister" not in missed
        heard = await listen(adil, until="event: here", path="/live?after=0")
        assert "Soup later" in heard
        assert "sister" not in heard

    story(tell)


def test_live_a_change_of_before_stays_away_too(cast: Cast, space: Conversation) -> None:
    first = _word(cast.mina, space, "About my brother")
    services.come_in(actor=cast.adil, conversation=space, sees_before=False, now=NOW)
    adil, theo = cookie(cast.adil), cookie(cast.theo)
    message = Message.objects.get(pk=first)

    async def tell() -> None:
        late = asyncio.ensure_future(listen(adil, until="Soup later"))
        early = asyncio.ensure_future(listen(theo, until="sister"))
        await asyncio.sleep(0.2)
        await asyncio.to_thread(
            services.edit_message, actor=cast.mina, message=message, text="About my sister", now=NOW
        )
        assert "sister" in await early
        await asyncio.to_thread(_word, cast.ruth, space, "Soup later")
        assert "sister" not in await late

    story(tell)


def test_between_whom_a_block_stands_nothing_is_told_and_the_others_hear_both(
    cast: Cast, space: Conversation
) -> None:
    mina, theo, ruth = (cookie(each) for each in (cast.mina, cast.theo, cast.ruth))
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    places.forget_all()
    door = f"/messages/{space.public_id}/send"

    async def tell() -> None:
        blocked = asyncio.ensure_future(listen(theo, until="From Ruth"))
        other = asyncio.ensure_future(listen(ruth, until="From Mina"))
        await asyncio.sleep(0.2)
        assert (await ask("POST", door, who=mina, body=form("From Mina", "lane-aaaa01"))).status == 200
        assert "From Mina" in await other
        assert (await ask("POST", door, who=ruth, body=form("From Ruth", "lane-aaaa02"))).status == 200
        assert "From Mina" not in await blocked
        missed = (await ask("GET", f"/messages/{space.public_id}/since", who=theo)).body.decode()
        assert "From Ruth" in missed
        assert "From Mina" not in missed

    story(tell)


def test_whoever_left_hears_no_more_and_whoever_pauses_cannot_send(cast: Cast, space: Conversation) -> None:
    mina, theo, ruth = (cookie(each) for each in (cast.mina, cast.theo, cast.ruth))
    door = f"/messages/{space.public_id}/send"
    services.leave_space(actor=cast.theo, conversation=space, now=NOW)
    services.pause_in_space(conversation=space, person=cast.ruth, is_paused=True, now=NOW)

    async def tell() -> None:
        assert (await ask("GET", f"/messages/{space.public_id}/since", who=theo)).status == 404
        assert (await ask("POST", door, who=theo, body=form("Still me", "lane-aaaa03"))).status == 404
        assert (await ask("POST", door, who=ruth, body=form("And me", "lane-aaaa04"))).status == 403
        assert (await ask("POST", door, who=mina, body=form("Only me", "lane-aaaa05"))).status == 200
        assert "Only me" in (await ask("GET", f"/messages/{space.public_id}/since", who=ruth)).body.decode()

    story(tell)
    assert Message.objects.exclude(author=None).count() == 1


def test_a_pause_holds_though_the_lane_remembers_an_older_state(cast: Cast, space: Conversation) -> None:
    ruth, door = cookie(cast.ruth), f"/messages/{space.public_id}/send"
    places.load(conversation_id=space.pk)
    space.participants.filter(person=cast.ruth).update(is_paused=True)

    async def tell() -> None:
        assert (await ask("POST", door, who=ruth, body=form("Quickly", "lane-aaaa06"))).status == 403

    story(tell)
    assert not Message.objects.exclude(author=None).exists()


def test_a_place_between_two_cannot_be_entered(cast: Cast, pair: Conversation) -> None:
    with pytest.raises(Exception, match="ended"):
        services.come_in(actor=cast.ruth, conversation=pair, sees_before=True, now=NOW)
    assert pair.participants.count() == 2


def test_two_who_are_left_among_many_are_no_pair(cast: Cast, space: Conversation) -> None:
    services.leave_space(actor=cast.ruth, conversation=space, now=NOW)
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    theo, door = cookie(cast.theo), f"/messages/{space.public_id}/send"

    async def tell() -> None:
        assert (await ask("POST", door, who=theo, body=form("Anybody?", "lane-aaaa07"))).status == 200

    story(tell)
    assert Message.objects.filter(author=cast.theo).count() == 1


def test_at_night_the_live_door_takes_nothing_into_a_place_of_young_people(
    cast: Cast, transactional_db: None
) -> None:
    programme = people.create_programme(
        actor=None,
        organisation=cast.organisation,
        name="After school",
        practice_model="young_people",
        now=NOW,
    )
    asleep = services.open_space(actor=cast.cora, programme=programme, heading="Biscuits", now=NOW)
    for each in (cast.mina, cast.theo):
        Person.objects.filter(pk=each.pk).update(age_band="young")
        services.come_in(actor=each, conversation=asleep, sees_before=False, now=NOW)
    # Half past nine in London.
    with time_machine.travel(datetime(2026, 11, 21, 21, 30, tzinfo=UTC), tick=True):
        mina = cookie(cast.mina)

        async def tell() -> None:
            answer = await ask("POST", f"/messages/{asleep.public_id}/send", who=mina, body=form("Awake?"))
            assert answer.status == 403 and "until 7:30 am" in answer.data["error"]

        story(tell)
    assert not Message.objects.exclude(author=None).exists() and not HeldReply.objects.exists()
