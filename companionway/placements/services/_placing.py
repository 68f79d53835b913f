"""Places to work: offered by the house, given by the house, begun and laid down by the person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.clubhouse import policy as house
from companionway.clubhouse.moving import at_home, taken, tell, today_of
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person, Programme
from companionway.placements import policy
from companionway.placements.events import (
    HolderChosen,
    InterestSaid,
    PlacementBegun,
    PlacementClosed,
    WorkBegun,
    WorkEnded,
)
from companionway.placements.models import Employer, Holding, Interest, Placement, WorkDay
from companionway.placements.moving import ask_days_of
from companionway.placements.services._cover import lay_out_work
from companionway.placements.states import LONGEST_DAYS, MOST_HOURS, JobKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A place to work, in plain words, with what it pays an hour and what is usually paid for it there."""

    kind: str
    employer: str
    place: str
    title: str
    hours_a_week: Decimal
    wage: Decimal
    prevailing_wage: Decimal
    begins: time
    ends: time
    weekdays: Collection[int]
    about: str = ""
    currency: str = "GBP"
    longest_days: int | None = None


def _looked_at(job: Job) -> None:
    if job.kind not in JobKind.values or not (job.title.strip() and job.employer.strip()):
        raise Refused(_("Please say what the work is, and with whom."))
    if job.prevailing_wage <= 0 or job.wage < job.prevailing_wage:
        raise Refused(_("It pays at least what is usually paid for such work there."))
    if not job.begins < job.ends or not job.weekdays:
        raise Refused(_("Please say on which days the work is, and from when to when."))
    if job.kind == JobKind.TRANSITIONAL and (
        job.hours_a_week > MOST_HOURS or not 0 < (job.longest_days or 0) <= LONGEST_DAYS
    ):
        raise Refused(
            _(
                "A place of the house is part-time, at most %(hours)d hours a week, and passes on within a year."
            )
            % {"hours": MOST_HOURS}
        )


@transaction.atomic
def begin_placement(*, actor: Person, programme: Programme, job: Job, now: datetime) -> Placement:
    """Put a place to work on the list. Everybody who belongs sees it.

    Pay at least the prevailing wage; a transitional place is part-time and for a time. Source: Standards for Clubhouse
    Programs, employment (domain.md 1.2).
    """
    at_home(actor, programme)
    _looked_at(job)
    employer, _is_new = Employer.objects.get_or_create(
        programme=programme, name=job.employer.strip(), place=job.place.strip(), defaults={"begun_at": now}
    )
    passes_on = job.longest_days if job.kind == JobKind.TRANSITIONAL else None
    made = Placement.objects.create(
        programme=programme, employer=employer, kind=job.kind, title=job.title.strip(), about=job.about.strip(),
        minutes_a_week=round(job.hours_a_week * 60), wage_pence=round(job.wage * 100),
        prevailing_pence=round(job.prevailing_wage * 100), currency=job.currency,
        longest_days=passes_on, weekdays=sorted({each for each in job.weekdays if 0 <= each <= 6}),
        begins=job.begins, ends=job.ends, begun_at=now,
    )  # fmt: skip
    tell(PlacementBegun, made, programme.pk, now, by=actor)
    return made


@transaction.atomic
def close_placement(*, actor: Person, placement: Placement, now: datetime) -> Placement:
    """Take a place off the list: the employer has it no more. Whoever has it has it no more, either."""
    locked = _placement(actor, placement)
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        today = today_of(locked.programme, now)
        locked.holdings.filter(ended_on=None).update(ended_on=today)
        locked.work_days.filter(day__gt=today).delete()
        tell(PlacementClosed, locked, locked.programme_id, now, by=actor)
    return locked


def _placement(actor: Person, placement: Placement) -> Placement:
    rows = policy.placements_visible_to(actor).select_related("programme__organisation")
    return taken(rows, placement.pk)


@transaction.atomic
def say_interest(*, actor: Person, placement: Placement, is_interested: bool = True, now: datetime) -> None:
    """Say that one would like this place, or no more. Everybody in the house sees it, because the house decides."""
    locked = _placement(actor, placement)
    require(policy.may_say_interest(actor, locked))
    if is_interested:
        Interest.objects.get_or_create(placement=locked, person=actor, defaults={"said_at": now})
    else:
        Interest.objects.filter(placement=locked, person=actor).delete()
    tell(InterestSaid, locked, locked.programme_id, now, by=actor)


