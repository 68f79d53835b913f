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
    is_apart: bool


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


def placements_for(actor: Person, programme: Programme, apart: Collection[int]) -> list[PlacementShown]:
    """What the house offers, by title. Two questions."""
    going = Holding.objects.filter(ended_on=None).select_related("person")
    rows = policy.placements_visible_to(actor).standing().filter(programme=programme)
    rows = rows.select_related("employer").prefetch_related(Prefetch("holdings", going))
    return [_placement(actor, each, apart) for each in rows.order_by("title", "pk")]


def _placement(actor: Person, row: Placement, apart: Collection[int]) -> PlacementShown:
    has_it = next((each for each in row.holdings.all() if each.from_on is not None), None)
    shown = [each for each in row.holdings.all() if row.is_of_the_house or each.person_id == actor.pk]
    going = next((each for each in shown if each.from_on is not None), None)
    return PlacementShown(
        placement=row,
        holder=name_for(going.person, apart) if going else "",
        is_free=not shown,
        # Whom one must not meet has this place: nothing is offered, and nothing says why.
        is_apart=has_it is not None and has_it.person_id in apart,
    )


def interests_of(actor: Person, placement: Placement, apart: Collection[int]) -> list[InterestShown]:
    """Who would like it, whoever said so first first. For a job outside the house only oneself."""
    rows = Interest.objects.filter(placement=placement).select_related("person")
    if not placement.is_of_the_house:
        rows = rows.filter(person=actor)
    return [InterestShown(each, name_for(each.person, apart), each.person_id == actor.pk) for each in rows]


def holdings_of(actor: Person, placement: Placement, apart: Collection[int]) -> list[HoldingShown]:
    """Who has and had it, newest first."""
    rows = policy.holdings_visible_to(actor).filter(placement=placement).select_related("person")
    return [HoldingShown(each, name_for(each.person, apart), each.person_id == actor.pk) for each in rows]


def my_cover(actor: Person, placement: Placement) -> list[int]:
    """On which days of the week one said that one could go there."""
    row = CanCover.objects.filter(placement=placement, person=actor).first()
    return list(row.weekdays) if row else []


def work_for(actor: Person, programme: Programme, today: date) -> tuple[list[PlacementShown], list[DayShown]]:
    """What the house offers, and the days ahead that concern one: one's own, and those that wait for somebody.

    A fixed number of questions.
    """
    apart = safety.people_kept_from(actor.pk)
    places = placements_for(actor, programme, apart)
    covers = dict(CanCover.objects.filter(person=actor).values_list("placement_id", "weekdays"))
    closed_to = {each.placement.pk for each in places if each.is_apart}
    rows = policy.work_days_visible_to(actor).filter(placement__programme=programme, day__gte=today)
    rows = rows.select_related("person", "placement__employer").order_by("day", "placement__title", "pk")
    works_here = is_staff(actor, programme.pk)
    shown = []
    for each in rows:
        can = works_here or each.day.weekday() in covers.get(each.placement_id, [])
        is_open = each.person_id is None
        may_offer = is_open and each.placement_id not in closed_to
        shown.append(
            DayShown(
                day=each,
                name=name_for(each.person, apart) if each.person_id else "",
                is_mine=each.person_id == actor.pk,
                is_open=may_offer,
                may_cover=may_offer and can,
                is_staffs_turn=is_open and each.staff_asked_at is not None and works_here,
            )
        )
    return places, shown


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
