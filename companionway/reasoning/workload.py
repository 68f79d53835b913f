"""How heavy a week is, what may be a sign of tiredness, and when a pattern is large enough to be told without names.

Nothing here ranks anybody: every function speaks about one person, for that person, or about a number of people
that is too large to point at one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

PLAIN: Final = 2
NEW: Final = 3
CRISIS: Final = 4
"""Half relationships: an ordinary one two, a beginning three (x 1.5), one with a crisis behind it four (x 2).
Our recommendation; unverified. The heaviest reason counts, they are not multiplied."""

NEW_FOR_DAYS: Final = 42
"""A walk is a beginning until its first review, after six weeks."""
CRISIS_FOR_DAYS: Final = 14
"""Two weeks of following up after a hard contact."""

FLOOR: Final = 5
"""A pattern about supporters is told only when at least five different people stand behind it."""

WEEKS_SHOWN: Final = 6
NIGHT: Final = (22, 6)
"""From ten in the evening until six in the morning, on the person's own clock."""
NIGHT_SHARE: Final = 0.25
NIGHT_LEAST: Final = 5
HARD_IN_TWO_WEEKS: Final = 3
LATE_TWICE: Final = 2
WITHOUT_LEAVE_WEEKS: Final = 26
FEWEST_FOR_TREND: Final = 3

Sign = Literal["nights", "more_people", "hard_contacts", "talks_put_off", "no_leave", "role_drift"]


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one person, in counts. `begins_on` is a Monday; there is not a word in it."""

    begins_on: date
    messages: int
    at_night: int
    people: int
    hard_contacts: int


@dataclass(frozen=True, slots=True)
class Around:
    """What else is known about the same weeks."""

    talks_put_off: int = 0
    weeks_since_leave: int | None = None
    drift_ticks: int = 0


def weight(*, is_new: bool, after_crisis: bool) -> int:
    """How heavy one relationship is now, in half relationships."""
    return CRISIS if after_crisis else NEW if is_new else PLAIN


def is_night(hour: int) -> bool:
    since, until = NIGHT
    return hour >= since or hour < until


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def signs(weeks: Sequence[Week], around: Around) -> list[Sign]:
    """What could be a sign of tiredness in these weeks (oldest first), for nobody but the person themselves.

    The signals are those a peer-support service can see without reading anything: messages at night (a quarter of
    five or more in the last two weeks), more people in each of the last weeks, three hard contacts in two weeks, two
    talks with the supervisor put off, half a year without a time away, being asked to do what is not the role. Each
    is a question, not a finding; the thresholds are our recommendation and unverified.
    """
    last_two = weeks[-2:]
    found: list[Sign] = []
    nights, messages = sum(w.at_night for w in last_two), sum(w.messages for w in last_two)
    if nights >= NIGHT_LEAST and nights >= NIGHT_SHARE * messages:
        found.append("nights")
    if _rises([week.people for week in weeks[-FEWEST_FOR_TREND:]]):
        found.append("more_people")
    if sum(week.hard_contacts for week in last_two) >= HARD_IN_TWO_WEEKS:
        found.append("hard_contacts")
    if around.talks_put_off >= LATE_TWICE:
        found.append("talks_put_off")
    if around.weeks_since_leave is not None and around.weeks_since_leave >= WITHOUT_LEAVE_WEEKS:
        found.append("no_leave")
    if around.drift_ticks:
        found.append("role_drift")
    return found


def _rises(counts: Sequence[int]) -> bool:
    pairs = list(zip(counts, counts[1:], strict=False))
    return len(counts) >= FEWEST_FOR_TREND and all(a <= b for a, b in pairs) and counts[-1] >= counts[0] + 2


def pattern(ticks: Iterable[tuple[int, str]], *, floor: int = FLOOR) -> dict[str, int]:
    """How many different people ticked each kind; kinds with fewer than `floor` people are left out altogether.

    `ticks` are (person, kind) of one closed span of time. Open spans must not be asked: two looks a day apart would
    show what one person added in between.
    """
    people: defaultdict[str, set[int]] = defaultdict(set)
    for person, kind in ticks:
        people[kind].add(person)
    return {kind: len(who) for kind, who in sorted(people.items()) if len(who) >= floor}


def last_quarter(today: date) -> tuple[date, date]:
    """First day of the last closed quarter of a year, and the first day after it."""
    ends_on = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    begins_on = date(ends_on.year - (ends_on.month == 1), (ends_on.month - 4) % 12 + 1, 1)
    return begins_on, ends_on
