"""Places to work: fair pay, given by the house, every day somebody goes or it is asked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.placements import policy, queries, services, tasks
from companionway.placements.models import CanCover, Holding, Placement, WorkDay
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Home, decided, keep_apart
from tests.rooms.placements.conftest import job, place, working

DAY = timedelta(days=1)


def day_of(where: Placement, on: date = MONDAY) -> WorkDay:
    return WorkDay.objects.get(placement=where, day=on)


def days(home: Home, who: Person) -> dict[date, tuple[str, bool]]:
    _places, rows = queries.work_for(who, home.programme, TODAY)
    return {each.day.day: (each.name, each.may_cover) for each in rows}


@pytest.mark.parametrize(
    "wrong",
    [
        {"wage": Decimal("12.49")},
        {"prevailing_wage": Decimal(0), "wage": Decimal(0)},
        {"hours_a_week": Decimal(21)},
        {"longest_days": None},
        {"longest_days": 367},
        {"weekdays": []},
        {"kind": "voluntary"},
    ],
)
def test_fair_pay_part_time_for_a_time(home: Home, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        place(home, **wrong)


def test_a_job_of_ones_own_may_be_full_time_and_last(home: Home) -> None:
    row = place(home, kind="independent", hours_a_week=Decimal(37), longest_days=None)
    assert row.longest_days is None


def test_the_house_decides_openly(home: Home) -> None:
    where = place(home)
    for who in (home.olive, home.nils):
        services.say_interest(actor=who, placement=where, now=NOW)
    for who in (home.mina, home.cora):
        assert [each.name for each in queries.interests_of(who, where, ())] == ["Olive", "Nils"]
    wanted, decision = where.interests.get(person=home.nils), decided(home)
    with pytest.raises(Refused):
        services.choose_holder(actor=home.nils, interest=wanted, decision=decision, now=NOW)
    with pytest.raises(Refused):
        services.choose_holder(actor=home.sam, interest=wanted, decision=decision, now=NOW)
    services.choose_holder(actor=home.mina, interest=wanted, decision=decision, now=NOW)
    with pytest.raises(Refused):
        services.choose_holder(
            actor=home.mina, interest=where.interests.get(person=home.olive), decision=decision, now=NOW
        )
    with pytest.raises(Refused):
        services.begin_own_job(actor=home.mina, placement=where, now=NOW)


def test_benefits_are_looked_at_before_the_first_pay(home: Home) -> None:
    where = place(home)
    services.say_interest(actor=home.nils, placement=where, now=NOW)
    holding = services.choose_holder(
        actor=home.mina, interest=where.interests.get(), decision=decided(home), now=NOW
    )
    with pytest.raises(Refused):
        services.begin_work(actor=home.nils, holding=holding, from_on=TODAY, knows_benefits=False, now=NOW)
    with pytest.raises(Refused):
        services.begin_work(actor=home.mina, holding=holding, from_on=TODAY, knows_benefits=True, now=NOW)
    begun = services.begin_work(actor=home.nils, holding=holding, from_on=TODAY, knows_benefits=True, now=NOW)
    assert (begun.advice_at, begun.until_on) == (NOW, TODAY + 180 * DAY)


def test_each_day_has_a_person_or_a_question(home: Home) -> None:
    where = working(home)
    rows = WorkDay.objects.filter(placement=where)
    assert {each.day.weekday() for each in rows} == {0, 1, 2, 3}
    assert {each.person_id for each in rows} == {home.nils.pk}
    assert tasks.lay_out_work_days(NOW) == 0
    assert tasks.lay_out_work_days(NOW + 4 * DAY) == 2
    assert tasks.lay_out_work_days(NOW + 4 * DAY) == 0
    services.say_cannot_come(actor=home.nils, day=day_of(where), now=NOW)
    assert (day_of(where).person_id, day_of(where).asked_at) == (None, NOW)


def test_a_place_nobody_ever_had_was_promised_to_nobody(home: Home) -> None:
    place(home)
    assert tasks.lay_out_work_days(NOW) == 0


def test_cover_is_asked_of_those_who_can(home: Home) -> None:
    where = working(home)
    services.offer_cover(actor=home.olive, placement=where, weekdays=[0, 6], now=NOW)
    services.offer_cover(actor=home.mina, placement=where, weekdays=[1], now=NOW)
    assert CanCover.objects.get(person=home.olive).weekdays == [0], "on Sundays nobody works there"
    services.say_cannot_come(actor=home.nils, day=day_of(where), now=NOW)
    assert days(home, home.olive)[MONDAY] == ("", True)
    assert days(home, home.mina)[MONDAY] == ("", False)
    with pytest.raises(Refused):
        services.cover_day(actor=home.mina, day=day_of(where), now=NOW)
    services.cover_day(actor=home.olive, day=day_of(where), now=NOW)
    assert days(home, home.nils)[MONDAY] == ("Olive", False)
    with pytest.raises(Refused):
        services.cover_day(actor=home.theo, day=day_of(where), now=NOW)


def test_days_are_seen_by_those_whom_they_concern(home: Home) -> None:
    working(home)
    assert days(home, home.olive) == days(home, home.mina) == days(home, home.sam) == {}
    for who in (home.nils, home.cora, home.theo):
        assert MONDAY in days(home, who)


def test_when_nobody_is_free_a_member_of_staff_goes(home: Home) -> None:
    where = working(home)
    services.say_cannot_come(actor=home.nils, day=day_of(where), now=NOW)
    assert tasks.ask_staff(NOW) == 0
    evening = NOW + timedelta(hours=30)
    assert tasks.ask_staff(evening) == 1
    assert tasks.ask_staff(evening) == 0
    assert Record.objects.filter(name="placements.cover_falls_to_staff").count() == 1
    _places, rows = queries.work_for(home.theo, home.programme, TODAY)
    assert [each.is_staffs_turn for each in rows if each.day.day == MONDAY] == [True]
    services.cover_day(actor=home.theo, day=day_of(where), now=evening)
    assert day_of(where).person_id == home.theo.pk
    assert tasks.ask_staff(evening + DAY) == 0


def test_two_who_must_not_meet_are_not_on_one_cover(home: Home) -> None:
    where = working(home)
    services.offer_cover(actor=home.olive, placement=where, weekdays=[0], now=NOW)
    services.say_cannot_come(actor=home.nils, day=day_of(where), now=NOW)
    keep_apart(home.olive, home.nils)
    with pytest.raises(Refused) as refusal:
        services.cover_day(actor=home.olive, day=day_of(where), now=NOW)
    assert "Nils" not in str(refusal.value)
    assert days(home, home.olive)[MONDAY] == ("", False)
    assert "Nils" not in {name for name, _may in days(home, home.olive).values()}
    services.cover_day(actor=home.cora, day=day_of(where), now=NOW)


def test_laid_down_every_day_ahead_is_asked(home: Home) -> None:
    where = working(home)
    with pytest.raises(Refused):
        services.end_work(actor=home.cora, holding=Holding.objects.get(), now=NOW)
    services.end_work(actor=home.nils, holding=Holding.objects.get(), now=NOW)
    rows = WorkDay.objects.filter(placement=where)
    assert rows.count() == 8
    assert not rows.filter(asked_at=None).exists()


def test_it_passes_on_by_itself(home: Home) -> None:
    where = working(home)
    after = NOW + 181 * DAY
    tasks.lay_out_work_days(after)
    assert Holding.objects.get().ended_on is not None
    assert not WorkDay.objects.filter(placement=where, day__gte=after.date(), asked_at=None).exists()


def test_days_after_the_last_are_asked_before_it(home: Home) -> None:
    where = working(home)
    near = NOW + 175 * DAY
    tasks.lay_out_work_days(near)
    last = TODAY + 180 * DAY
    rows = WorkDay.objects.filter(placement=where, day__gt=last)
    assert rows.exists() and not rows.filter(asked_at=None).exists()
    assert WorkDay.objects.filter(
        placement=where, day__lte=last, day__gte=near.date(), person=home.nils
    ).exists()


def test_the_next_takes_over_the_days_that_were_asked(home: Home) -> None:
    where = working(home)
    services.end_work(actor=home.nils, holding=Holding.objects.get(), now=NOW)
    services.say_interest(actor=home.olive, placement=where, now=NOW)
    holding = services.choose_holder(
        actor=home.mina, interest=where.interests.get(), decision=decided(home), now=NOW
    )
    services.begin_work(actor=home.olive, holding=holding, from_on=MONDAY + DAY, knows_benefits=True, now=NOW)
    assert day_of(where).person_id is None
    assert day_of(where, MONDAY + DAY).person_id == home.olive.pk


def test_a_job_of_ones_own_is_ones_own(home: Home) -> None:
    where = place(home, kind="supported")
    services.say_interest(actor=home.nils, placement=where, now=NOW)
    assert queries.interests_of(home.cora, where, ()) == []
    holding = services.begin_own_job(actor=home.nils, placement=where, now=NOW)
    services.begin_work(actor=home.nils, holding=holding, from_on=TODAY, knows_benefits=True, now=NOW)
    for who in (home.cora, home.mina, home.theo):
        assert not policy.holdings_visible_to(who).exists()
        assert [each.holder for each in queries.placements_for(who, home.programme, ())] == [""]
    assert [each.holder for each in queries.placements_for(home.nils, home.programme, ())] == ["Nils"]
    assert not WorkDay.objects.exists(), "nobody covers it"
    with pytest.raises(Refused):
        services.offer_cover(actor=home.olive, placement=where, weekdays=[0], now=NOW)


def test_nothing_about_a_person_can_be_told_to_an_employer() -> None:
    of_the_job = {each.name for each in Placement._meta.get_fields()}
    for word in ("diagnosis", "health", "reason", "condition", "note", "sealed"):
        assert not any(word in name for name in of_the_job)
    assert job().employer == "Harbour Museum"
