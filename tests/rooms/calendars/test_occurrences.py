"""Other readers find in our calendars the meetings that we do: ten years, six zones, changes; a wrong zone is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from companionway.calendars.writing import Entry, calendar
from companionway.reasoning import recurrence, zones
from tests.reasoning.test_recurrence import ZONES
from tests.rooms.calendars.reading import by_ical_js, by_khal, by_library, split, with_own_zone

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
ALL_ZONES = (*ZONES, "Africa/Cairo")


@dataclass
class Series:
    """As far as a calendar needs it."""

    zone: str
    rule: str
    begins: time = time(18, 30)
    starts_on: date = date(2026, 1, 6)
    minutes: int = 90
    last_on: date | None = None
    ended_at: datetime | None = None
    sequence: int = 0
    changed_at: datetime = STAMP
    place_name: str = ""
    place_address: str = ""

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def found(self, changes: Sequence[Change] = ()) -> list[tuple[datetime, str]]:
        said = recurrence.occurrences(
            recurrence.parse(self.rule), datetime.combine(self.starts_on, self.begins), self.tz, self.last_on,
            length=timedelta(minutes=self.minutes),
            changes=[
                recurrence.Change(each.kind, each.original, each.starts_at, None, each.is_extra) for each in changes
            ],
            since=SINCE, until=UNTIL,
        )  # fmt: skip
        return [
            (each.starts_at, "CANCELLED" if each.is_cancelled else "CONFIRMED")
            for each in said
            if self.ended_at is None or each.starts_at < self.ended_at
        ]


@dataclass
class Change:
    kind: str
    original: datetime
    starts_at: datetime | None = None
    is_extra: bool = False
    minutes: int | None = None
    place_name: str = ""
    place_address: str = ""
    instead: str = ""
    sequence: int = 1
    changed_at: datetime = field(default=STAMP)


def written(
    series: Series, changes: Sequence[Change] = (), title: str = "Meeting", uid: str = "one@example.org"
) -> bytes:
    entry = Entry(series=series, changes=changes, uid=uid, title=title)
    return calendar("Test", [entry], this_year=2026)


RULES = (
    "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=1MO,3MO",
     "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;INTERVAL=9", "FREQ=YEARLY",
     "FREQ=DAILY;BYDAY=SA,SU", "FREQ=WEEKLY;COUNT=40", "",
)  # fmt: skip
# The hours in which clocks change, and an evening.
CLOCKS = (time(18, 30), time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(2, 30), time(3))


def _agreed(
    series: Series, found: Sequence[tuple[datetime, str]], twice: bool = False
) -> list[tuple[datetime, str]]:
    """Without the hours around a clock time that is not there, and on request one that is there twice: readers take
    those an hour apart from each other (ical.js the second of two). The standard is on our side (RFC 5545, 3.3.5)."""

    def is_odd(at: datetime) -> bool:
        local = at.astimezone(series.tz)
        is_gap = local.time() != series.begins
        return is_gap or (twice and local.utcoffset() != local.replace(fold=1).utcoffset())

    odd = [at for at, _state in series.found() if is_odd(at)]
    return sorted(each for each in found if not any(abs(each[0] - at) <= timedelta(hours=1) for at in odd))


@given(
    some.sampled_from(RULES), some.sampled_from(CLOCKS), some.sampled_from(ALL_ZONES),
    some.dates(date(2026, 1, 1), date(2027, 1, 1)),
    some.none() | some.dates(date(2027, 1, 2), date(2035, 1, 1)),
)  # fmt: skip
@settings(
    max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
def test_a_reader_who_knows_only_our_zones_finds_our_instants(
    rule: str, begins: time, zone: str, starts_on: date, last_on: date | None
) -> None:
    series = Series(zone, rule, begins, starts_on, last_on=last_on)
    ours = series.found()
    theirs = by_library(with_own_zone(written(series), zone), SINCE, UNTIL)
    assert _agreed(series, theirs) == _agreed(series, ours)
    assert len(theirs) == len(ours)


def _changes(series: Series) -> list[Change]:
    """Every fifth cancelled, every seventh moved, every eleventh moved, then cancelled; two extra, one of them off."""
    found = []
    for number, (at, _state) in enumerate(series.found()):
        if number % 5 == 0:
            found.append(Change("cancelled", at))
        elif number % 7 == 0:
            found.append(Change("moved", at, at + timedelta(days=1, hours=2)))
        elif number % 11 == 0:
            found.append(Change("cancelled", at, at + timedelta(hours=1)))
    for number, kind in ((1, "extra"), (2, "cancelled")):
        extra = datetime(2028, 7, number, 11, 0, tzinfo=UTC)
        found.append(Change(kind, extra, extra, is_extra=True))
    return found


@pytest.mark.parametrize("zone", ALL_ZONES)
def test_moved_cancelled_and_extra_meetings_are_found_where_they_are(zone: str) -> None:
    series = Series(zone, "FREQ=WEEKLY;INTERVAL=2")
    changes = _changes(series)
    content = with_own_zone(written(series, changes), zone)
    assert by_library(content, SINCE, UNTIL) == sorted(series.found(changes))


def test_ical_js_finds_the_same_in_what_we_write() -> None:
    """Every rule in every zone, at an hour in which clocks change and in the evening; then with changes."""
    asked: list[tuple[Series, list[Change]]] = []
    for number, (zone, rule) in enumerate(product(ALL_ZONES, RULES)):
        last_on = date(2033, 5, 1) if number % 3 == 0 else None
        asked.append((Series(zone, rule, CLOCKS[number % len(CLOCKS)], last_on=last_on), []))
        if number % 3 == 1:
            changed = Series(zone, rule)
            asked.append((changed, _changes(changed)))
    theirs = by_ical_js((with_own_zone(written(*each), each[0].zone) for each in asked), SINCE, UNTIL)
    count = 0
    for (series, changes), found in zip(asked, theirs, strict=True):
        ours = series.found(changes)
        assert _agreed(series, found, twice=True) == _agreed(series, ours, twice=True), series
        assert len(found) == len(ours)
        count += len(ours)
    assert count > 20_000


def test_khal_lists_the_same(tmp_path: Path) -> None:
    """Every zone in one folder; months of change in the first and the tenth year. It lists cancelled ones, too."""
    ours = set()
    for zone in ALL_ZONES:
        series = Series(zone, "FREQ=WEEKLY;INTERVAL=2")
        changes = _changes(series)
        content = written(series, changes, title=zone, uid=f"{zone.lower()}@example.org")
        # Its own list of zones may be newer or older than this machine's: it reads what we wrote.
        split(with_own_zone(content, zone), tmp_path / "cal")
        ours |= {(zone, at) for at, _state in series.found(changes)}
    for year, month in ((2026, 3), (2035, 9)):
        since, until = datetime(year, month, 1, tzinfo=UTC), datetime(year, month + 3, 1, tzinfo=UTC)
        expected = {each for each in ours if since <= each[1] < until}
        assert len(expected) > 40
        assert by_khal(tmp_path / "cal", since, until) == expected


def test_a_wrong_zone_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the clock goes forward a week late; a rule said for the wrong Sunday; an offset of an hour."""
    series = Series("Europe/London", "FREQ=WEEKLY")
    right = zones.observances(series.tz, 2026, 2039)
    assert by_library(with_own_zone(written(series), series.zone), SINCE, UNTIL) == series.found()

    def plant(**wrong: Any) -> list[zones.Observance]:
        first = {name: getattr(right[0], name) for name in right[0].__slots__} | wrong
        return [zones.Observance(**first), *right[1:]]

    for wrong in (
        plant(rule="FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"),
        plant(rule="FREQ=YEARLY;BYMONTH=3;BYDAY=4SU"),
        plant(after=timedelta(hours=2)),
        right[:1],
    ):
        monkeypatch.setattr(zones, "observances", lambda *_: wrong)  # noqa: B023
        content = with_own_zone(written(series), series.zone)
        assert by_library(content, SINCE, UNTIL) != series.found()
        assert by_ical_js([content], SINCE, UNTIL) != [series.found()]


