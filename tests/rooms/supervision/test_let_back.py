"""Somebody takes no part for a while: who holds whom rests meanwhile, and goes on as before when they are let back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from companionway.foundation.models import Record
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Stop
from companionway.safety import services as safety
from companionway.supervision import services
from companionway.supervision.models import Supervising, Supervision
from tests.cast import NOW, give, make_person
from tests.rooms.introductions.scene import settle
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import later


@dataclass
class Stopping:
    held: Held

    def stop(self, person: Person) -> Stop:
        programme = self.held.cast.programme
        made = people.stop_taking_part(
            actor=self.held.cast.cora, first=None, person=person, programme=programme, days=3, now=later(1)
        )
        settle()
        return made

    def let_back(self, stop: Stop) -> Supervision:
        people.let_back(actor=None, stop=stop, now=later(2))
        settle()
        return Supervision.objects.get(pk=self.held.pair.pk)

    def wanted(self) -> int:
        return Record.objects.filter(name="supervision.supervisor_wanted").count()


@pytest.fixture
def stopping(held: Held) -> Stopping:
    return Stopping(held)


@pytest.mark.parametrize("who", ["theo", "ines"])
def test_what_rested_goes_on(stopping: Stopping, who: str) -> None:
    held = stopping.held
    stop = stopping.stop({"theo": held.cast.theo, "ines": held.ines}[who])
    resting = Supervision.objects.get(pk=held.pair.pk)
    assert not resting.is_current
    assert resting.is_resting
    again = stopping.let_back(stop)
    assert again.is_current
    assert not again.is_resting
    assert again.began_at == held.pair.began_at
    assert Supervision.objects.current().filter(supporter=held.ines, supervisor=held.otis).exists()


def test_what_ended_for_another_reason_stays_ended(stopping: Stopping) -> None:
    held = stopping.held
    services.step_back(actor=held.ines, supervision=held.pair, now=NOW)
    assert not stopping.let_back(stopping.stop(held.cast.theo)).is_current


def test_whoever_came_in_between_stays(stopping: Stopping) -> None:
    held = stopping.held
    stop = stopping.stop(held.ines)
    nerys = make_person("Nerys")
    give(nerys, roles.SUPERVISOR, held.cast.programme)
    services.arrange(
        actor=held.cast.theo,
        programme=held.cast.programme,
        supporter=held.cast.theo,
        supervisor=nerys,
        now=NOW,
    )
    before = stopping.wanted()
    pair = stopping.let_back(stop)
    assert not pair.is_current
    assert not pair.is_resting
    assert Supervision.objects.current().get(supporter=held.cast.theo).supervisor == nerys
    assert stopping.wanted() == before


def test_without_room_the_coordinators_are_told(stopping: Stopping) -> None:
    held = stopping.held
    stop = stopping.stop(held.cast.theo)
    Supervising.objects.filter(person=held.ines).update(takes_more=False)
    before = stopping.wanted()
    assert not stopping.let_back(stop).is_current
    assert stopping.wanted() == before + 1


def test_a_block_meanwhile_counts(stopping: Stopping) -> None:
    held = stopping.held
    stop = stopping.stop(held.cast.theo)
    safety.block_person(actor=held.ines, person=held.cast.theo, now=later(1))
    settle()
    assert not stopping.let_back(stop).is_current


def test_two_who_were_both_stopped_wait_for_both(stopping: Stopping) -> None:
    held = stopping.held
    theos, inesis = stopping.stop(held.cast.theo), stopping.stop(held.ines)
    assert not stopping.let_back(theos).is_current
    assert stopping.let_back(inesis).is_current


def test_the_database_knows_no_pair_that_goes_on_and_rests(held: Held) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Supervision.objects.filter(pk=held.pair.pk).update(is_resting=True)
