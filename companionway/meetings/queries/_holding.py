"""Who holds what, whose time is over, who could hold it, and who meets people at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Q

from companionway.foundation.sealing import PERSON, CannotOpen, KeyDestroyed, key_of
from companionway.meetings import policy, positions
from companionway.meetings.models import Cover, Holds, Meeting, Series
from companionway.meetings.queries._chosen import who_chose
from companionway.meetings.states import AT_THE_DOOR, INTERPRETER
from companionway.people.models import Person, PersonQuerySet
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class Position:
    """One position of a series, with who holds it now; `is_over` where its time to be passed on has come."""

    key: str
    label: str
    holds_frame: bool
    holders: list[Holder]


@dataclass(frozen=True, slots=True)
class Holder:
    holds: Holds
    name: str
    is_over: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    name: str
    says: str
    # What they are called here, where they do not only welcome.
    role: str = ""


def how_many_hold(meeting: Meeting) -> int:
    """Who holds its frame when it begins, without those who cannot, and with those who stand in."""
    held = Holds.objects.now(meeting.starts_at).filter(
        series=meeting.series_id, holds_frame=True, person__is_active=True, person__erased_at=None
    )
    away = meeting.covers.exclude(instead_of=None).values("instead_of__person")
    # Somebody with two positions is one.
    return (
        held.exclude(person__in=away).values("person").distinct().count()
        + meeting.covers.exclude(taken_by=None).count()
    )


def how_many_are_missing(meeting: Meeting) -> int:
    """How many more the practice model wants to hold it; nought where there are enough."""
    return max(0, positions.needed(meeting.series.programme) - how_many_hold(meeting))


def positions_of(actor: Person, series: Series, now: datetime) -> list[Position]:
    """Every position of this tradition. Somebody whom the reader must not meet is not named."""
    hidden = safety.people_kept_from(actor.pk)
    rows = Holds.objects.now(now).filter(series=series).select_related("person").order_by("since_at", "pk")
    rows_by_role: dict[str, list[Holds]] = {}
    for row in rows:
        rows_by_role.setdefault(row.role, []).append(row)
    found = []
    for each in positions.of_programme(series.programme):
        length = timedelta(days=each.rotates_after_days)
        holders = [
            Holder(
                row,
                "" if row.person_id in hidden else row.person.name,
                bool(each.rotates_after_days) and row.since_at + length <= now,
                row.person_id == actor.pk,
            )
            for row in rows_by_role.get(each.key, [])
        ]
        found.append(Position(each.key, each.label, each.holds_frame, holders))
    return found


def at_the_door(actor: Person, series: Series, now: datetime) -> list[AtTheDoor]:
    """Who meets people at the door, and their one sentence. An interpreter only after they have given their promise."""
    found = Holds.objects.now(now).filter(series=series, role__in=AT_THE_DOOR, person__erased_at=None)
    rows = list(found.select_related("person").order_by("since_at", "pk"))
    hidden = safety.people_kept_from(actor.pk) if rows else set()
    return [
        AtTheDoor(row.person.name, said_at_the_door(row), _name_of(row, series))
        for row in rows
        if row.person_id not in hidden and (row.role != INTERPRETER or row.sealed_says is not None)
    ]


def _name_of(row: Holds, series: Series) -> str:
    position = positions.named(series.programme, row.role) if row.role == INTERPRETER else None
    return position.label if position else ""


def lacks_interpreter(series: Series, now: datetime) -> bool:
    """Interpreters come along in this tradition, and none has given their promise for these meetings yet."""
    promised = Holds.objects.now(now).filter(series=series, role=INTERPRETER, sealed_says__isnull=False)
    return positions.has_interpreters(series.programme) and not promised.exists()


def said_at_the_door(row: Holds) -> str:
    if row.sealed_says is None:
        return ""
    try:
        return key_of(PERSON, row.person_id).open(row.sealed_says, f"door:{row.pk}")
    except (KeyDestroyed, CannotOpen):
        return ""


def who_could_cover(meeting: Meeting, now: datetime) -> set[int]:
    """Who is asked when a meeting wants somebody: of standing, not holding it already, kept from nobody who does."""
    held = set(Holds.objects.now(now).filter(series=meeting.series_id).values_list("person_id", flat=True))
    frame = set(
        Holds.objects.now(now)
        .filter(series=meeting.series_id, holds_frame=True)
        .values_list("person_id", flat=True)
    )
    taken = set(meeting.covers.exclude(taken_by=None).values_list("taken_by_id", flat=True))
    could = set(policy.of_standing(meeting.series, now).values_list("pk", flat=True)) - frame - taken
    apart = {one for one, other in safety.never_with_pairs() if other in held | taken}
    return could - apart


def who_could_hold(series: Series, now: datetime) -> PersonQuerySet:
    """Whom those who arrange can ask to take a position, by name."""
    return policy.of_standing(series, now).order_by("name", "pk")


def open_covers(actor: Person, now: datetime) -> list[Cover]:
    """Places that this person could take, soonest first."""
    rows = policy.takeable_by(actor, now).select_related("meeting__series__programme")
    return list(rows.order_by("meeting__starts_at", "pk"))


def covers_taken_by(actor: Person, now: datetime) -> list[Cover]:
    rows = Cover.objects.filter(taken_by=actor, meeting__ends_at__gt=now)
    return list(rows.select_related("meeting__series__programme").order_by("meeting__starts_at", "pk"))


def my_part(actor: Person, meeting: Meeting, now: datetime) -> str:
    """What one's own part in holding this meeting is: "holds", "cannot", "stands_in", or nothing."""
    held = Holds.objects.now(now).filter(series=meeting.series_id, person=actor, holds_frame=True)
    covers = Cover.objects.filter(meeting=meeting)
    parts = {
        "stands_in": Exists(covers.filter(taken_by=actor)),
        "cannot": Exists(covers.filter(instead_of__person=actor)),
        "holds": Exists(held),
    }
    row = Meeting.objects.filter(pk=meeting.pk).annotate(**parts).values_list(*parts).first()
    mine = [part for part, is_so in zip(parts, row or (), strict=False) if is_so]
    # In this order: whoever stands in, or cannot, is not asked as who holds it.
    return mine[0] if mine and (mine[0] != "holds" or meeting.starts_at > now) else ""


def who_could_stand_in(meeting_id: int, now: datetime) -> set[int]:
    """The same for a meeting that may have gone meanwhile."""
    meeting = Meeting.objects.select_related("series__programme").filter(pk=meeting_id).first()
    return who_could_cover(meeting, now) if meeting else set()


def who_is_told(series_id: int, now: datetime) -> set[int]:
    """Whom a change concerns: those who hold it, stand in, or chose to be reminded. Never for a page."""
    series = Series.objects.select_related("programme").filter(pk=series_id).first()
    if series is None:
        return set()
    lately = now - timedelta(hours=1)
    held = Holds.objects.filter(series=series).filter(Q(until_at=None) | Q(until_at__gte=lately))
    covered = Cover.objects.filter(meeting__series=series, taken_by__isnull=False)
    people = {*held.values_list("person_id", flat=True), *covered.values_list("taken_by_id", flat=True)}
    return {each for each in people if each is not None} | set(who_chose(series))