@pytest.mark.parametrize("zone", ALL_ZONES)
def test_the_written_zone_is_what_the_zone_does(zone: str) -> None:
    """Every hour of a night of change, for thirteen years, by the parts that are written."""
    parts = zones.observances(ZoneInfo(zone), 2026, 2039)
    assert all(part.rule or part.also or len(parts) <= 3 for part in parts)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    series = Series(zone, "FREQ=DAILY", time(12, 0), date(2026, 1, 1))
    until = datetime(2038, 12, 1, tzinfo=UTC)
    theirs = by_library(with_own_zone(written(series), zone), moment, until)
    daily, first = recurrence.parse("FREQ=DAILY"), datetime(2026, 1, 1, 12, 0)
    ours = recurrence.starts(daily, first, ZoneInfo(zone), None, moment, until)
    assert [at for at, _state in theirs] == ours


def test_an_ended_series_and_a_single_one_that_moved() -> None:
    ended = Series("Europe/London", "FREQ=WEEKLY;COUNT=30", ended_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert by_library(written(ended), SINCE, UNTIL) == ended.found()
    once = Series("Europe/London", "")
    at = once.found()[0][0]
    changes = [Change("moved", at, at + timedelta(hours=3))]
    assert by_library(written(once, changes), SINCE, UNTIL) == [(at + timedelta(hours=3), "CONFIRMED")]
    off = [Change("cancelled", at)]
    assert by_library(written(once, off), SINCE, UNTIL) == [(at, "CANCELLED")]
