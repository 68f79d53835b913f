"""One's own weeks: counts only, for the person first. And what the limits count because of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import QuerySet, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from companionway.conversations import queries as conversations
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning import workload
from companionway.supervision.models import (
    EXTRA_REASON,
    DriftTick,
    ExtraPlace,
    HardContact,
    Lateness,
    OwnGains,
    OwnSigns,
)
from companionway.supervision.states import DebriefState
from companionway.support import policy as support_policy
from companionway.support import queries as support


@dataclass(frozen=True, slots=True)
class WeekShown:
    """One week in counts, oldest first on the page."""

    week: workload.Week
    is_this: bool


@dataclass(frozen=True, slots=True)
class Extra:
    """A place above the limits, with its reason: for the supporter and for whoever gave it."""

    row: ExtraPlace
    reason: str


@dataclass(frozen=True, slots=True)
class Hard:
    """Something that was hard, and what was answered to the talk offered after it."""

    public_id: str
    happened_at: datetime
    debrief: DebriefState


@dataclass(frozen=True, slots=True)
class Marks:
    """What somebody's page of weeks says beside the numbers: what was hard, and whether they asked us to look."""

    hard: list[Hard]
    looks: bool
    # When they last said what supporting gives back.
    gains_at: datetime | None

    def may_be_asked(self, now: datetime) -> bool:
        """Whether to offer the four sentences: at most once in two weeks."""
        return self.gains_at is None or self.gains_at <= now - GAINS_OFFERED_AFTER

    @property
    def debriefs(self) -> list[Hard]:
        """What was hard, and nobody has asked yet how you are after it."""
        return [each for each in self.hard if each.debrief in _OPEN]


# How long nobody is asked again what supporting gives back.
GAINS_OFFERED_AFTER = timedelta(weeks=2)
_LOOKS, _GAINS = "looks", "gains"
_OPEN = (DebriefState.OFFERED, DebriefState.WANTED)


def marks_of(person: Person, now: datetime) -> Marks:
    """In one question: what was hard in the weeks shown or waits for an answer, newest first, and the wish to look."""
    hard = debriefs_open(person) | HardContact.objects.filter(
        person=person, happened_at__gte=_since(person, now)
    )
    fields = ("public_id", "happened_at", "debrief")
    found = hard.order_by().values_list(*fields)
    looks = OwnSigns.objects.filter(person=person).values_list(Value(""), "since_at", Value(_LOOKS))
    gains = OwnGains.objects.filter(person=person, said_at__gt=now - GAINS_OFFERED_AFTER)
    rows = list(
        found.union(looks, gains.order_by().values_list(Value(""), "said_at", Value(_GAINS)), all=True)
    )
    kept = [Hard(public_id, at, DebriefState(what)) for public_id, at, what in rows if public_id]
    kept.sort(key=lambda each: each.happened_at, reverse=True)
    return Marks(
        kept,
        looks=any(what == _LOOKS for _id, _at, what in rows),
        gains_at=max((at for _id, at, what in rows if what == _GAINS), default=None),
    )


def _mondays(person: Person, now: datetime) -> list[date]:
    this = workload.week_of(now.astimezone(_zone(person.time_zone)).date())
    return [this - timedelta(weeks=back) for back in reversed(range(workload.WEEKS_SHOWN))]


def _since(person: Person, now: datetime) -> datetime:
    return datetime.combine(_mondays(person, now)[0], datetime.min.time(), _zone(person.time_zone))


def weeks_of(person: Person, now: datetime, marks: Marks | None = None) -> list[WeekShown]:
    """The last six weeks of somebody's supporting, this one last: messages written, at night, people, hard contacts."""
    zone, mondays, since = _zone(person.time_zone), _mondays(person, now), _since(person, now)
    this = mondays[-1]
    walks = list(support_policy.walked_by(person).filter(supporter=person))
    talks = [each.conversation_id for each in walks if each.conversation_id]
    moments = [at.astimezone(zone) for at in conversations.when_written(person.pk, talks, since)]
    written = Counter(workload.week_of(at.date()) for at in moments)
    nights = Counter(workload.week_of(at.date()) for at in moments if workload.is_night(at.hour))
    hard = (marks or marks_of(person, now)).hard
    hard_weeks = Counter(workload.week_of(each.happened_at.astimezone(zone).date()) for each in hard)
    return [
        WeekShown(
            workload.Week(day, written[day], nights[day], _people_in(walks, day, zone), hard_weeks[day]),
            day == this,
        )
        for day in mondays
    ]


