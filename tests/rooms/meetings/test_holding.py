"""Positions, cover, and what happens when nobody can: with a clock that is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.meetings import nearing, policy, queries, services
from companionway.meetings.models import Chosen, Cover, Holds, Meeting, Series
from companionway.meetings.states import FACILITATOR, INTERPRETER, WELCOMER, MeetingState
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Stop
from companionway.safety import services as safety
from tests.cast import NOW, Cast, enters, give
from tests.rooms.meetings.conftest import begun

TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def first(series: Series) -> Meeting:
    return series.meetings.select_related("series__programme").order_by("original")[0]


def held(cast: Cast, series: Series, person: Person | None = None, role: str = FACILITATOR) -> Holds:
    return services.hold(actor=cast.cora, series=series, person=person or cast.theo, role=role, now=NOW)


def asked() -> list[int]:
    return [
        each.payload["time"] for each in Record.objects.filter(name="meetings.cover_wanted").order_by("pk")
    ]


def test_a_position_is_given_taken_and_left(cast: Cast, series: Series) -> None:
    holds = held(cast, series)
    assert held(cast, series).pk == holds.pk, "twice changes nothing"
    assert policy.holds_frame(cast.theo, series, NOW)
    with pytest.raises(Refused):
        services.hold(actor=cast.ruth, series=series, person=cast.ruth, role=FACILITATOR, now=NOW)
    services.hold(actor=cast.mina, series=series, person=cast.mina, role=WELCOMER, now=NOW)
    services.step_down(actor=cast.theo, holds=holds, now=NOW)
    assert not policy.holds_frame(cast.theo, series, NOW)
    services.hold(actor=cast.ruth, series=series, person=cast.ruth, role=FACILITATOR, now=NOW)


def test_who_is_not_of_standing_or_not_from_here_holds_nothing(cast: Cast, series: Series) -> None:
    for actor, person, role in (
        (cast.mina, cast.mina, FACILITATOR),
        (cast.cora, cast.sam_the_stranger, WELCOMER),
        (cast.mina, cast.theo, WELCOMER),
        (cast.sam_the_stranger, cast.sam_the_stranger, WELCOMER),
        (cast.cora, cast.theo, "treasurer"),
    ):
        with pytest.raises(Refused):
            services.hold(actor=actor, series=series, person=person, role=role, now=NOW)
    assert not Holds.objects.exists()


def test_whoever_takes_no_part_or_must_not_meet_the_other_holds_nothing(cast: Cast, series: Series) -> None:
    held(cast, series)
    safety.block_person(actor=cast.ruth, person=cast.theo, now=NOW)
    with pytest.raises(Refused):
        held(cast, series, cast.ruth)
    services.step_down(actor=cast.theo, holds=Holds.objects.get(), now=NOW)
    held(cast, series, cast.ruth)
    Stop.objects.create(
        person=cast.theo, programme=cast.programme, began_at=NOW, days=3, decided_by=cast.cora
    )
    with pytest.raises(Refused):
        held(cast, series, cast.theo, WELCOMER)


def test_the_welcomer_s_sentence_is_sealed_and_hidden_from_whom_they_must_not_meet(
    cast: Cast, series: Series
) -> None:
    holds = held(cast, series, cast.mina, WELCOMER)
    services.say_at_the_door(actor=cast.mina, holds=holds, words="I wear a green scarf.", now=NOW)
    assert b"green" not in bytes(Holds.objects.get().sealed_says or b"")
    assert [(each.name, each.says) for each in queries.at_the_door(cast.theo, series, NOW)] == [
        ("Mina", "I wear a green scarf.")
    ]
    safety.block_person(actor=cast.mina, person=cast.ruth, now=NOW)
    assert queries.at_the_door(cast.ruth, series, NOW) == []
    with pytest.raises(Refused):
        services.say_at_the_door(actor=cast.theo, holds=holds, words="Not mine.", now=NOW)


def test_cover_is_asked_at_a_week_two_days_and_one_day_each_once(cast: Cast, series: Series) -> None:
    for ahead, expected in (
        (timedelta(days=8), []),
        (timedelta(days=7), [1]),
        (timedelta(days=6), [1]),
        (timedelta(hours=48), [1, 2]),
        (timedelta(hours=47), [1, 2]),
        (timedelta(hours=24), [1, 2, 3]),
        (timedelta(hours=4), [1, 2, 3]),
    ):
        for _twice in (1, 2):
            nearing.look_after(TUESDAY - ahead)
        assert asked() == expected
    assert first(series).covers.count() == 1
    assert first(series).state == MeetingState.PLANNED


def test_after_a_pause_people_are_asked_once_not_three_times(cast: Cast, series: Series) -> None:
    nearing.look_after(TUESDAY - timedelta(hours=20))
    assert asked() == [3]


def test_three_hours_before_it_is_cancelled_honestly_and_comes_back_when_somebody_is_found(
    cast: Cast, series: Series
) -> None:
    now = TUESDAY - timedelta(hours=3)
    nearing.look_after(now)
    nearing.look_after(now + timedelta(minutes=5))
    one = first(series)
    assert one.state == MeetingState.CANCELLED
    assert Record.objects.filter(name="meetings.cancelled").count() == 1
    assert "Nobody could hold it" in series.changes.get().instead
    services.take_cover(actor=cast.ruth, cover=one.covers.get(), now=now + timedelta(hours=1))
    assert first(series).state == MeetingState.PLANNED
    nearing.look_after(now + timedelta(hours=1, minutes=5))
    assert first(series).state == MeetingState.PLANNED
    assert policy.holds_frame(cast.ruth, series, TUESDAY)
    assert not policy.holds_frame(cast.ruth, series, TUESDAY + timedelta(weeks=1))
    assert not policy.may_change(cast.ruth, series, TUESDAY), "whoever stands in changes no dates"


def test_a_held_meeting_is_left_alone(cast: Cast, series: Series) -> None:
    held(cast, series)
    assert nearing.look_after(TUESDAY - timedelta(hours=2)) == 0
    assert first(series).state == MeetingState.PLANNED


def test_whoever_cannot_asks_and_somebody_else_takes_it(cast: Cast, series: Series) -> None:
    held(cast, series)
    one = first(series)
    cover = services.ask_for_cover(actor=cast.theo, meeting=one, now=NOW)
    assert services.ask_for_cover(actor=cast.theo, meeting=one, now=NOW).pk == cover.pk
    assert asked() == [0]
    assert queries.how_many_hold(one) == 0
    assert queries.who_could_cover(one, NOW) == {cast.ruth.pk, cast.cora.pk}
    with pytest.raises(Refused):
        services.take_cover(actor=cast.theo, cover=cover, now=NOW)
    with pytest.raises(Refused):
        services.take_cover(actor=cast.mina, cover=cover, now=NOW)
    services.take_cover(actor=cast.ruth, cover=cover, now=NOW)
    with pytest.raises(Refused):
        services.take_cover(actor=cast.cora, cover=cover, now=NOW)
    assert queries.how_many_hold(one) == 1
    services.can_after_all(actor=cast.theo, meeting=one, now=NOW)
    assert queries.how_many_hold(one) == 1, "a yes that was given stands"
    services.give_cover_back(actor=cast.ruth, cover=cover, now=NOW)
    services.can_after_all(actor=cast.theo, meeting=one, now=NOW)
    assert queries.how_many_hold(one) == 1 and not Cover.objects.exists()


def test_nobody_is_asked_to_stand_in_beside_somebody_they_must_not_meet(cast: Cast) -> None:
    series = begun(cast)
    held(cast, series, cast.mina, WELCOMER)
    held(cast, series)
    cover = services.ask_for_cover(actor=cast.theo, meeting=first(series), now=NOW)
    safety.block_person(actor=cast.mina, person=cast.ruth, now=NOW)
    assert queries.who_could_cover(first(series), NOW) == {cast.mina.pk, cast.cora.pk}
    with pytest.raises(Refused):
        services.take_cover(actor=cast.ruth, cover=cover, now=NOW)


def test_a_day_later_nobody_can_see_who_stood_in(cast: Cast, series: Series) -> None:
    nearing.look_after(TUESDAY - timedelta(days=1))
    services.take_cover(actor=cast.ruth, cover=Cover.objects.get(), now=NOW)
    nearing.write_all_ahead(TUESDAY + timedelta(hours=20))
    assert Cover.objects.exists()
    nearing.write_all_ahead(TUESDAY + timedelta(hours=26))
    assert not Cover.objects.exists()
    told = Record.objects.filter(name__in=["meetings.cover_taken", "meetings.cover_wanted"])
    assert told.exists() and not told.exclude(actor_id=None, about_id=None).exists()


def test_a_reminder_is_one_sealed_list_and_leaves_nothing(cast: Cast, series: Series) -> None:
    other = begun(cast, starts_on=date(2026, 11, 25))
    services.remind_me(actor=cast.mina, series=series, now=NOW)
    services.remind_me(actor=cast.mina, series=series, now=NOW)
    services.remind_me(actor=cast.mina, series=other, now=NOW)
    assert queries.chosen_by(cast.mina) == [series.public_id, other.public_id]
    assert queries.who_chose(series) == [cast.mina.pk]
    assert series.public_id.encode() not in bytes(Chosen.objects.get().sealed)
    with pytest.raises(Refused):
        services.remind_me(actor=cast.sam_the_stranger, series=series, now=NOW)
    services.forget(actor=cast.mina, public_id=series.public_id, now=NOW)
    assert queries.who_chose(series) == [] and queries.chosen_by(cast.mina) == [other.public_id]
    services.forget(actor=cast.mina, public_id=other.public_id, now=NOW)
    assert not Chosen.objects.exists()
    told = Record.objects.filter(name="meetings.reminders_chosen")
    assert {each.subject for each in told} == {f"person:{cast.mina.pk}"}
    assert not any("series" in str(each.payload) for each in told)


def test_a_reminder_comes_the_day_before_once_and_says_only_the_day(cast: Cast, series: Series) -> None:
    services.remind_me(actor=cast.mina, series=series, now=NOW)
    assert nearing.remind(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) == 0
    assert nearing.remind(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) == 0, "not early in the morning"
    assert nearing.remind(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == 1
    assert nearing.remind(datetime(2026, 11, 23, 10, 30, tzinfo=UTC)) == 0
    record = Record.objects.get(name="meetings.reminder_due")
    assert record.subject == f"person:{cast.mina.pk}" and "series" not in str(record.payload)
    services.cancel_meeting(
        actor=cast.cora, meeting=series.meetings.order_by("original")[1], instead="", now=NOW
    )
    assert nearing.remind(datetime(2026, 11, 30, 12, 0, tzinfo=UTC)) == 0, "not of what is cancelled"


def test_an_interpreter_is_named_at_the_door_when_they_have_promised(cast: Cast) -> None:
    programme = people.create_programme(
        actor=None,
        organisation=cast.organisation,
        name="Refuge",
        practice_model="refugees_and_survivors",
        now=NOW,
    )
    for each, role in (
        (cast.cora, roles.COORDINATOR),
        (cast.ruth, roles.SUPPORTER),
        (cast.mina, roles.MEMBER),
    ):
        give(each, role, programme)
    series = begun(cast, programme)
    assert queries.lacks_interpreter(series, NOW)
    holds = held(cast, series, cast.ruth, INTERPRETER)
    assert queries.at_the_door(cast.mina, series, NOW) == [] and queries.lacks_interpreter(series, NOW)
    with time_machine.travel(NOW, tick=False):
        page = enters(Client(), cast.ruth).get(f"/meetings/series/{series.public_id}/door/").content.decode()
        assert "The interpreter says everything, adds nothing" in page and "I promise this" in page
        assert "none has said yes so far" in seen_by(cast.mina, series)
        services.say_at_the_door(actor=cast.ruth, holds=holds, words="I interpret Dari.", now=NOW)
        shown = seen_by(cast.mina, series)
        assert "I interpret Dari." in shown and "Interpreter" in shown and "none has said" not in shown
    assert not queries.lacks_interpreter(series, NOW)
    services.say_at_the_door(actor=cast.ruth, holds=holds, words="", now=NOW)
    assert queries.at_the_door(cast.mina, series, NOW) == []
    assert not queries.lacks_interpreter(begun(cast), NOW)


def seen_by(person: Person, series: Series) -> str:
    return enters(Client(), person).get(f"/meetings/series/{series.public_id}/").content.decode()


def test_where_no_space_is_for_staff_only_no_meeting_is_closed(cast: Cast) -> None:
    programme = people.create_programme(
        actor=None,
        organisation=cast.organisation,
        name="House",
        practice_model="clubhouse",
        now=NOW,
    )
    give(cast.cora, roles.COORDINATOR, programme)
    with pytest.raises(Refused, match="open to everybody who belongs"):
        begun(cast, programme, is_closed=True)
    series = begun(cast, programme)
    with pytest.raises(DatabaseError, match="open to everybody who belongs"), transaction.atomic():
        Series.objects.filter(pk=series.pk).update(is_closed=True)
