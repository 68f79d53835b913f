"""After a hard night: the talk that is offered, the rest, what is late, and what a drill measures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.concerns import queries, services
from companionway.concerns.models import Concern, Task
from companionway.concerns.opening import open_voice
from companionway.concerns.states import Answer, DecisionKind, TaskKind
from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.practice import queries as practice
from companionway.practice import services as practice_services
from tests.cast import NOW
from tests.rooms.concerns.conftest import House

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def task_of(concern: Concern, kind: TaskKind, person: Person) -> Task:
    return concern.tasks.get(kind=kind, person=person)


def test_a_talk_afterwards_may_be_skipped_and_that_is_noted(house: House) -> None:
    concern = house.closed()
    mine = task_of(concern, TaskKind.DEBRIEF, house.cast.theo)
    services.answer_debrief(actor=house.cast.theo, task=mine, wanted=False, now=NOW)
    mine.refresh_from_db()
    assert (mine.answer, mine.done_at) == (Answer.SKIPPED, NOW)
    with pytest.raises(Refused):
        services.answer_debrief(actor=house.ben, task=mine, wanted=True, now=NOW)


def rests(person: Person, now=NOW) -> bool:
    return person.pk in queries.resting_ids([person.pk], now)


def test_nobody_new_comes_until_the_talk_was_offered_and_held(house: House) -> None:
    theo, ruth = house.cast.theo, house.cast.ruth
    assert not rests(theo)
    concern = house.held()
    assert rests(theo) and rests(house.ben) and not rests(ruth)
    services.record_decision(
        actor=house.ben, concern=concern, kind=DecisionKind.MEMBER_TOLD, words="x", now=NOW
    )
    services.close(actor=house.ben, concern=concern, outcome="talked", now=NOW)
    mine = task_of(concern, TaskKind.DEBRIEF, theo)
    assert rests(theo, NOW + 5 * MINUTE)
    assert not rests(theo, NOW + DAY)  # an offer left unanswered keeps nobody longer
    services.answer_debrief(actor=theo, task=mine, wanted=True, now=NOW)
    assert rests(theo, NOW + 3 * DAY)  # wanted, so it has to be held
    services.finish_task(actor=house.ben, task=mine, now=NOW + 3 * DAY)
    assert not rests(theo, NOW + 3 * DAY)


def test_a_drill_and_what_was_stood_down_make_nobody_rest(house: House) -> None:
    services.stand_down(actor=house.cast.theo, concern=house.told(), now=NOW)
    drill = house.told(actor=house.cora, about=None, is_drill=True)
    services.acknowledge(actor=house.ben, concern=drill, now=NOW)
    assert not any(rests(each) for each in (house.cast.theo, house.cora, house.ben))


def test_whoever_rests_has_no_free_place(house: House) -> None:
    theo, programme = house.cast.theo, house.cast.programme
    offered = practice_services.offer_support(actor=theo, programme=programme, now=NOW)
    practice_services.set_limits(
        actor=theo, practice=offered, accepting=True, places=2, weekly_minutes=180, minutes_each=60, now=NOW
    )
    free = practice.free_places([offered.pk])[offered.pk]
    assert free > 0
    concern = house.told()
    assert practice.free_places([offered.pk]) == {offered.pk: 0}
    with pytest.raises(practice_services.Full):
        practice_services.take_place(supporter_id=theo.pk, programme_id=programme.pk)
    services.stand_down(actor=theo, concern=concern, now=NOW)
    assert practice.free_places([offered.pk]) == {offered.pk: free}


def test_what_is_late_is_said_once_to_them_and_the_leads(house: House) -> None:
    concern = house.closed()
    assert services.say_what_is_late(actor=None, now=NOW + 25 * timedelta(hours=1)) == 3
    assert services.say_what_is_late(actor=None, now=NOW + 26 * timedelta(hours=1)) == 0
    contact = task_of(concern, TaskKind.CONTACT, house.ben)
    assert contact in queries.tasks_due(house.lena, NOW + 2 * DAY)
    services.finish_task(actor=house.ben, task=contact, words="She slept.", now=NOW + 2 * DAY)
    assert contact not in queries.tasks_due(house.lena, NOW + 2 * DAY)


def test_a_threat_is_sealed_and_seen_by_who_answers(house: House) -> None:
    concern = house.told(is_threat=True)
    assert open_voice(concern.voices.get()).is_threat
    assert services.read_concern(actor=house.ben, concern=concern, now=NOW).is_threat


def test_a_drill_is_measured_and_asks_for_nothing_afterwards(house: House) -> None:
    for minutes in (1, 2, 9):
        drill = house.told(actor=house.cora, about=None, is_drill=True)
        services.acknowledge(actor=house.ben, concern=drill, now=NOW + minutes * MINUTE)
        services.close(actor=house.ben, concern=drill, outcome="drill", now=NOW + 10 * MINUTE)
        assert not drill.tasks.exists()
    taken = queries.times_of(house.cast.organisation, NOW + DAY, is_drill=True)
    assert (taken.count, taken.p50, taken.p95, taken.worst) == (3, 2, 9, 9)
    assert queries.times_of(house.cast.organisation, NOW + DAY, is_drill=False).count == 0
