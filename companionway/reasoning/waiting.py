"""How long a wait is likely to be, and when a first word is owed: honest ranges, or no number at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final, Literal
from zoneinfo import ZoneInfo

from companionway.reasoning.borrowed import gamma_quantile

FEWEST_PAST_WAITS: Final = 10
LONGEST_LOOK_AHEAD: Final = timedelta(days=366)

Light = Literal["open", "short_wait", "long_wait", "closed"]


@dataclass(frozen=True, slots=True)
class WaitRange:
    """About half wait no longer than `low_days`, nine in ten no longer than `high_days`.

    `past_waits` says how many of the service's own past waits it rests on.
    """

    low_days: int
    high_days: int
    past_waits: int


def expected_wait(
    past_waits_days: Sequence[float], *, queue_ahead: int, places_per_week: float
) -> WaitRange | None:
    """A range for someone with `queue_ahead` people before them, or None if there is too little to go on.

    Two views of the same wait. First, the service's own past: the next wait is no longer than the r-th
    shortest of n past ones with probability r / (n + 1), whatever their distribution (Wilks 1941), so r is
    ceil(p * (n + 1)) for p = 0.5 and 0.9. Second, the queue now: if places open at random at a steady rate,
    the time until the (queue_ahead + 1)-th opens has a gamma distribution (Erlang), whose quantile is
    gamma_quantile(queue_ahead + 1, p) weeks over the rate. The range reaches from the shorter of the two
    medians to the longer of the two upper ends, because promising too little time hurts more than too much.
    None with fewer than 10 past waits, or when no places open.
    """
    if queue_ahead < 0:
        raise ValueError("Nobody can have fewer than no people before them.")
    n = len(past_waits_days)
    if n < FEWEST_PAST_WAITS or places_per_week <= 0:
        return None
    past = sorted(past_waits_days)
    low = min(past[_rank(0.5, n)], _until_place(queue_ahead, places_per_week, 0.5))
    high = max(past[_rank(0.9, n)], _until_place(queue_ahead, places_per_week, 0.9))
    return WaitRange(int(low), ceil(high), n)


def capacity_light(
    free_places: int, waiting: int, *, places_per_week: float, short_weeks: float = 4
) -> Light:
    """What to tell someone thinking of joining: "open", "short_wait", "long_wait" or "closed".

    "open" if there is a place for them and everyone before them; "closed" if there is none and none is
    opening; between, by how many weeks the queue with them in it takes at the present rate
    (Little 1961: time = people / rate).
    """
    short_of = waiting + 1 - free_places
    if short_of <= 0:
        return "open"
    if places_per_week <= 0:
        return "closed"
    return "short_wait" if short_of / places_per_week <= short_weeks else "long_wait"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When somebody reads messages, on the service's own clock.

    `weekly` has (weekday, from, to) with Monday as 0 and `to` after `from` on the same day; `time.max` as
    `to` means until midnight. `closed_on` are holidays.
    """

    weekly: tuple[tuple[int, time, time], ...]
    zone: ZoneInfo
    closed_on: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if any(not 0 <= day <= 6 or end <= start for day, start, end in self.weekly):
            raise ValueError("Each opening is on a weekday 0-6 and ends after it starts.")

    def spans(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The openings between two moments, in UTC, in order, cut to them; overlapping ones are joined."""
        day, last = since.astimezone(self.zone).date(), until.astimezone(self.zone).date()
        reached = since.astimezone(UTC)
        while day <= last:
            for start, end in sorted((s, e) for d, s, e in self.weekly if d == day.weekday()):
                if day in self.closed_on:
                    continue
                opens = max(self._moment(day, start), reached)
                closes = min(self._moment(day, end), until.astimezone(UTC))
                if closes > opens:
                    yield opens, closes
                    reached = closes
            day += timedelta(days=1)

    def _moment(self, day: date, clock: time) -> datetime:
        if clock == time.max:
            day, clock = day + timedelta(days=1), time.min
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def first_word_due(asked_at: datetime, promise_hours: float, opening: OpeningHours) -> datetime | None:
    """The moment by which a first word is owed, on the service's clock; None if it never opens in a year.

    The promise counts hours in which somebody reads messages: with 9 to 17 on weekdays, 8 hours after a
    Friday at 16:00 is Monday at 16:00. Hours are real ones, also when the clocks change. A promise of 0
    hours is due when somebody next reads. `asked_at` must know its time zone.
    """
    if asked_at.tzinfo is None:
        raise ValueError("The moment of asking must know its time zone.")
    owed = timedelta(hours=promise_hours)
    for opens, closes in opening.spans(asked_at, asked_at + LONGEST_LOOK_AHEAD):
        if closes - opens >= owed:
            return (opens + owed).astimezone(opening.zone)
        owed -= closes - opens
    return None


def _rank(p: float, n: int) -> int:
    return min(n, ceil(p * (n + 1))) - 1


def _until_place(queue_ahead: int, places_per_week: float, p: float) -> float:
    return 7 * gamma_quantile(queue_ahead + 1, p) / places_per_week
