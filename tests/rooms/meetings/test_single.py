"""One meeting cancelled, moved, added, put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companionway.foundation.policy import Refused
from companionway.meetings import services
from companionway.meetings.models import Meeting, Series
from companionway.meetings.nearing import write_all_ahead
from companionway.meetings.services import details_of
from companionway.meetings.states import MeetingState
from tests.cast import NOW, Cast

TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def first(series: Series) -> Meeting:
    return series.meetings.select_related("series__programme").order_by("original")[0]


def test_a_cancelled_meeting_stays_and_says_what_instead(cast: Cast, series: Series) -> None:
    one = first(series)
    services.cancel_meeting(actor=cast.cora, meeting=one, instead="Come to the Friday one.", now=NOW)
    write_all_ahead(NOW)
    one.refresh_from_db()
    assert one.state == MeetingState.CANCELLED
    assert series.changes.get().instead == "Come to the Friday one."
    assert series.meetings.count() == 8
    with pytest.raises(Refused):
        services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)
    services.put_back(actor=cast.cora, meeting=one, now=NOW)
    one.refresh_from_db()
    assert one.state == MeetingState.PLANNED and not series.changes.exists()


def test_each_change_counts_for_calendars(cast: Cast, series: Series) -> None:
    one = first(series)
    services.move_meeting(actor=cast.cora, meeting=one, starts_at=TUESDAY + timedelta(hours=1), now=NOW)
    services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)
    series.refresh_from_db()
    assert series.sequence == 2 and series.changes.get().sequence == 2


def test_a_moved_meeting_keeps_its_address_and_its_first_time(cast: Cast, series: Series) -> None:
    one, to = first(series), TUESDAY + timedelta(days=1)
    services.move_meeting(actor=cast.cora, meeting=one, starts_at=to, minutes=30, now=NOW)
    one.refresh_from_db()
    assert (one.original, one.starts_at, one.length) == (TUESDAY, to, timedelta(minutes=30))
    services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)
    one.refresh_from_db()
    assert one.starts_at == to and one.state == MeetingState.CANCELLED
    services.put_back(actor=cast.cora, meeting=one, now=NOW)
    one.refresh_from_db()
    assert one.starts_at == to and one.state == MeetingState.PLANNED
    services.put_back(actor=cast.cora, meeting=one, now=NOW)
    one.refresh_from_db()
    assert one.starts_at == TUESDAY


def test_a_meeting_moved_far_ahead_is_the_same_row(cast: Cast, series: Series) -> None:
    one, to = first(series), TUESDAY + timedelta(weeks=20)
    services.move_meeting(actor=cast.cora, meeting=one, starts_at=to, now=NOW)
    write_all_ahead(NOW + timedelta(days=30))
    one.refresh_from_db()
    assert one.starts_at == to


def test_an_extra_meeting_comes_is_cancelled_and_comes_back(cast: Cast, series: Series) -> None:
    at = datetime(2026, 12, 24, 11, 0, tzinfo=UTC)
    extra = services.add_extra(actor=cast.cora, series=series, starts_at=at, now=NOW)
    services.cancel_meeting(actor=cast.cora, meeting=extra, instead="", now=NOW)
    write_all_ahead(NOW)
    extra.refresh_from_db()
    assert extra.state == MeetingState.CANCELLED and extra.starts_at == at
    services.put_back(actor=cast.cora, meeting=extra, now=NOW)
    extra.refresh_from_db()
    assert extra.state == MeetingState.PLANNED and extra.starts_at == at
    with pytest.raises(Refused):
        services.put_back(actor=cast.cora, meeting=extra, now=NOW)
    services.change_series(
        actor=cast.cora,
        series=series,
        details=replace(details_of(series), rule="FREQ=WEEKLY;BYDAY=SA"),
        now=NOW,
    )
    assert series.meetings.filter(original=at).exists(), "what was added on purpose stays"


def test_a_change_of_what_the_series_no_longer_has_goes_with_it(cast: Cast, series: Series) -> None:
    services.cancel_meeting(actor=cast.cora, meeting=first(series), instead="", now=NOW)
    services.change_series(
        actor=cast.cora,
        series=series,
        details=replace(details_of(series), rule="FREQ=WEEKLY;BYDAY=SA"),
        now=NOW,
    )
    assert not series.changes.exists()
    assert not series.meetings.filter(state=MeetingState.CANCELLED).exists()


def test_what_has_begun_or_does_not_fit_is_refused(cast: Cast, series: Series) -> None:
    one = first(series)
    for to in (NOW - timedelta(hours=1), NOW + timedelta(days=4000), TUESDAY + timedelta(weeks=1)):
        with pytest.raises(Refused):
            services.move_meeting(actor=cast.cora, meeting=one, starts_at=to, now=NOW)
    for to in (TUESDAY, NOW):
        with pytest.raises(Refused):
            services.add_extra(actor=cast.cora, series=series, starts_at=to, now=NOW)
    Meeting.objects.filter(pk=one.pk).update(state=MeetingState.OPEN)
    with pytest.raises(Refused):
        services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)


def test_members_and_strangers_change_nothing(cast: Cast, series: Series) -> None:
    one = first(series)
    for actor in (cast.mina, cast.theo, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.cancel_meeting(actor=actor, meeting=one, instead="", now=NOW)
        with pytest.raises(Refused):
            services.add_extra(actor=actor, series=series, starts_at=TUESDAY + timedelta(hours=5), now=NOW)
    assert not series.changes.exists()
