"""The board of the day, run by whoever belongs; two who must not meet are not put side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companionway.clubhouse import policy, queries, services
from companionway.clubhouse.models import House, Recurring, Task, Unit
from companionway.clubhouse.queries._board import TaskShown
from companionway.clubhouse.services import Hours, Work
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.models import Person
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Home, decided, keep_apart, task


def shown(home: Home, who: Person) -> list[TaskShown]:
    return [each for part in queries.board(who, home.programme, TODAY) for each in part.tasks]


@pytest.mark.parametrize("who", ["mina", "cora", "theo"])
def test_members_and_staff_do_the_same(home: Home, who: str) -> None:
    actor = getattr(home, who)
    unit = services.begin_unit(actor=actor, programme=home.programme, name="Reception", about="", now=NOW)
    services.rename_unit(actor=actor, unit=unit, name="Front door", about="Hello", now=NOW)
    row = services.add_task(actor=actor, unit=unit, day=TODAY, work=Work(title="Post"), now=NOW)
    services.take_task(actor=actor, task=row, now=NOW)
    services.say_done(actor=actor, task=row, now=NOW)
    services.say_thanks(actor=actor, task=row, now=NOW)
    services.close_unit(actor=actor, unit=unit, now=NOW)
    assert Unit.objects.get(pk=unit.pk).closed_at == NOW


def test_whoever_does_not_belong_does_nothing(home: Home) -> None:
    row = task(home)
    for stranger in (home.sam, home.cast.ruth, home.cast.adil):
        for deed in (
            lambda who=stranger: services.begin_unit(
                actor=who, programme=home.programme, name="X", about="", now=NOW
            ),
            lambda who=stranger: services.take_task(actor=who, task=row, now=NOW),
            lambda who=stranger: services.say_done(actor=who, task=row, now=NOW),
            lambda who=stranger: services.close_unit(actor=who, unit=home.kitchen, now=NOW),
        ):
            with pytest.raises(Refused):
                deed()
        assert not policy.tasks_visible_to(stranger).exists()


def test_side_by_side_and_handed_on(home: Home) -> None:
    row = task(home, hands=2)
    services.take_task(actor=home.mina, task=row, now=NOW)
    (seen,) = shown(home, home.cora)
    assert seen.says == "We need one more pair of hands."
    services.take_task(actor=home.cora, task=row, now=NOW)
    (seen,) = shown(home, home.nils)
    assert seen.names == ["Mina", "Cora"]
    assert not seen.may_take and seen.says == ""
    services.hand_on(actor=home.mina, task=row, now=NOW)
    (seen,) = shown(home, home.nils)
    assert seen.names == ["Cora"] and seen.may_take
    services.take_task(actor=home.mina, task=row, now=NOW)
    services.ask_for_hands(actor=home.mina, task=row, now=NOW)
    assert shown(home, home.nils)[0].says == "We need one more pair of hands."


def test_two_who_must_not_meet(home: Home) -> None:
    row, full = task(home, hands=3), task(home, title="Full")
    services.take_task(actor=home.olive, task=full, now=NOW)
    services.take_task(actor=home.nils, task=row, now=NOW)
    keep_apart(home.nils, home.mina)
    with pytest.raises(Refused) as of_the_pair:
        services.take_task(actor=home.mina, task=row, now=NOW)
    with pytest.raises(Refused) as of_the_full:
        services.take_task(actor=home.mina, task=full, now=NOW)
    assert str(of_the_pair.value) == str(of_the_full.value), "from the sentence nobody learns why"
    seen = next(each for each in shown(home, home.mina) if each.task.pk == row.pk)
    assert (seen.names, seen.may_take, seen.says) == (["Somebody"], False, "")
    services.take_task(actor=home.cora, task=row, now=NOW)
    assert shown(home, home.cora)[0].names == ["Nils", "Cora"]


def test_thanks_do_not_tell_of_whom_one_must_not_meet(home: Home) -> None:
    row = task(home)
    services.take_task(actor=home.nils, task=row, now=NOW)
    services.say_done(actor=home.nils, task=row, now=NOW)
    keep_apart(home.mina, home.nils)
    with pytest.raises(Refused):
        services.say_thanks(actor=home.mina, task=row, now=NOW)
    services.say_thanks(actor=home.cora, task=row, now=NOW)
    services.say_thanks(actor=home.cora, task=row, now=NOW)
    assert shown(home, home.nils)[0].thanked_by == ["Cora"]


def test_a_day_that_is_over_is_nobodys_to_change(home: Home) -> None:
    row = task(home)
    with pytest.raises(Refused):
        services.take_task(actor=home.nils, task=row, now=NOW + timedelta(days=1))
    with pytest.raises(Refused):
        task(home, day=TODAY - timedelta(days=1))


def test_what_comes_again_stands_on_the_board_once(home: Home) -> None:
    again = services.begin_recurring(
        actor=home.nils, unit=home.kitchen, weekdays=[0, 2], work=Work(title="Bread"), now=NOW
    )
    days = list(Task.objects.filter(recurring=again).order_by("day").values_list("day", flat=True))
    assert days == [MONDAY, MONDAY + timedelta(days=2)]
    assert services.lay_out_days(actor=None, now=NOW) == 0
    later = NOW + timedelta(days=3)
    assert services.lay_out_days(actor=None, now=later) == 1
    assert services.lay_out_days(actor=None, now=later) == 0
    services.end_recurring(actor=home.cora, recurring=again, now=NOW)
    assert not Task.objects.filter(recurring=again).exists()
    assert services.lay_out_days(actor=None, now=later + timedelta(days=20)) == 0


def test_what_somebody_took_stays_when_it_comes_no_more(home: Home) -> None:
    again = services.begin_recurring(
        actor=home.nils, unit=home.kitchen, weekdays=[0, 2], work=Work(title="Bread"), now=NOW
    )
    first = Task.objects.filter(recurring=again).earliest("day")
    services.take_task(actor=home.mina, task=first, now=NOW)
    services.end_recurring(actor=home.cora, recurring=Recurring.objects.get(), now=NOW)
    assert list(Task.objects.filter(recurring=again)) == [first]


def test_who_cares_for_it_this_week(home: Home) -> None:
    services.care_for_unit(actor=home.mina, unit=home.kitchen, now=NOW)
    with pytest.raises(Refused):
        services.care_for_unit(actor=home.cora, unit=home.kitchen, now=NOW)
    unit = Unit.objects.get(pk=home.kitchen.pk)
    assert queries.unit_for(home.nils, unit, TODAY).carer == "Mina"
    assert queries.unit_for(home.nils, unit, MONDAY).carer == "", "next week it is free"
    services.care_for_unit(actor=home.cora, unit=home.kitchen, now=NOW + timedelta(days=2))


def test_a_unit_closed_by_the_house(home: Home) -> None:
    row, decision = task(home), decided(home)
    services.close_unit(actor=home.nils, unit=home.kitchen, decision=decision, now=NOW)
    unit = Unit.objects.get(pk=home.kitchen.pk)
    assert unit.closed_by == decision
    assert shown(home, home.mina) == []
    with pytest.raises(Refused):
        services.take_task(actor=home.mina, task=row, now=NOW)
    services.begin_unit(actor=home.mina, programme=home.programme, name="Kitchen", about="", now=NOW)


def test_one_name_once(home: Home) -> None:
    with pytest.raises(Refused):
        services.begin_unit(actor=home.nils, programme=home.programme, name="Kitchen", about="", now=NOW)


def test_hours(home: Home) -> None:
    usual = queries.house_of(home.programme)
    assert usual.is_open_on(MONDAY) and not usual.is_open_on(TODAY)
    hours = Hours(opens=usual.opens, midday=usual.midday, closes=usual.closes, weekdays=[5])
    services.set_hours(actor=home.nils, programme=home.programme, hours=hours, now=NOW)
    assert House.objects.get().is_open_on(TODAY)
    wrong = Hours(opens=usual.closes, midday=usual.midday, closes=usual.opens, weekdays=[5])
    with pytest.raises(Refused):
        services.set_hours(actor=home.nils, programme=home.programme, hours=wrong, now=NOW)


def test_the_record_of_deeds_counts_nobodys_work(home: Home) -> None:
    row = task(home)
    services.take_task(actor=home.nils, task=row, now=NOW)
    services.say_done(actor=home.nils, task=row, now=NOW)
    services.say_here(actor=home.nils, programme=home.programme, now=NOW)
    kept = Record.objects.filter(
        name__in=["clubhouse.task_taken", "clubhouse.task_done", "clubhouse.said_here"]
    )
    assert kept.count() == 3
    assert {each.actor_id for each in kept} == {None}
    assert str(home.nils.pk) not in {str(each.payload.get("about_id")) for each in kept}


def test_one_and_three_tasks_ask_the_same(home: Home) -> None:
    asked = []
    for titles in (["A"], ["B", "C"]):
        for title in titles:
            row = task(home, title=title, hands=3)
            for who in (home.mina, home.nils):
                services.take_task(actor=who, task=row, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.board(home.cora, home.programme, TODAY)
        asked.append(len(seen))
    assert asked[0] == asked[1]