def _people_in(walks: Collection[Any], monday: Any, zone: ZoneInfo) -> int:
    """How many people they walked with at the end of that week."""
    end = datetime.combine(monday + timedelta(weeks=1), datetime.min.time(), zone)
    return sum(1 for each in walks if each.began_at < end and (each.ended_at is None or each.ended_at >= end))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Europe/London")


def looks_for_signs(person: Person) -> bool:
    return OwnSigns.objects.filter(person=person).exists()


def signs_for(person: Person, weeks: list[WeekShown], now: datetime) -> list[str]:
    """Sentences for the person themselves, and only when they asked us to look. Questions, not findings."""
    if not looks_for_signs(person):
        return []
    since = now - timedelta(weeks=workload.WITHOUT_LEAVE_WEEKS)
    put_off = Lateness.objects.filter(person=person, due_on__gte=since.date()).exclude(reminded_at=None)
    ticks = DriftTick.objects.filter(person=person, ticked_on__gte=(now - timedelta(weeks=2)).date())
    around = workload.Around(
        talks_put_off=put_off.count(),
        weeks_since_leave=practice.weeks_without_leave(person, now),
        drift_ticks=ticks.count(),
    )
    return [_sentence(each) for each in workload.signs([each.week for each in weeks], around)]


def _sentence(sign: workload.Sign) -> str:
    return {
        "nights": _("Many of your messages were written at night. Are the nights still yours?"),
        "more_people": _("There are more people from week to week. Is it still right for you?"),
        "hard_contacts": _("Several hard contacts came close together. Who has been there for you?"),
        "talks_put_off": _("Your own talks were put off more than once. What would make room for one?"),
        "no_leave": _("You have had no time away for half a year. When would be good?"),
        "role_drift": _("You were asked to do what is not your role. You do not have to carry that alone."),
    }[sign]


def debriefs_open(person: Person) -> QuerySet[HardContact]:
    """What was hard, and nobody has asked yet how you are after it."""
    return HardContact.objects.filter(person=person, debrief__in=_OPEN)


def walk_with(person: Person, member_id: int | None) -> Any:
    """The open walk in which this person supports that member; None where there is none."""
    walks = support_policy.walked_by(person).open().filter(supporter=person, member=member_id or 0)
    return walks.select_related("programme").order_by("-pk").first()


def first_held_in(person: Person) -> Programme | None:
    """A programme in which this person supports or supervises."""
    ids = {*person.programmes_with("support.accompany"), *person.programmes_with("supervision.hold")}
    return Programme.objects.filter(pk__in=ids, coordinator_sees=True).order_by("name", "pk").first()


def weight_of(person_ids: Collection[int]) -> dict[int, int]:
    """How heavy everything is that each of these carries now, in half relationships."""
    since = Now() - timedelta(days=workload.CRISIS_FOR_DAYS)
    hard = HardContact.objects.filter(person__in=person_ids, happened_at__gt=since)
    after_crisis = set(hard.exclude(relationship_id=None).values_list("relationship_id", flat=True))
    weights: Counter[int] = Counter()
    walks = support.carried_by(person_ids, new_for=timedelta(days=workload.NEW_FOR_DAYS))
    for person_id, walk_id, is_new in walks:
        weights[person_id] += workload.weight(is_new=is_new, after_crisis=walk_id in after_crisis)
    return dict(weights)


def my_extra_places(person: Person) -> list[Extra]:
    """Places above my limits that hold now, with the reason I was given."""
    rows = ExtraPlace.objects.filter(person=person, ended_at=None).select_related("programme", "given_by")
    return [Extra(row, _reason(row)) for row in rows]


def extra_place_of(person: Person, programme: Programme) -> Extra | None:
    """The same for the coordinator of this programme."""
    row = ExtraPlace.objects.filter(person=person, programme=programme, ended_at=None).first()
    return Extra(row, _reason(row)) if row else None


def _reason(row: ExtraPlace) -> str:
    return key_of(PERSON, row.person_id).open(row.sealed_reason, EXTRA_REASON)
