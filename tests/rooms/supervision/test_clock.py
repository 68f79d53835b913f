"""Moved time: each step once and in order, lifted the moment both have signed, and the same rules upward."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from companionway.foundation import duties
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning.supervision import USUAL
from companionway.supervision import queries, services
from companionway.supervision.models import Lateness, Rhythm
from tests.cast import NOW
from tests.rooms.introductions.scene import ready_supporter, settle
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import later, talked, write

STEPS = ("supervision.talk_reminded", "supervision.talk_late", "supervision.held_back", "supervision.let_go")


def tick(days: float) -> datetime:
    now = later(days)
    services.look_at_the_clock(now=now)
    return now


def said_of(person: Person) -> list[str]:
    rows = Record.objects.filter(name__in=STEPS, payload__person_id=person.pk).order_by("pk")
    return [each.name.removeprefix("supervision.") for each in rows]


def is_held(person: Person, programme: Programme) -> bool:
    return practice.is_held(person.pk, programme.pk)


def test_kind_first_and_firm_only_then(held: Held) -> None:
    theo, programme = held.cast.theo, held.cast.programme
    for day, said in (
        (28, []),
        (34, []),
        (35, ["talk_reminded"]),
        (41, ["talk_reminded"]),
        (42, ["talk_reminded", "talk_late"]),
        (48, ["talk_reminded", "talk_late"]),
        (49, ["talk_reminded", "talk_late", "held_back"]),
        (90, ["talk_reminded", "talk_late", "held_back"]),
    ):
        tick(day)
        tick(day)
        assert said_of(theo) == said, day
        assert is_held(theo, programme) is (day >= 49)


def test_a_machine_that_slept_says_everything_at_once_and_nothing_twice(held: Held) -> None:
    tick(200)
    tick(200.1)
    assert said_of(held.cast.theo) == ["talk_reminded", "talk_late", "held_back"]
    assert Lateness.objects.filter(person=held.cast.theo).count() == 1


def test_the_reminder_names_both_and_the_coordinator_only_later(held: Held) -> None:
    tick(35)
    reminded = Record.objects.get(name="supervision.talk_reminded", about_id=held.cast.theo.pk)
    assert reminded.payload["supervisor_id"] == held.ines.pk
    assert not Record.objects.filter(name="supervision.talk_late").exists()


def test_signed_means_lifted_at_once(held: Held) -> None:
    theo, programme = held.cast.theo, held.cast.programme
    now = tick(60)
    assert is_held(theo, programme)
    written = write(held.pair, now)
    assert is_held(theo, programme), "one yes is not two"
    services.sign_talk(actor=theo, talk=written, version=written.version, now=now)
    assert not is_held(theo, programme)
    assert said_of(theo)[-1] == "let_go"
    tick(60 + 28 + 20)
    assert not is_held(theo, programme)
    tick(60 + 28 + 21)
    assert is_held(theo, programme), "the next one is counted from the day of the talk"


def test_a_talk_of_long_ago_lifts_nothing(held: Held) -> None:
    now = tick(120)
    talked(held.pair, now, held_on=later(10).date())
    assert is_held(held.cast.theo, held.cast.programme)


def test_in_training_it_is_every_week(held: Held) -> None:
    pair = services.arrange(
        actor=held.cast.cora, programme=held.cast.programme, supporter=held.cast.ruth, supervisor=held.ines,
        in_training=True, now=NOW,
    )  # fmt: skip
    tick(7 + 20)
    assert not is_held(held.cast.ruth, held.cast.programme)
    tick(7 + 21)
    assert is_held(held.cast.ruth, held.cast.programme)
    talked(pair, later(28))
    assert not is_held(held.cast.ruth, held.cast.programme)


def test_another_supervisor_neither_saves_nor_costs_a_day(held: Held) -> None:
    theo, programme = held.cast.theo, held.cast.programme
    talked(held.pair, later(20))
    services.ask_for_another(actor=theo, supervision=held.pair, now=later(40))
    owed = queries.owed_by(theo, programme, later(40).date())
    assert owed is not None
    assert owed.due_on == later(48).date()


def test_the_same_rules_go_all_the_way_up(held: Held) -> None:
    tick(49)
    assert {"talk_reminded", "talk_late", "held_back"} <= set(said_of(held.ines))
    assert said_of(held.otis), "and whoever holds nobody else's supervisor, too"
    assert is_held(held.ines, held.cast.programme)


def test_a_supervisor_whose_own_talk_is_late_takes_nobody_new(held: Held) -> None:
    tick(49)
    assert held.ines not in [each.person for each in queries.choices_for(held.cast.ruth, held.cast.programme)]
    with pytest.raises(Refused):
        services.arrange(
            actor=held.cast.ruth, programme=held.cast.programme, supporter=held.cast.ruth,
            supervisor=held.ines, now=later(49),
        )  # fmt: skip


def test_more_time_lifts_and_says_nothing_twice(held: Held) -> None:
    theo, programme = held.cast.theo, held.cast.programme
    tick(60)
    longer = replace(USUAL, hold_after_days=60)
    services.choose_rhythm(actor=held.cast.cora, programme=programme, rhythm=longer, now=later(60))
    assert not is_held(theo, programme)
    services.choose_rhythm(actor=held.cast.cora, programme=programme, rhythm=None, now=later(61))
    tick(400)
    assert not is_held(theo, programme)
    assert said_of(theo).count("talk_reminded") == 1
    assert not Lateness.objects.filter(ended_at=None).exists()


def test_nobody_is_late_for_a_time_before_it_was_counted(held: Held) -> None:
    Rhythm.objects.all().delete()
    services.choose_rhythm(actor=held.cast.cora, programme=held.cast.programme, rhythm=USUAL, now=later(300))
    tick(301)
    assert said_of(held.cast.theo) == []


def test_whoever_lays_the_role_down_owes_nothing(held: Held) -> None:
    tick(60)
    role = held.cast.theo.roles_held.get()
    people.end_role(actor=held.cast.theo, held=role, now=later(60))
    settle()
    tick(61)
    assert not is_held(held.cast.theo, held.cast.programme)


def test_it_runs_by_the_clock_of_the_house(held: Held) -> None:
    assert "supervision.look_at_the_clock" in duties.run_due(later(49))
    assert is_held(held.cast.theo, held.cast.programme)


def test_only_coordinators_choose_the_rhythm_and_only_where_something_is_reported(held: Held) -> None:
    for actor in (held.cast.theo, held.ines, held.cast.adil, held.cast.mina):
        with pytest.raises(Refused):
            services.choose_rhythm(actor=actor, programme=held.cast.programme, rhythm=USUAL, now=NOW)
    silent = held.cast.other_programme
    Programme.objects.filter(pk=silent.pk).update(coordinator_sees=False)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Rhythm.objects.create(programme=silent, kept_since=NOW, changed_at=NOW)


def test_walks_go_on_while_somebody_is_held(held: Held) -> None:
    row = ready_supporter(held.cast.theo, held.cast.programme)
    assert practice.free_places([row.pk]) == {row.pk: 2}
    tick(49)
    assert practice.free_places([row.pk]) == {row.pk: 0}
    talked(held.pair, later(49))
    assert practice.free_places([row.pk]) == {row.pk: 2}
