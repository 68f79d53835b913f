"""Places to work, days to cover, and one's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from companionway.clubhouse.policy import is_staff, members_of
from companionway.clubhouse.queries import name_for
from companionway.people.models import Person, Programme
from companionway.placements import policy
from companionway.placements.models import CanCover, Holding, Interest, Placement, WorkDay
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class PlacementShown:
    placement: Placement
    holder: str
    is_free: bool


@dataclass(frozen=True, slots=True)
class InterestShown:
    interest: Interest
    name: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class HoldingShown:
    holding: Holding
    name: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of a place: who goes, or that it is asked."""

    day: WorkDay
    name: str
    is_mine: bool
    is_open: bool
    may_cover: bool
    is_staffs_turn: bool


def placements_for(actor: Person, programme: Programme) -> list[PlacementShown]:
    """What the house offers, by title. Three questions."""
    apart = safety.people_kept_from(actor.pk)
    going = Holding.objects.filter(ended_on=None).select_related("person")
    rows = policy.placements_visible_to(actor).standing().filter(programme=programme)
    rows = (
        rows.select_related("employer").prefetch_related(Prefetch("holdings", going)).order_by("title", "pk")
    )
    return [_placement(actor, each, apart) for each in rows]


def _placement(actor: Person, row: Placement, apart: Collection[int]) -> PlacementShown:
    shown = [each for each in row.holdings.all() if row.is_of_the_house or each.person_id == actor.pk]
    going = next((each for each in shown if each.from_on is not None), None)
    return PlacementShown(row, name_for(going.person, apart) if going else "", not shown)


def interests_of(actor: Person, placement: Placement) -> list[InterestShown]:
    """Who would like it, whoever said so first first. For a job outside the house only oneself."""
    rows = Interest.objects.filter(placement=placement).select_related("person")
    if not placement.is_of_the_house:
        rows = rows.filter(person=actor)
    apart = safety.people_kept_from(actor.pk)
    return [InterestShown(each, name_for(each.person, apart), each.person_id == actor.pk) for each in rows]


def holdings_of(actor: Person, placement: Placement) -> list[HoldingShown]:
    """Who has and had it, newest first."""
    apart = safety.people_kept_from(actor.pk)
    rows = policy.holdings_visible_to(actor).filter(placement=placement).select_related("person")
    return [HoldingShown(each, name_for(each.person, apart), each.person_id == actor.pk) for each in rows]


def my_cover(actor: Person, placement: Placement) -> list[int]:
    row = CanCover.objects.filter(placement=placement, person=actor).first()
    return list(row.weekdays) if row else []


def days_for(actor: Person, programme: Programme, today: date) -> list[DayShown]:
    """The days ahead that concern one: one's own, and those that wait for somebody. A fixed number of questions."""
    rows = policy.work_days_visible_to(actor).filter(placement__programme=programme, day__gte=today)
    rows = rows.select_related("person", "placement__employer").order_by("day", "placement__title", "pk")
    found, apart = list(rows), safety.people_kept_from(actor.pk)
    covers = dict(CanCover.objects.filter(person=actor).values_list("placement_id", "weekdays"))
    going = Holding.objects.going_on().filter(placement__programme=programme)
    holders = dict(going.values_list("placement_id", "person_id"))
    works_here = is_staff(actor, programme.pk)
    return [_day(actor, each, apart, covers, holders, works_here) for each in found]


def _day(
    actor: Person,
    row: WorkDay,
    apart: Collection[int],
    covers: dict[int, list[int]],
    holders: dict[int, int],
    works_here: bool,
) -> DayShown:
    can = works_here or row.day.weekday() in covers.get(row.placement_id, [])
    is_open = row.person_id is None
    # Whom one must not meet has this place: nothing is offered, and nothing says why.
    is_apart = holders.get(row.placement_id) in apart
    return DayShown(
        day=row,
        name=name_for(row.person, apart) if row.person_id else "",
        is_mine=row.person_id == actor.pk,
        is_open=is_open and not is_apart,
        may_cover=is_open and can and not is_apart,
        is_staffs_turn=is_open and row.staff_asked_at is not None and works_here,
    )


def who_can_go(day_id: int, today: date) -> set[int]:
    """Whom an open day of a place is asked of: those who said they can, and members of staff once it is theirs."""
    day = WorkDay.objects.select_related("placement__programme").filter(pk=day_id).first()
    if day is None or day.person_id is not None:
        return set()
    offered = CanCover.objects.filter(placement=day.placement_id)
    asked = set(offered.values_list("person_id", flat=True))
    people = members_of(day.placement.programme)
    if day.staff_asked_at is None:
        people = people.filter(pk__in=asked)
    return {each.pk for each in people if policy.may_cover(each, day, today)}
