"""What the live lane may ask and send, in counts: a slower machine does not change them, a careless line does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companionway.config import callers
from companionway.conversations import places, queries, rows, services, telling
from companionway.conversations.bubbles import Look, Shown
from companionway.conversations.models import Conversation
from companionway.conversations.writing import WRITER, Sending, prepare_message
from companionway.foundation import lane, live
from companionway.people.models import Person
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
# Begin, clock, who is in it, who blocked whom, messages, records, commit.
A_BATCH = 7
LOOK = Look("en", "Europe/London")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    callers.forget_all()
    return make_cast()


def sendings(place: places.Place, author: Person, number: int, name: str = "cost") -> list[Sending]:
    return [
        prepare_message(
            author_id=author.pk, conversation_id=place.conversation_id, key=place.keys[author.pk], now=NOW,
            text=f"Words {each}", note="", client_id=f"{name}-{each:06}",
        )
        for each in range(number)
    ]  # fmt: skip


def together(deeds: list[Sending]) -> tuple[int, list[Shown]]:
    """Written as the lane writes what waits; how many statements, and the outcomes."""
    loop = asyncio.new_event_loop()
    batch = [lane._Waiting(WRITER, deed, loop, loop.create_future()) for deed in deeds]
    with CaptureQueriesContext(connection) as asked:
        lane.Lane().commit(batch)
    loop.close()
    return len(asked), [each.outcome for each in batch]


def test_a_batch_asks_the_same_whatever_its_size(cast: Cast, pair: Conversation) -> None:
    place = places.load(public_id=pair.public_id)
    assert place is not None
    together(sendings(place, cast.mina, 1, "first"))  # somebody begins to have something waiting
    one, _ = together(sendings(place, cast.mina, 1, "one"))
    many, outcomes = together(sendings(place, cast.mina, 100, "many"))
    assert all(isinstance(each, Shown) for each in outcomes)
    assert (one, many) == (A_BATCH, A_BATCH)


def test_the_answer_about_who_is_in_it_comes_in_one_step(cast: Cast, pair: Conversation) -> None:
    """At every further row SQLite's driver gives the interpreter away, under a busy event loop for long."""
    if connection.vendor != "sqlite":
        return
    place = places.load(public_id=pair.public_id)
    assert place is not None
    with CaptureQueriesContext(connection) as asked:
        together(sendings(place, cast.mina, 3))
    questions = [each["sql"] for each in asked if each["sql"].startswith("select")]
    assert questions
    assert all("json_group_array" in each for each in questions)


def test_a_batch_costs_the_event_loop_two_hops(
    cast: Cast, pair: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One to tell, one to answer: not one for each message."""
    hops: list[Any] = []

    class Loop:
        def call_soon_threadsafe(self, call: Callable[..., None], *given: Any) -> None:
            hops.append(call)

        def create_future(self) -> Any:
            return None

    loop: Any = Loop()
    monkeypatch.setattr(live, "_loop", loop)
    place = places.load(public_id=pair.public_id)
    assert place is not None
    own = lane.Lane()
    batch = [lane._Waiting(WRITER, deed, loop, None) for deed in sendings(place, cast.mina, 30)]  # type: ignore[arg-type]
    own.commit(batch)
    own.tell(batch)
    own.settle(batch)
    assert len(hops) == 2


@pytest.mark.parametrize("stored", [1, 50, 120])
def test_a_list_is_one_statement_whatever_is_stored(cast: Cast, pair: Conversation, stored: int) -> None:
    place = places.load(public_id=pair.public_id)
    assert place is not None
    together(sendings(place, cast.mina, stored))
    queries.changed_in(pair.pk, 0, 50)  # opens the keys
    asked: tuple[Callable[[], list[Shown]], ...] = (
        lambda: queries.changed_in(pair.pk, 0, 50),
        lambda: queries.changed_in(pair.pk, 1, 50),
        lambda: queries.changed_between(0, 10_000, 50),
        lambda: queries.changed_since(cast.theo.pk, 0, 50),
    )
    for ask in asked:
        with CaptureQueriesContext(connection) as counted:
            assert ask()
        assert len(counted) == 1


def test_nothing_walks_through_all_messages(cast: Cast, pair: Conversation) -> None:
    """With a hundred times the messages the lists still go to their place in an index."""
    if connection.vendor != "sqlite":  # PostgreSQL rightly walks through a small table
        return
    for statement, given in (
        (rows.CHANGED, (pair.pk, 0, 50)),
        (rows.NEWEST, (pair.pk, 50)),
        (rows.OLDER, (pair.pk, 9, 50)),
        (rows.BETWEEN, (0, 10, 50)),
        (rows.SINCE, (cast.mina.pk, 0, 50)),
        (queries._talks._NEW_IN_EACH, (cast.mina.pk, "here", cast.mina.pk)),
    ):
        with connection.cursor() as cursor:
            cursor.execute("explain query plan " + statement, given)
            plan = [row[3] for row in cursor.fetchall()]
        assert plan
        assert not [step for step in plan if step.startswith("SCAN")], plan


def test_a_delivered_frame_is_little_more_than_its_words(cast: Cast, pair: Conversation) -> None:
    place = places.load(public_id=pair.public_id)
    assert place is not None
    _, (shown,) = together(sendings(place, cast.mina, 1))
    telling.forget_drawn()
    frame = telling.frame(shown, place, cast.theo.pk, LOOK)
    assert len(frame) - len("Words 0") < 620


def test_a_room_draws_a_message_once_for_all_who_look_alike(
    cast: Cast, pair: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    real = telling.draw
    monkeypatch.setattr(telling, "draw", lambda *given, **more: drawn.append(given) or real(*given, **more))
    place = places.load(public_id=pair.public_id)
    assert place is not None
    _, (shown,) = together(sendings(place, cast.mina, 1))
    telling.forget_drawn()

    async def tell() -> list[int]:
        streams = [live.Stream(pk, "s", LOOK, 0) for pk in place.readers for _ in range(5)]
        for stream in streams:
            stream.replayed()
            live._streams[stream.person_id].add(stream)
        telling._push(shown, place)
        live._streams.clear()
        return [stream.after for stream in streams]

    assert asyncio.run(tell()) == [shown.seq] * 10
    assert len(drawn) == 2


def test_what_was_taken_back_is_kept_in_no_memory(cast: Cast, pair: Conversation) -> None:
    shown = services.send_message(
        actor=cast.mina, conversation=pair, text="Canary words", note="", client_id="canary-0001", now=NOW
    )
    place = places.load(public_id=pair.public_id)
    assert place is not None
    telling.content(shown, place, cast.theo.pk, LOOK)
    assert any(b"Canary" in kept for kept in telling._drawn.values())
    teller = telling.Teller(shown.seq)
    changed = shown._replace(seq=shown.seq + 1, state="erased", facts={})
    asyncio.run(teller._tell(changed))
    assert not any(b"Canary" in kept for kept in telling._drawn.values())
