"""The board of a day, a unit, and the hours of the house. The same for everybody, except whom one must not meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from companionway.clubhouse import policy
from companionway.clubhouse.models import MOST_HANDS, Hand, House, InUnit, Recurring, Task, Thanks, Unit
from companionway.clubhouse.moving import monday_of
from companionway.clubhouse.states import DayPart, ServiceDeed
from companionway.people.models import Person, Programme
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One task as one person sees it. `says` is a calm sentence; there is nothing red."""

    task: Task
    names: list[str]
    is_mine: bool
    may_take: bool
    wants_hands: bool
    says: str
    thanked_by: list[str]
    may_thank: bool
    deed: str


@dataclass(frozen=True, slots=True)
class PartShown:
    part: str
    label: str
    tasks: list[TaskShown]


@dataclass(frozen=True, slots=True)
class Week:
    """One thing that comes again, with its days in words."""

    recurring: Recurring
    part: str


def house_of(programme: Programme) -> House:
    """The hours of a house; the usual ones until somebody says otherwise."""
    return House.objects.filter(programme=programme).first() or House(programme=programme)


def name_for(person: Person | None, apart: Collection[int]) -> str:
    """A name as somebody may see it here: whom they must not meet has none, and does not learn it, either."""
    if person is None or person.pk in apart or not person.name:
        return _("Somebody")
    return person.name


def units_of(programme: Programme) -> list[Unit]:
    return list(Unit.objects.standing().filter(programme=programme).select_related("carer").order_by("name"))


def carer_of(unit: Unit, today: date, apart: Collection[int]) -> str:
    """Who cares for it this week; nobody when nobody said so this week."""
    if unit.carer is None or unit.cared_for_week != monday_of(today):
        return ""
    return name_for(unit.carer, apart)


def board(actor: Person, programme: Programme, day: date) -> list[PartShown]:
    """What is to be done on a day, by its halves. A fixed number of questions."""
    rows = Task.objects.on_the_board().filter(unit__programme=programme, unit__closed_at=None, day=day)
    return _parts(actor, rows.select_related("unit").order_by("unit__name", "pk"))


def tasks_of(actor: Person, unit: Unit, today: date, until: date) -> list[tuple[date, list[TaskShown]]]:
    """The tasks of a unit on the next days."""
    rows = Task.objects.on_the_board().filter(unit=unit, day__gte=today, day__lte=until)
    shown = _shown(actor, rows.select_related("unit").order_by("day", "pk"))
    days: dict[date, list[TaskShown]] = {}
    for each in shown:
        days.setdefault(each.task.day, []).append(each)
    return list(days.items())


def _with_people(rows: Iterable[Task]) -> list[Task]:
    hands = Prefetch("hands_on_it", Hand.objects.on_it().select_related("person").order_by("since_at", "pk"))
    thanks = Prefetch("thanks", Thanks.objects.select_related("person").order_by("said_at", "pk"))
    return list(rows.prefetch_related(hands, thanks))  # type: ignore[attr-defined]


def _shown(actor: Person, rows: Iterable[Task]) -> list[TaskShown]:
    found, apart = _with_people(rows), safety.people_kept_from(actor.pk)
    return [_task(actor, each, apart) for each in found]


def _parts(actor: Person, rows: Iterable[Task]) -> list[PartShown]:
    shown = _shown(actor, rows)
    return [
        PartShown(part.value, str(part.label), [each for each in shown if each.task.part == part])
        for part in DayPart
        if part != DayPart.EVENING or any(each.task.part == part for each in shown)
    ]


def _task(actor: Person, task: Task, apart: Collection[int]) -> TaskShown:
    on_it = [each.person for each in task.hands_on_it.all()]
    ids = {each.pk for each in on_it}
    is_mine = actor.pk in ids
    may_take = not is_mine and bool(policy.may_take(task, ids, apart))
    thanks = list(task.thanks.all())
    return TaskShown(
        task=task,
        names=[name_for(each, apart) for each in on_it],
        is_mine=is_mine,
        may_take=may_take,
        wants_hands=task.hands < MOST_HANDS,
        says=_says(task, len(on_it), may_take),
        thanked_by=[name_for(each.person, apart) for each in thanks],
        may_thank=task.done_at is not None
        and not ids & set(apart)
        and all(each.person_id != actor.pk for each in thanks),
        deed=str(ServiceDeed(task.deed).label) if task.deed else "",
    )


def _says(task: Task, hands: int, may_take: bool) -> str:
    if task.done_at is not None:
        return _("Done. Thank you.")
    if not may_take:
        return ""
    if hands == 0:
        return _("Free: whoever likes can take it.")
    if task.hands - hands == 1:
        return _("We need one more pair of hands.")
    return _("There is room beside them.")


def is_in_unit(actor: Person, unit: Unit) -> bool:
    return InUnit.objects.filter(unit=unit, person=actor).exists()


def recurring_of(unit: Unit) -> list[Week]:
    rows = Recurring.objects.filter(unit=unit, ended_at=None).order_by("title", "pk")
    return [Week(each, str(DayPart(each.part).label)) for each in rows]


def part_now(house: House, local: datetime) -> str:
    """Which half of the day it is."""
    return DayPart.MORNING if local.time() < house.midday else DayPart.AFTERNOON
