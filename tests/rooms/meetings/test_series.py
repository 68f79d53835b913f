"""A series is begun, changed and ended; the meetings in the table are what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.meetings import services
from companionway.meetings.models import Meeting, Series
from companionway.meetings.services import details_of
from companionway.meetings.services._writing import write_ahead
from companionway.meetings.states import MeetingState
from tests.cast import NOW, Cast
from tests.rooms.meetings.conftest import begun, tuesdays


def planned(series: Series) -> list[datetime]:
    return list(series.meetings.order_by("starts_at").values_list("starts_at", flat=True))


def test_a_begun_series_has_its_meetings_eight_weeks_ahead(series: Series) -> None:
    first = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert planned(series) == [first + timedelta(weeks=each) for each in range(8)]
    assert Record.objects.filter(name="meetings.series_begun", subject=f"series:{series.pk}").count() == 1


def test_half_past_six_stays_half_past_six_when_the_clocks_change(cast: Cast) -> None:
    series = begun(cast, starts_on=date(2026, 10, 20))
    write_ahead(series, datetime(2026, 10, 19, tzinfo=UTC))
    hours = {each.hour for each in planned(series)}
    assert hours == {17, 18}
    assert {each.astimezone(series.tz).time() for each in planned(series)} == {time(18, 30)}


def test_only_the_team_begins_a_series(cast: Cast) -> None:
    for actor in (cast.mina, cast.theo, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.begin_series(actor=actor, programme=cast.programme, details=tuesdays(), now=NOW)
    with pytest.raises(Refused):
        services.begin_series(actor=cast.cora, programme=cast.other_programme, details=tuesdays(), now=NOW)
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    "also",
    [
        {"name": "  "},
        {"zone": "Europe/Nowhere"},
        {"zone": "../../etc/passwd"},
        {"minutes": 2},
        {"rule": "FREQ=HOURLY"},
        {"rule": "FREQ=WEEKLY;UNTIL=20270101"},
        {"rule": "FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12", "starts_on": date(2026, 11, 30)},
        {"last_on": date(2026, 11, 23)},
        {"way": "link", "link": ""},
        {"way": "link", "link": "javascript:alert(1)"},
        {"way": "in_person"},
        {"is_public": True, "is_closed": True},
        {"format_key": "unheard_of"},
        {"codes": ("ZZ",)},
        {"capacity": 0},
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(cast: Cast, also: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        begun(cast, **also)
    assert str(refusal.value).endswith(".") or str(refusal.value).endswith("https://")
    assert not Series.objects.exists()


def test_a_changed_series_moves_what_is_ahead_and_keeps_what_was(cast: Cast, series: Series) -> None:
    later = NOW + timedelta(days=10)
    was = series.meetings.order_by("starts_at")[0]
    Meeting.objects.filter(pk=was.pk).update(state=MeetingState.CLOSED)
    changed = services.change_series(
        actor=cast.cora,
        series=series,
        details=replace(details_of(series), rule="FREQ=WEEKLY;BYDAY=TH", begins=time(19, 0)),
        now=later,
    )
    assert changed.sequence == 1
    there = planned(changed)
    assert there[0] == was.starts_at
    assert {(each.strftime("%a"), each.hour) for each in there[1:]} == {("Thu", 19)}


def test_writing_ahead_twice_changes_nothing_and_keeps_addresses(series: Series) -> None:
    before = list(series.meetings.order_by("pk").values_list("pk", "public_id", "starts_at"))
    write_ahead(series, NOW)
    assert list(series.meetings.order_by("pk").values_list("pk", "public_id", "starts_at")) == before
    write_ahead(series, NOW + timedelta(weeks=1))
    assert list(series.meetings.order_by("pk").values_list("pk", "public_id", "starts_at"))[:8] == before
    assert series.meetings.count() == 9


def test_an_ended_series_has_no_more_meetings(cast: Cast, series: Series) -> None:
    services.end_series(actor=cast.cora, series=series, now=NOW)
    assert not series.meetings.exists()
    with pytest.raises(Refused):
        services.change_series(actor=cast.cora, series=series, details=tuesdays(), now=NOW)
