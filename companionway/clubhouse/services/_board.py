"""The board of the day: anybody who belongs writes a task, takes it, hands it on, does it, and says thank you."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.clubhouse import policy
from companionway.clubhouse.events import (
    RecurringBegun,
    RecurringEnded,
    TaskAdded,
    TaskDone,
    TaskHandedOn,
    TaskTaken,
    TaskTakenAway,
    TaskThanked,
)
from companionway.clubhouse.models import MOST_HANDS, Hand, Recurring, Task, Thanks, Unit
from companionway.clubhouse.moving import taken, tell, today_of
from companionway.clubhouse.states import DayPart, ServiceDeed
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.safety import queries as safety

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done: words of the house, the half of the day, how many pairs of hands would be good."""

    title: str
    about: str = ""
    part: str = DayPart.MORNING
    hands: int = 1
    deed: str = ServiceDeed.NONE


def _looked_at(work: Work) -> Work:
    if not work.title.strip():
        raise Refused(_("Please say in a few words what is to be done."))
    if not 1 <= work.hands <= MOST_HANDS:
        raise Refused(_("Please choose between one and %(most)d pairs of hands.") % {"most": MOST_HANDS})
    return work


@transaction.atomic
def add_task(*, actor: Person, unit: Unit, day: date, work: Work, now: datetime) -> Task:
    """Put something to do on the board of a day."""
    locked = taken(policy.units_visible_to(actor).standing(), unit.pk)
    _looked_at(work)
    today = today_of(locked.programme, now)
    if not today <= day <= today + timedelta(days=366):
        raise Refused(_("Please choose today or a later day within a year."))
    task = Task.objects.create(
        unit=locked, title=work.title.strip(), about=work.about.strip(), day=day, part=work.part, hands=work.hands,
        deed=work.deed, begun_by=actor,
    )  # fmt: skip
    tell(TaskAdded, task, locked.programme_id, now)
    return task


def _task(actor: Person, task: Task, now: datetime) -> Task:
    """The task, locked, while its day is not over: who did what on a day before is nobody's business."""
    locked = taken(policy.tasks_visible_to(actor).select_related("unit__programme__organisation"), task.pk)
    if locked.day < today_of(locked.unit.programme, now):
        raise Refused(_("That day is over. Thank you."))
    return locked


@transaction.atomic
def take_task(*, actor: Person, task: Task, now: datetime) -> Task:
    """Take a task, alone or side by side, members and members of staff alike. Two who must not meet never do."""
    locked = _task(actor, task, now)
    on_it = set(locked.hands_on_it.on_it().values_list("person_id", flat=True))
    if actor.pk in on_it:
        return locked
    require(policy.may_take(locked, on_it, safety.people_kept_from(actor.pk)))
    Hand.objects.create(task=locked, person=actor, since_at=now)
    tell(TaskTaken, locked, locked.unit.programme_id, now)
    return locked


@transaction.atomic
def hand_on(*, actor: Person, task: Task, now: datetime) -> Task:
    """Hand a task on: one's hands are free again, and it stands on the board for somebody else. Nobody asks why."""
    locked = _task(actor, task, now)
    if locked.hands_on_it.on_it().filter(person=actor).update(until_at=now):
        tell(TaskHandedOn, locked, locked.unit.programme_id, now)
    return locked


@transaction.atomic
def say_done(*, actor: Person, task: Task, is_done: bool = True, now: datetime) -> Task:
    """Say that a task is done, or that it is not yet: whoever is on it, or anybody who sees that it is."""
    locked = _task(actor, task, now)
    if (locked.done_at is not None) != is_done:
        locked.done_at = now if is_done else None
        locked.save(update_fields=["done_at"])
        tell(TaskDone, locked, locked.unit.programme_id, now)
    return locked


