"""The board of a day, a unit, and the hours of the house. The same for everybody, except whom one must not meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse import policy
from companionway.clubhouse.models import MOST_HANDS, Hand, House, Recurring, Task, Thanks, Unit
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
    may_report: bool
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


@dataclass(frozen=True, slots=True)
class UnitShown:
    """`carer`: who cares for it this week; empty when nobody said so this week."""

    carer: str
    i_care: bool
    days: list[tuple[date, list[TaskShown]]]
    recurring: list[Week]


def house_of(programme: Programme) -> House:
    """The hours of a house; the usual ones until somebody says otherwise."""
    return getattr(programme, "house", None) or House(programme=programme)


def name_for(person: Person | None, apart: Collection[int]) -> str:
    """A name as somebody may see it here: whom they must not meet has none, and does not learn it, either."""
    if person is None or person.pk in apart or not person.name:
        return _("Somebody")
    return person.name


def units_of(programme: Programme) -> list[Unit]:
    """The units that stand, by name."""
    return list(Unit.objects.standing().filter(programme=programme).select_related("carer").order_by("name"))


def unit_for(actor: Person, unit: Unit, today: date) -> UnitShown:
    """One unit as somebody sees it, with its tasks of a week. A fixed number of questions."""
    apart = safety.people_kept_from(actor.pk)
    is_cared_for = unit.carer is not None and unit.cared_for_week == monday_of(today)
    rows = Task.objects.on_the_board().filter(unit=unit, day__gte=today, day__lt=today + timedelta(days=7))
    days: dict[date, list[TaskShown]] = {}
    for each in _with_people(rows.select_related("unit").order_by("day", "pk")):
        days.setdefault(each.day, []).append(_task(actor, each, apart))
    return UnitShown(
        carer=name_for(unit.carer, apart) if is_cared_for else "",
        i_care=is_cared_for and unit.carer_id == actor.pk,
        days=list(days.items()),
        recurring=_recurring_of(unit),
    )


def board(actor: Person, programme: Programme, day: date) -> list[PartShown]:
    """What is to be done on a day, by its halves. A fixed number of questions."""
    apart = safety.people_kept_from(actor.pk)
    return _parts([_task(actor, each, apart) for each in _with_people(_on(programme, day))])


def paper(programme: Programme, day: date) -> list[tuple[str, list[Task]]]:
    """The same for the wall: by the halves of the day, without a name."""
    rows = list(_on(programme, day))
    return [(str(part.label), [each for each in rows if each.part == part]) for part in _halves(rows)]


def _on(programme: Programme, day: date) -> QuerySet[Task]:
    rows = Task.objects.on_the_board().filter(unit__programme=programme, unit__closed_at=None, day=day)
    return rows.select_related("unit").order_by("unit__name", "pk")


def _halves(rows: Iterable[Task]) -> list[DayPart]:
    """Morning and afternoon, and the evening where something is done in it."""
    evening = any(each.part == DayPart.EVENING for each in rows)
    return [part for part in DayPart if evening or part != DayPart.EVENING]


def _with_people(rows: QuerySet[Task]) -> list[Task]:
    hands = Prefetch("hands_on_it", Hand.objects.on_it().select_related("person").order_by("since_at", "pk"))
    thanks = Prefetch("thanks", Thanks.objects.select_related("person").order_by("said_at", "pk"))
    return list(rows.prefetch_related(hands, thanks))


def _parts(shown: list[TaskShown]) -> list[PartShown]:
    return [
        PartShown(part.value, str(part.label), [each for each in shown if each.task.part == part])
        for part in _halves(each.task for each in shown)
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
        may_report=task.begun_by_id not in (None, actor.pk),
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


def _recurring_of(unit: Unit) -> list[Week]:
    rows = Recurring.objects.filter(unit=unit, ended_at=None).order_by("title", "pk")
    return [Week(each, str(DayPart(each.part).label)) for each in rows]