@transaction.atomic
def choose_holder(*, actor: Person, interest: Interest, decision: Any, now: datetime) -> Holding:
    """Write down that the house decided, in its meeting, who may have a place next. They begin it themselves."""
    placement = _placement(actor, interest.placement)
    require(policy.may_choose(actor, interest))
    if decision.meeting.programme_id != placement.programme_id:
        raise Refused(_("This was decided in another house."))
    require(house.belongs(interest.person, placement.programme))
    if placement.closed_at is not None or placement.holdings.filter(from_on=None, ended_on=None).exists():
        raise Refused(_("Somebody was chosen for this place already."))
    made = Holding.objects.create(
        placement=placement, person=interest.person, decision=decision, chosen_at=now
    )
    interest.delete()
    tell(HolderChosen, made, placement.programme_id, now, by=actor, about_id=made.person_id)
    return made


@transaction.atomic
def begin_own_job(*, actor: Person, placement: Placement, now: datetime) -> Holding:
    """Say that one got a supported or independent job: the employer chose. Seen by oneself only."""
    locked = _placement(actor, placement)
    require(policy.may_say_interest(actor, locked))
    if locked.is_of_the_house:
        raise Refused(_("This place belongs to the house: the house decides who has it next."))
    if locked.holdings.filter(ended_on=None).exists():
        raise Refused(_("Somebody was chosen for this place already."))
    Interest.objects.filter(placement=locked, person=actor).delete()
    made = Holding.objects.create(placement=locked, person=actor, chosen_at=now)
    tell(HolderChosen, made, locked.programme_id, now, by=actor)
    return made


@transaction.atomic
def begin_work(
    *, actor: Person, holding: Holding, from_on: date, knows_benefits: bool, now: datetime
) -> Holding:
    """Begin at a place: after one was told, before the first pay, how pay changes benefits.

    A transitional place has its last day from the beginning. Source: domain.md 1.1, benefits advice before pay.
    """
    locked = _holding(actor, holding)
    require(policy.may_begin_work(actor, locked))
    if not knows_benefits:
        raise Refused(
            _("Please look at what pay does to benefits first. Somebody does it with you if you like.")
        )
    if locked.placement.closed_at is not None:
        raise Refused(_("This place is not there any more."))
    today = today_of(locked.placement.programme, now)
    if not today <= from_on <= today + timedelta(days=366):
        raise Refused(_("Please choose today or a later day within a year."))
    before = policy.has_it(locked.placement_id)
    if before is not None:
        raise Refused(_("Somebody has this place still. You can begin when they have ended."))
    locked.from_on, locked.advice_at = from_on, now
    if locked.placement.longest_days is not None:
        locked.until_on = from_on + timedelta(days=locked.placement.longest_days)
    locked.save(update_fields=["from_on", "advice_at", "until_on"])
    lay_out_work(locked.placement, now)
    goes_from = WorkDay.objects.filter(placement=locked.placement, person=None, day__gte=from_on)
    for row in goes_from.filter(day__lte=locked.until_on or date.max):
        row.person, row.asked_at, row.staff_asked_at = actor, None, None
        row.save(update_fields=["person", "asked_at", "staff_asked_at"])
    tell(WorkBegun, locked, locked.placement.programme_id, now, by=actor)
    return locked


def _holding(actor: Person, holding: Holding) -> Holding:
    rows = policy.holdings_visible_to(actor).select_related("placement__programme__organisation")
    return taken(rows, holding.pk)


@transaction.atomic
def end_work(*, actor: Person, holding: Holding, now: datetime) -> Holding:
    """Lay a place down, or let go before beginning. Days ahead are asked at once, so that somebody goes."""
    locked = _holding(actor, holding)
    require(policy.may_end_work(actor, locked))
    end_holding(locked, now)
    tell(WorkEnded, locked, locked.placement.programme_id, now, by=actor)
    return locked


def end_holding(holding: Holding, now: datetime) -> None:
    """The place is not theirs from today on; days ahead are asked of others."""
    today = today_of(holding.placement.programme, now)
    holding.ended_on = today
    holding.save(update_fields=["ended_on"])
    ask_days_of(holding.placement.work_days.filter(person=holding.person_id), today, now)
