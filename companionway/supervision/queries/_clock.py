"""When a talk is owed, by whom, and what a late one leads to. Dates and names; no words, no marks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from companionway.people.models import Person, Programme, RoleHeld
from companionway.people.roles import roles_granting
from companionway.practice.capacity import Carried
from companionway.reasoning import supervision as reasoning
from companionway.reasoning import workload
from companionway.supervision import policy
from companionway.supervision.models import (
    DriftTick,
    ExtraPlace,
    HardContact,
    Lateness,
    Rhythm,
    Supervision,
    Talk,
)
from companionway.supervision.states import DebriefState, Drift, TalkState
from companionway.support import queries as support


@dataclass(frozen=True, slots=True)
class Named:
    """Who it is and who holds them, for a coordinator."""

    name: str
    public_id: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One person who is held in one programme: the last talk, the next one, and how late it is."""

    person_id: int
    programme_id: int
    supervisor_id: int | None
    last_on: date | None
    due_on: date
    standing: reasoning.Standing
    holds_on: date
    who: Named
    # How often the programme wants people to sit together; told, and counted by nobody.
    group_days: int

    @property
    def is_late(self) -> bool:
        return self.standing != "in_time"

    @property
    def is_held(self) -> bool:
        return self.standing == "held"


def rhythm_of(programme: Programme | int) -> Rhythm | None:
    """How often talks are wanted here; None where supervision is not counted."""
    return Rhythm.objects.filter(programme=programme).first()


def owed_in(rhythm: Rhythm, today: date) -> list[Owed]:
    """Everybody who supports or supervises in this programme, by the day their next talk is owed."""
    return _owed_of(RoleHeld.objects.filter(programme=rhythm.programme_id), today)


def owed_by(person: Person | int, programme: Programme | int, today: date) -> Owed | None:
    """When somebody's own next talk is owed; None where nobody counts."""
    found = _owed_of(RoleHeld.objects.filter(person=person, programme=programme), today)
    return found[0] if found else None


def people_owed(pairs: Collection[tuple[int, int]], today: date) -> dict[tuple[int, int], Owed]:
    """By (person, programme), for those of these pairs whose programme keeps supervision."""
    if not pairs:
        return {}
    people, programmes = {each[0] for each in pairs}, {each[1] for each in pairs}
    found = _owed_of(RoleHeld.objects.filter(person__in=people, programme__in=programmes), today)
    return {(each.person_id, each.programme_id): each for each in found}


def _owed_of(roles: QuerySet[RoleHeld], today: date) -> list[Owed]:
    """One question, however many people: the role, the rhythm, who holds them now and the newest talk, row by row."""
    since: dict[tuple[int, int], datetime] = {}
    rows: dict[tuple[int, int], Any] = {}
    for row in _with_talks(roles):
        where = (row.person_id, row.programme_id)
        since[where] = min(row.since_at, since.get(where, row.since_at))
        rows[where] = row
    found = [_owed(row, since[where], today) for where, row in rows.items()]
    return sorted(found, key=lambda one: (one.due_on, one.person_id))


def _with_talks(roles: QuerySet[RoleHeld]) -> QuerySet[Any]:
    """The newest talk both said yes to counts, whoever the supervisor was: changing to another loses nobody a day."""
    granting = {*roles_granting("support.accompany"), *roles_granting("supervision.hold")}
    here = {"programme": OuterRef("programme"), "supporter": OuterRef("person")}
    pair = Supervision.objects.current().filter(**here)
    signed = Talk.objects.filter(
        supervision__programme=OuterRef("programme"),
        supervision__supporter=OuterRef("person"),
        state=TalkState.SIGNED,
    )
    found = roles.filter(role__in=granting, until_at=None, programme__rhythm__isnull=False)
    return (
        found.filter(person__in=Person.objects.here())
        .select_related("person", "programme__rhythm")
        .annotate(
            last_on=Subquery(signed.order_by("-held_on").values("held_on")[:1]),
            supervisor_id=Subquery(pair.values("supervisor")[:1]),
            supervisor_name=Subquery(pair.values("supervisor__name")[:1]),
            in_training=Subquery(pair.values("in_training")[:1]),
        )
    )


def _owed(row: Any, since: datetime, today: date) -> Owed:
    rhythm = row.programme.rhythm
    rules = rhythm.reasoned
    began_on = timezone.localdate(max(since, rhythm.kept_since))
    counted = max(row.last_on, began_on) if row.last_on else began_on
    due = reasoning.due_on(counted, rules, in_training=bool(row.in_training))
    standing, holds_on = reasoning.standing(due, today, rules), reasoning.holds_on(due, rules)
    who = Named(row.person.name, row.person.public_id, row.supervisor_name or "")
    return Owed(
        row.person_id,
        row.programme_id,
        row.supervisor_id,
        row.last_on,
        due,
        standing,
        holds_on,
        who,
        rules.group_days,
    )


def standing_of(supervision: Supervision, today: date) -> Owed | None:
    """When the next talk of these two is owed; None where nobody counts, or when they have parted."""
    if not supervision.is_current:
        return None
    return owed_by(supervision.supporter_id, supervision.programme_id, today)


def dates_for(actor: Person, programme: Programme, today: date) -> list[Owed]:
    """For a coordinator: who is held by whom and by when the next talk is owed, soonest date first."""
    if not policy.may_oversee(actor, programme):
        return []
    return _owed_of(RoleHeld.objects.filter(programme=programme), today)


def carried_by(person_ids: Collection[int]) -> Carried:
    """How many people each walks with, where nobody new may begin for now, and extra places: in one question."""
    held = Lateness.objects.filter(person__in=person_ids, ended_at=None).exclude(held_at=None)
    # Whoever wants to talk about something hard takes nobody new until they have; they end it themselves, any time.
    resting = HardContact.objects.filter(person__in=person_ids, debrief=DebriefState.WANTED)
    extra = ExtraPlace.objects.filter(person__in=person_ids, ended_at=None)
    told = _rows("held", held), _rows("held", resting), _rows("extra", extra)
    rows = support.load_rows(person_ids).union(*told, all=True)
    carried = Carried()
    for what, person_id, programme_id, number in rows:
        if what == "load":
            carried.load[person_id] = number
        elif what == "held":
            carried.held.add((person_id, programme_id))
        else:
            carried.extra[person_id, programme_id] = number
    return carried


def _rows(what: str, rows: Any) -> Any:
    told = rows.order_by().annotate(what=Value(what), n=Value(1))
    return told.values_list("what", "person_id", "programme_id", "n")


def drift_pattern(actor: Person, programme: Programme, today: date) -> list[tuple[str, int]]:
    """What people were asked to do that is not their role, in the last closed quarter, above the floor. Never who."""
    if not policy.may_oversee(actor, programme):
        return []
    begins_on, ends_on = workload.last_quarter(today)
    ticks = DriftTick.objects.filter(programme=programme, ticked_on__gte=begins_on, ticked_on__lt=ends_on)
    found = workload.pattern(ticks.values_list("person_id", "kind"))
    return [(str(Drift(kind).label), people) for kind, people in found.items()]