@transaction.atomic
def ask_for_hands(*, actor: Person, task: Task, now: datetime) -> Task:
    """Say that one more pair of hands would be good."""
    locked = _task(actor, task, now)
    if locked.hands < MOST_HANDS:
        locked.hands += 1
        locked.save(update_fields=["hands"])
        tell(TaskAdded, locked, locked.unit.programme_id, now)
    return locked


@transaction.atomic
def say_thanks(*, actor: Person, task: Task, now: datetime) -> Task:
    """Say thank you for a task that is done, to everybody who did it. Once; nothing is counted."""
    locked = _task(actor, task, now)
    if locked.done_at is None:
        raise Refused(_("This is not done yet. You could say thank you afterwards."))
    done_by = set(locked.hands_on_it.on_it().values_list("person_id", flat=True))
    if done_by & safety.people_kept_from(actor.pk):
        raise Refused(_("This one is not free just now. There is other work on the board."))
    _thanks, is_new = Thanks.objects.get_or_create(task=locked, person=actor, defaults={"said_at": now})
    if is_new:
        tell(TaskThanked, locked, locked.unit.programme_id, now)
    return locked


@transaction.atomic
def take_away(*, actor: Person, task: Task, now: datetime) -> Task:
    """Take a task off the board: it is not needed after all."""
    locked = _task(actor, task, now)
    locked.taken_away_at = now
    locked.save(update_fields=["taken_away_at"])
    tell(TaskTakenAway, locked, locked.unit.programme_id, now)
    return locked


@transaction.atomic
def begin_recurring(
    *, actor: Person, unit: Unit, weekdays: Collection[int], work: Work, now: datetime
) -> Recurring:
    """Something that is done again on these days of the week (Monday is 0): it stands on the board by itself."""
    locked = taken(policy.units_visible_to(actor).standing(), unit.pk)
    _looked_at(work)
    days = sorted({day for day in weekdays if 0 <= day <= 6})
    if not days:
        raise Refused(_("Please choose at least one day of the week."))
    again = Recurring.objects.create(
        unit=locked, title=work.title.strip(), about=work.about.strip(), weekdays=days, part=work.part,
        hands=work.hands, deed=work.deed, begun_at=now,
    )  # fmt: skip
    lay_out(again, now)
    tell(RecurringBegun, again, locked.programme_id, now, by=actor)
    return again


@transaction.atomic
def end_recurring(*, actor: Person, recurring: Recurring, now: datetime) -> None:
    """Let something come no more. What somebody has taken stays on the board."""
    locked = taken(policy.recurring_visible_to(actor), recurring.pk)
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        ahead = locked.tasks.filter(done_at=None, taken_away_at=None)
        ahead = ahead.filter(day__gt=today_of(locked.unit.programme, now))
        ahead.exclude(pk__in=Hand.objects.on_it().values("task")).delete()
        tell(RecurringEnded, locked, locked.unit.programme_id, now, by=actor)


@transaction.atomic
def lay_out_days(*, actor: Person | None, now: datetime) -> int:
    """Put what comes again on the board of the next days. By the clock; twice is once. Returns how many."""
    rows = Recurring.objects.filter(ended_at=None, unit__closed_at=None)
    return sum(lay_out(each, now) for each in rows.select_related("unit__programme__organisation"))


def lay_out(again: Recurring, now: datetime) -> int:
    """What comes again, put on the board of the next days where it is not there yet. Returns how many."""
    today = today_of(again.unit.programme, now)
    days = [today + timedelta(days=each) for each in range(DAYS_AHEAD)]
    there = set(Task.objects.filter(recurring=again, day__gte=today).values_list("day", flat=True))
    made = [
        Task(unit=again.unit, title=again.title, about=again.about, day=day, part=again.part, hands=again.hands,
             deed=again.deed, recurring=again)
        for day in days
        if day.weekday() in again.weekdays and day not in there
    ]  # fmt: skip
    return len(Task.objects.bulk_create(made, ignore_conflicts=True))
