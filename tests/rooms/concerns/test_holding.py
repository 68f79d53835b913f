"""Somebody has it, and then nothing: asleep, or no longer on call. It does not lie still."""

from __future__ import annotations

import pytest

from companionway.concerns import holding, queries, services
from companionway.concerns.models import Concern, Pace
from companionway.concerns.states import DecisionKind, State
from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.notices.models import Notice
from companionway.people import services as people
from companionway.people.models import RoleHeld
from tests.cast import NOW
from tests.rooms.concerns.conftest import House
from tests.rooms.concerns.test_climbing import happened, look, minutes, watch


def after_holding(concern: Concern) -> list[tuple[str, str, object]]:
    return happened(concern)[2:]


def test_whoever_has_it_is_asked_again_and_then_it_climbs_anew(house: House) -> None:
    concern = house.held()
    watch(concern, minutes(51), every=20)
    assert after_holding(concern) == [
        ("asked", "Ben", minutes(20)),
        ("silent", "Ben", minutes(40)),
        ("told", "Cora", minutes(40)),
        ("nudged", "Cora", minutes(42)),
        ("told", "Lena", minutes(45)),
        # Ben is asked again when nobody else is left.
        ("told", "Ben", minutes(50)),
    ]
    concern.refresh_from_db()
    assert (concern.state, concern.held_by, concern.round) == (State.OPEN, None, 2)


def test_a_sign_of_life_is_enough_and_a_decision_is_one(house: House) -> None:
    concern = house.held()
    watch(concern, minutes(25), every=60)
    page = queries.page_of(house.ben, Concern.objects.get(pk=concern.pk), NOW.date(), minutes(25))
    assert page.is_asked_again
    services.acknowledge(actor=house.ben, concern=concern, now=minutes(26))
    watch(concern, minutes(45), begin=minutes(26), every=60)
    services.record_decision(
        actor=house.ben, concern=concern, kind=DecisionKind.TALKED, words="I ring her.", now=minutes(45)
    )
    watch(concern, minutes(64), begin=minutes(45), every=60)
    assert after_holding(concern) == [("asked", "Ben", minutes(20))]
    look(minutes(65))
    concern.refresh_from_db()
    assert (concern.state, concern.asked_at) == (State.HELD, minutes(65))


def test_the_pace_of_the_organisation_counts(house: House) -> None:
    Pace.objects.create(organisation=house.cast.organisation, nudge=1, backup=2, lead=3, phone=4, most_held=3)
    concern = house.held()
    watch(concern, minutes(8), every=30)
    assert after_holding(concern)[:2] == [("asked", "Ben", minutes(4)), ("silent", "Ben", minutes(8))]


def test_a_worker_that_slept_asks_first(house: House) -> None:
    concern = house.held()
    look(minutes(600))
    look(minutes(619))
    assert after_holding(concern) == [("asked", "Ben", minutes(600))]


def test_a_clock_put_back_lets_nobody_wait_longer(house: House) -> None:
    concern = house.held()
    watch(concern, minutes(19), every=60)
    look(minutes(-60))
    look(minutes(-41))
    assert after_holding(concern) == []
    look(minutes(-40))
    assert after_holding(concern) == [("asked", "Ben", minutes(-40))]


def test_a_drill_asks_nobody_again(house: House) -> None:
    drill = house.told(actor=house.lena, about=None, is_drill=True)
    services.acknowledge(actor=house.ben, concern=drill, now=NOW)
    look(minutes(200))
    assert after_holding(drill) == []


def test_the_one_asked_hears_it_each_time(house: House) -> None:
    concern = house.held()
    look(minutes(20))
    services.acknowledge(actor=house.ben, concern=concern, now=minutes(21))
    look(minutes(41))
    events.deliver()
    heard = Notice.objects.filter(person=house.ben, kind="concern", key__contains="holder_asked")
    assert heard.count() == 2
    assert Record.objects.filter(name="concerns.holder_asked").count() == 2


def test_a_role_that_ends_lets_go(house: House) -> None:
    concern = house.held()
    RoleHeld.objects.filter(person=house.ben).update(until_at=minutes(3))
    assert services.let_go_of_all(actor=None, person=house.ben, now=minutes(4)) == 1
    assert after_holding(concern) == [("let_go", "Ben", minutes(4)), ("told", "Cora", minutes(4))]
    assert services.let_go_of_all(actor=None, person=house.ben, now=minutes(5)) == 0


def test_a_break_lets_go_and_who_can_still_stand_keeps_it(house: House) -> None:
    concern = house.held()
    assert services.let_go_of_all(actor=None, person=house.ben, now=NOW) == 0
    people.pause(actor=house.ben, now=NOW)
    events.deliver()
    concern.refresh_from_db()
    assert concern.held_by is None


def test_a_clock_that_never_asks_is_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        holding, "due_ids", lambda climbing, _now: list(climbing.values_list("pk", flat=True))
    )
    with pytest.raises(AssertionError):
        test_whoever_has_it_is_asked_again_and_then_it_climbs_anew(house)
