"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

from companionway.people.models import Organisation
from companionway.placements.models import Holding, Interest, Placement, WorkDay
from tests.cast import NOW, make_person
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Home, decided, keep_apart, refused
from tests.rooms.placements.conftest import place, working


def test_two_who_must_not_meet_are_never_on_one_cover(home: Home) -> None:
    where = working(home)
    keep_apart(home.nils, home.olive)
    days = WorkDay.objects.filter(placement=where, day=MONDAY)
    refused("not free just now", lambda: days.update(person=home.olive))
    days.update(person=home.mina)


def test_a_day_of_work_has_a_person_or_a_question(home: Home) -> None:
    where = working(home)
    days = WorkDay.objects.filter(placement=where, day=MONDAY)
    refused("placements_somebody_or_asked", lambda: days.update(person=None))
    refused("placements_somebody_or_asked", lambda: days.update(asked_at=NOW))
    refused("placements_staff_asked_when_open", lambda: days.update(staff_asked_at=NOW))


def test_work_is_paid_and_given_by_the_house(home: Home) -> None:
    where = place(home)
    rows = Placement.objects.filter(pk=where.pk)
    refused("placements_wage_at_least_usual", lambda: rows.update(wage_pence=1249))
    refused("placements_transitional_passes_on", lambda: rows.update(minutes_a_week=21 * 60))
    refused("placements_transitional_passes_on", lambda: rows.update(longest_days=None))
    given = {"placement": where, "person": home.nils, "chosen_at": NOW}
    refused("given by the house", lambda: Holding.objects.create(**given))
    decision = decided(home)
    refused(
        "given by the house",
        lambda: Holding.objects.create(decision=decision, from_on=TODAY, advice_at=NOW, **given),
    )
    refused(
        "placements_advice_before_pay",
        lambda: Holding.objects.create(decision=decision, from_on=TODAY, until_on=MONDAY, **given),
    )
    Holding.objects.create(decision=decision, **given)
    refused("placements_", lambda: Holding.objects.create(decision=decision, **given))


def test_between_two_organisations_there_is_a_wall(home: Home) -> None:
    far = Organisation.objects.create(name="Far", short_name="Far", host="far.example")
    vera = make_person("Vera", organisation=far)
    where = place(home)
    for deed in (
        lambda: Interest.objects.create(placement=where, person=vera, said_at=NOW),
        lambda: WorkDay.objects.create(placement=where, day=TODAY, person=vera),
    ):
        refused("different organisations", deed)
