"""With whom somebody may share how they keep well: whoever holds them now, and nobody else of the team."""

from __future__ import annotations

from companionway.plans import policy
from companionway.plans.kinds import KEEPING_WELL
from companionway.supervision import services
from tests.cast import NOW
from tests.rooms.supervision.conftest import Held


def test_only_whoever_holds_them_now(held: Held) -> None:
    theo = held.cast.theo
    assert set(policy.circle_of(theo, KEEPING_WELL)) == {held.ines}
    assert set(policy.circle_of(held.ines, KEEPING_WELL)) == {held.otis}
    assert set(policy.circle_of(held.otis, KEEPING_WELL)) == set()
    services.step_back(actor=held.ines, supervision=held.pair, now=NOW)
    assert set(policy.circle_of(theo, KEEPING_WELL)) == set()
