"""Who is here this minute: hours, holidays, turns, clock changes. Decision 0016."""

from __future__ import annotations

from datetime import UTC, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companionway.oncall import queries, services
from companionway.oncall.models import Rota
from companionway.people.models import Organisation
from tests.cast import NOW, Cast
from tests.rooms.oncall.conftest import at

ALL_WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), [["09:00", "17:00"]])


def open_all_week(cast: Cast) -> Organisation:
    cast.organisation.opening_hours = ALL_WEEK
    return cast.organisation


def test_who_is_here_is_told_from_hours_and_holidays(cast: Cast):
    here = cast.organisation
    here.opening_hours = {"mon": [["09:00", "12:00"], ["13:00", "17:00"]], "fri": [["20:00", "02:00"]]}
    here.holidays = ["2026-11-23"]
    assert queries.team_presence(here, at("2026-11-30T10:00")).until == at("2026-11-30T12:00")
    assert queries.team_presence(here, at("2026-11-30T12:30")).back_at == at("2026-11-30T13:00")
    # The Monday before is a holiday, so Saturday's answer is Friday night.
    assert queries.team_presence(here, at("2026-11-21T10:00")).back_at == at("2026-11-27T20:00")
    # Past midnight the Friday shift still goes on.
    assert queries.team_presence(here, at("2026-11-28T01:00")).until == at("2026-11-28T02:00")
    here.opening_hours = {}
    assert queries.team_presence(here, at("2026-11-30T10:00")) == queries.Presence(is_here=False)


def test_presence_follows_the_clock_change(cast: Cast):
    here = cast.organisation
    here.opening_hours, here.holidays = {"mon": [["09:00", "17:00"]]}, []
    # Clocks go back on Sunday 25 October 2026: nine o'clock on Monday is then 09:00 UTC, not 08:00.
    back = queries.team_presence(here, at("2026-10-24T12:00")).back_at
    assert back is not None and back.astimezone(UTC).hour == 9


def test_a_night_shift_is_an_hour_longer_when_clocks_go_back(cast: Cast):
    here = cast.organisation
    here.opening_hours = {"sat": [["22:00", "02:00"]]}
    # 01:30 UTC is after the clocks went back, and shows 01:30 a second time: the shift still goes on.
    late = at("2026-10-25T01:30", "UTC")
    assert queries.team_presence(here, late).until == at("2026-10-25T02:00", "UTC")
    # A shift that ended the first time clocks showed 01:30 does not begin again when they show 01:15 once more.
    here.opening_hours = {"sat": [["22:00", "01:30"]]}
    assert queries.team_presence(here, at("2026-10-25T00:29", "UTC")).is_here
    assert not queries.team_presence(here, at("2026-10-25T01:15", "UTC")).is_here
    here.opening_hours = {"sat": [["22:00", "02:00"]]}
    # In spring it ends at the moment of the jump: 01:00 UTC shows 02:00.
    assert queries.team_presence(here, at("2026-03-29T00:59", "UTC")).is_here
    assert not queries.team_presence(here, at("2026-03-29T01:00", "UTC")).is_here


def test_where_no_rota_is_kept_the_hours_alone_say_it(cast: Cast):
    here = open_all_week(cast)
    assert queries.team_presence(here, at("2026-11-21T10:00")).is_here


def test_where_a_rota_is_kept_open_hours_without_a_turn_are_nobody(cast: Cast, oona, turn_of):
    here = open_all_week(cast)
    turn_of(oona, begins=at("2026-11-22T12:00"), hours=2)
    away = queries.team_presence(here, at("2026-11-21T10:00"))
    assert away == queries.Presence(is_here=False, back_at=at("2026-11-22T12:00"))
    there = queries.team_presence(here, at("2026-11-22T13:00"))
    assert there == queries.Presence(is_here=True, until=at("2026-11-22T14:00"))
    # After the last turn nobody can say when: an hour from the opening times would be a promise nobody made.
    assert queries.team_presence(here, at("2026-11-22T14:00")) == queries.Presence(is_here=False)


def test_a_turn_outside_the_hours_is_not_the_team_being_there(cast: Cast, oona, turn_of):
    here = open_all_week(cast)
    turn_of(oona, begins=at("2026-11-21T20:00"), hours=16)
    night = queries.team_presence(here, at("2026-11-21T23:00"))
    assert night == queries.Presence(is_here=False, back_at=at("2026-11-22T09:00"))
    assert queries.is_on_call(oona, at("2026-11-21T23:00"))


def test_two_turns_in_a_row_are_one_presence(cast: Cast, oona, lena, turn_of):
    here = open_all_week(cast)
    turn_of(oona, begins=at("2026-11-22T09:00"), hours=3)
    turn_of(lena, begins=at("2026-11-22T12:00"), hours=3)
    assert queries.team_presence(here, at("2026-11-22T09:30")).until == at("2026-11-22T15:00")


def test_whoever_takes_a_break_is_not_there_at_once(cast: Cast, oona, turn_of):
    here = open_all_week(cast)
    turn_of(oona, begins=at("2026-11-21T10:00"), hours=5)
    oona.paused_at = NOW
    oona.save()
    assert not queries.team_presence(here, at("2026-11-21T11:00")).is_here


def test_a_rota_that_is_stopped_leaves_it_to_the_hours(cast: Cast, oona, lena, turn_of):
    here = open_all_week(cast)
    turn_of(oona, begins=at("2026-11-22T12:00"), hours=2)
    services.stop_rota(actor=lena, now=NOW)
    assert queries.team_presence(here, at("2026-11-21T10:00")).is_here
    turn_of(oona, begins=at("2026-11-22T12:00"), hours=2)
    assert not queries.team_presence(here, at("2026-11-21T10:00")).is_here


def test_presence_asks_the_database_once(cast: Cast, oona, lena):
    here = open_all_week(cast)
    with CaptureQueriesContext(connection) as asked:
        queries.team_presence(here, at("2026-11-21T20:00"))
    assert len(asked) == 1
    slots = [services.SlotGiven(oona, 1, day, time(9), time(17)) for day in range(7)]
    services.set_weekly_pattern(actor=lena, slots=slots, now=NOW)
    for moment in ("2026-11-21T11:00", "2026-11-21T20:00"):
        with CaptureQueriesContext(connection) as asked:
            presence = queries.team_presence(here, at(moment))
        assert len(asked) == 1 and (presence.is_here or presence.back_at)


def test_an_organisation_that_is_not_set_up_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not queries.team_presence(Organisation(), NOW).is_here


def test_the_rota_of_another_organisation_changes_nothing(cast: Cast, oona, turn_of):
    turn_of(oona, begins=at("2026-11-22T12:00"), hours=2)
    other = Organisation.objects.create(
        name="Elsewhere", short_name="Elsewhere", host="other.example", opening_hours=ALL_WEEK
    )
    assert queries.team_presence(other, at("2026-11-21T10:00")).is_here
    Rota.objects.create(organisation=other, began_at=NOW, time_zone="UTC")
    assert not queries.team_presence(other, at("2026-11-22T12:30")).is_here


@pytest.mark.parametrize("wrong", ["Europe/Nowhere", "../secret", ""])
def test_a_zone_that_nobody_knows_is_utc(cast: Cast, wrong: str):
    here = open_all_week(cast)
    here.time_zone = wrong
    assert queries.team_presence(here, NOW).until == NOW.replace(hour=17) + timedelta(0)
