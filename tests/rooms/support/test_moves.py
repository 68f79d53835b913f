"""Every deed follows the table of moves, and only the two people do any."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.support import services
from companionway.support.models import Relationship
from companionway.support.states import MOVES, OPEN, State
from tests.cast import NOW, Cast

LATER = NOW + timedelta(days=20)

DEEDS = {
    State.PAUSED: lambda who, walk: services.pause(actor=who, relationship=walk, now=NOW),
    State.ENDING: lambda who, walk: services.start_ending(
        actor=who, relationship=walk, last_meeting_on=None, now=NOW
    ),
    State.ENDED: lambda who, walk: services.end_relationship(actor=who, relationship=walk, now=NOW),
    State.WALKING: lambda who, walk: services.say_we_met(actor=who, relationship=walk, now=NOW),
}


@pytest.mark.parametrize(("origin", "to"), list(product(State, DEEDS)))
def test_every_deed_follows_the_table_of_moves(
    walk: Relationship, cast: Cast, origin: State, to: State
) -> None:
    ended = NOW if origin == State.ENDED else None
    Relationship.objects.filter(pk=walk.pk).update(state=origin, ended_at=ended)
    # Meeting for the first time is the only deed that leads from a pause or an ending to walking by another way.
    allowed = to in MOVES[origin] and (to != State.WALKING or origin == State.MEETING)
    if allowed:
        DEEDS[to](cast.mina, walk)
    else:
        with pytest.raises(Refused):
            DEEDS[to](cast.mina, walk)
    walk.refresh_from_db()
    assert walk.state == (to if allowed else origin)


def test_the_table_knows_every_state_and_ended_is_final() -> None:
    assert set(MOVES) == set(State)
    assert MOVES[State.ENDED] == frozenset()
    assert all(State.ENDED in MOVES[state] for state in OPEN)


@pytest.mark.parametrize("outsider", ["ruth", "cora", "adil", "sam_the_stranger"])
def test_nobody_else_does_anything_here(walk: Relationship, cast: Cast, outsider: str) -> None:
    who = getattr(cast, outsider)
    draft = services.propose_agreement(
        actor=cast.mina, relationship=walk, words={"what": "A"}, after=0, now=NOW
    )
    services.ask_how_it_goes(actor=None, now=LATER)
    deeds = [
        *DEEDS.values(),
        lambda who, walk: services.accept_agreement(actor=who, relationship=walk, agreement=draft, now=NOW),
        lambda who, walk: services.propose_agreement(
            actor=who, relationship=walk, words={"what": "B"}, after=1, now=NOW
        ),
        lambda who, walk: services.write_note(actor=who, relationship=walk, words="x", now=NOW),
        lambda who, walk: services.ask_for_someone_else(actor=who, relationship=walk, now=NOW),
        lambda who, walk: services.answer_how_it_goes(actor=who, relationship=walk, answer="stop", now=NOW),
        lambda who, walk: services.say_goodbye(
            actor=who, relationship=walk, words="x", is_ready=True, now=NOW
        ),
        lambda who, walk: services.resume(actor=who, relationship=walk, now=NOW),
        lambda who, walk: services.walk_again(actor=who, relationship=walk, now=NOW),
    ]
    before = Record.objects.count()
    for deed in deeds:
        with pytest.raises(Refused):
            deed(who, walk)
    assert Record.objects.count() == before
