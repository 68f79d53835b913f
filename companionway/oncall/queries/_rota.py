"""The coming two weeks: whose turn when, and plainly where nobody is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from companionway.oncall.models import Offer, Rota, Turn, WeeklySlot
from companionway.oncall.queries._presence import hours, zone_of
from companionway.oncall.states import OfferState
from companionway.people.models import Organisation, Person
from companionway.reasoning.rota import Span, common, gaps, moment

DAYS_SHOWN: Final = 14
# "10 pm – 9 am" needs no day: it is the next morning.
_NEXT_MORNING: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn, or (without one) a time in which nobody is on call, as one day shows it.

    `in_hours`: members are told opening hours, and nobody is there in some of them.
    """

    starts_at: datetime
    ends_at: datetime
    turn: Turn | None
    in_hours: bool
    begins_before: bool
    ends_after: bool


@dataclass(slots=True)
class Day:
    """What begins on one day or fills all of it, in order; what runs now stands on the first."""

    day: date
    is_holiday: bool
    pieces: list[Piece] = field(default_factory=list)


def is_kept(organisation: Organisation) -> bool:
    return Rota.objects.filter(organisation=organisation, stopped_at=None).exists()


def coming(organisation: Organisation, now: datetime) -> list[Day]:
    """Two weeks from this minute, day by day, in the service's zone. Only turns of those who can stand cover a time."""
    zone = zone_of(organisation)
    today = now.astimezone(zone).date()
    midnights = [moment(today + timedelta(days=n), time(0), zone) for n in range(DAYS_SHOWN + 1)]
    until = midnights[-1]
    there = Turn.objects.filter(organisation=organisation).touching(now, until).by_those_who_may(now)
    turns = list(
        there.filter(starts_at__lt=until).select_related("person").order_by("starts_at", "step", "pk")
    )
    opened = hours(organisation, now, until)
    free = gaps(Span(now.astimezone(UTC), until), [turn.span for turn in turns])
    shown: list[tuple[Span, Turn | None, bool]] = [(turn.span, turn, False) for turn in turns]
    shown += [(span, None, bool(common([span], opened))) for span in free]
    shown.sort(key=lambda each: (each[0].starts_at, each[1].step if each[1] else 0))
    days = []
    for number in range(DAYS_SHOWN):
        whole = Span(midnights[number], midnights[number + 1])
        day = today + timedelta(days=number)
        pieces = [_piece(*each, whole) for each in shown if _stands_on(each[0], whole, is_first=number == 0)]
        days.append(Day(day, day.isoformat() in organisation.holidays, pieces))
    return days


def _stands_on(span: Span, day: Span, *, is_first: bool) -> bool:
    if span.starts_at >= day.ends_at or span.ends_at <= day.starts_at:
        return False
    return span.starts_at >= day.starts_at or is_first or span.ends_at >= day.ends_at


def _piece(span: Span, turn: Turn | None, in_hours: bool, day: Span) -> Piece:
    return Piece(
        span.starts_at,
        span.ends_at,
        turn,
        in_hours,
        begins_before=span.starts_at < day.starts_at,
        ends_after=span.ends_at > day.ends_at + _NEXT_MORNING,
    )


def free_in(days: list[Day]) -> list[Piece]:
    """Each time in which nobody is on call, once."""
    return [each for day in days for each in day.pieces if each.turn is None and not each.begins_before]


def pattern(organisation: Organisation) -> list[WeeklySlot]:
    slots = WeeklySlot.objects.live().filter(organisation=organisation).select_related("person")
    return list(slots.order_by("weekday", "begins", "step", "pk"))


def offers_to(person: Person, now: datetime) -> list[Offer]:
    """Turns that somebody asks this person to take over, soonest first."""
    waiting = Offer.objects.filter(to=person, state=OfferState.WAITING, turn__ends_at__gt=now)
    return list(waiting.select_related("turn__person").order_by("turn__starts_at", "pk"))


def open_offer(turn: Turn) -> Offer | None:
    return turn.offers.filter(state=OfferState.WAITING).select_related("to").first()
