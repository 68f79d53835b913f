"""A meeting that has only so many places: who asks first has one, nobody overtakes, and where nothing is kept of who
comes, nothing is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.meetings import nearing, queries, services
from companionway.meetings.exporting import part as exported
from companionway.meetings.models import Meeting, Place, Series
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.meetings.conftest import begun, tell, tuesdays

ComeIn = Callable[[Person], Client]


@pytest.fixture
def keeping(cast: Cast) -> None:
    """A tradition that keeps who comes."""
    cast.programme.keeps_attendance = True
    cast.programme.save()


@pytest.fixture
def one(cast: Cast, keeping: None) -> Meeting:
    """The first meeting of a series with two places."""
    return begun(cast, capacity=2).meetings.order_by("starts_at")[0]


def ask(person: Person, meeting: Meeting, minutes: int = 0) -> Place:
    return services.ask_for_place(actor=person, meeting=meeting, now=NOW + timedelta(minutes=minutes))


def held(meeting: Meeting) -> list[str]:
    return sorted(meeting.places.filter(is_held=True).values_list("person__name", flat=True))


def test_first_come_first_served_and_a_place_given_back_goes_to_the_next(cast: Cast, one: Meeting) -> None:
    for minutes, person in enumerate((cast.mina, cast.theo, cast.ruth, cast.cora)):
        ask(person, one, minutes)
    assert held(one) == ["Mina", "Theo"]
    assert [queries.places_of(each, one).turn for each in (cast.mina, cast.ruth, cast.cora)] == [0, 1, 2]
    services.give_place_back(actor=cast.mina, meeting=one, now=NOW)
    assert held(one) == ["Ruth", "Theo"] and queries.places_of(cast.cora, one).turn == 1
    assert not Place.objects.filter(person=cast.mina).exists()


def test_asking_twice_is_once_and_does_not_lose_the_turn(cast: Cast, one: Meeting) -> None:
    for minutes, person in enumerate((cast.mina, cast.theo, cast.ruth, cast.cora, cast.ruth)):
        ask(person, one, minutes)
    assert queries.places_of(cast.ruth, one).turn == 1 and Place.objects.count() == 4


def test_whoever_must_not_meet_somebody_waits_as_if_it_were_full(cast: Cast, one: Meeting) -> None:
    ask(cast.mina, one)
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    ask(cast.theo, one, 1)
    ask(cast.ruth, one, 2)
    assert held(one) == ["Mina", "Ruth"] and queries.places_of(cast.theo, one).turn == 1
    services.give_place_back(actor=cast.mina, meeting=one, now=NOW)
    assert held(one) == ["Ruth", "Theo"], "passed over without losing the turn"


def test_two_who_must_not_meet_are_not_both_given_a_place_at_once(cast: Cast, one: Meeting) -> None:
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    for minutes, person in enumerate((cast.ruth, cast.cora, cast.mina, cast.theo)):
        ask(person, one, minutes)
    Series.objects.update(capacity=4)
    nearing.pass_places_on(NOW)
    assert held(one) == ["Cora", "Mina", "Ruth"]


def test_more_chairs_and_people_who_left_free_places(cast: Cast, one: Meeting) -> None:
    for minutes, person in enumerate((cast.mina, cast.theo, cast.ruth)):
        ask(person, one, minutes)
    Series.objects.update(capacity=3)
    assert nearing.pass_places_on(NOW) == 1 and len(held(one)) == 3
    assert nearing.pass_places_on(NOW) == 0


def test_whoever_gets_a_place_is_told_and_no_record_says_where(cast: Cast, one: Meeting) -> None:
    for minutes, person in enumerate((cast.mina, cast.theo, cast.ruth)):
        ask(person, one, minutes)
    services.give_place_back(actor=cast.mina, meeting=one, now=NOW)
    records = Record.objects.filter(name__startswith="meetings.place")
    assert {each.subject for each in records} <= {
        f"person:{each.pk}" for each in (cast.mina, cast.theo, cast.ruth)
    }
    assert records.filter(name="meetings.place_given").count() == 1
    assert all(not {"meeting_id", "series_id"} & set(each.payload) for each in records)
    tell()


def test_where_it_is_not_kept_who_comes_there_is_no_list(cast: Cast) -> None:
    meeting = begun(cast, capacity=2).meetings.order_by("starts_at")[0]
    type(cast.programme).objects.filter(pk=cast.programme.pk).update(keeps_attendance=False)
    meeting = Meeting.objects.select_related("series__programme").get(pk=meeting.pk)
    with pytest.raises(Refused):
        ask(cast.mina, meeting)
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.create(meeting=meeting, person=cast.mina, asked_at=NOW)
    assert not Place.objects.exists()


def test_it_is_too_late_when_it_has_begun_and_never_for_strangers(cast: Cast, one: Meeting) -> None:
    with pytest.raises(Refused):
        services.ask_for_place(actor=cast.mina, meeting=one, now=one.starts_at)
    with pytest.raises(Refused):
        ask(cast.sam_the_stranger, one)


def test_a_day_after_it_is_gone_and_what_is_mine_is_in_my_file(cast: Cast, one: Meeting) -> None:
    ask(cast.mina, one)
    assert exported(cast.mina)["meetings_i_mean_to_come_to"][0]["has_a_place"] is True
    nearing.write_all_ahead(one.ends_at + timedelta(hours=23))
    assert Place.objects.exists()
    nearing.write_all_ahead(one.ends_at + timedelta(hours=25))
    assert not Place.objects.exists()


def test_a_kept_place_counts_at_the_door_until_a_quarter_of_an_hour_after(cast: Cast, one: Meeting) -> None:
    ask(cast.mina, one)
    ask(cast.theo, one)
    assert queries.places_kept(one, {cast.mina.pk}, one.starts_at) == 1
    assert queries.places_kept(one, {cast.ruth.pk}, one.starts_at) == 2
    assert queries.places_kept(one, set(), one.starts_at + timedelta(minutes=16)) == 0


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once(cast: Cast, keeping: None) -> None:
    """Eight at the same moment for two places, each in a thread of its own."""
    meeting = begun(cast, capacity=2).meetings.order_by("starts_at")[0]
    people = [make_person(f"Guest {number}") for number in range(8)]
    for each in people:
        give(each, "member", cast.programme)

    def asking(person: Person) -> None:
        try:
            ask(person, meeting)
        finally:
            connection.close()

    threads = [Thread(target=asking, args=(each,)) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held(meeting)) == 2 and meeting.places.count() == 8


def test_on_the_page(cast: Cast, keeping: None, come_in: ComeIn) -> None:
    now = timezone.now()
    details = tuesdays(starts_on=now.date() + timedelta(days=1), rule="FREQ=DAILY", capacity=1)
    series = services.begin_series(actor=cast.cora, programme=cast.programme, details=details, now=now)
    one = series.meetings.order_by("starts_at")[0]
    page, place = (reverse(f"meetings:{name}", args=[one.public_id]) for name in ("meeting", "place"))

    def seen(person: Person, **said: Any) -> str:
        browser = come_in(person)
        if said:
            browser.post(place, said)
        return re.sub(r"\s+", " ", browser.get(page).content.decode())

    assert "Ask for a place" in seen(cast.mina)
    assert "You have a place" in seen(cast.mina, ask="1")
    assert "number 1" in seen(cast.theo, ask="1") and "Mina" not in seen(cast.theo)
    assert "1 have a place, 1 wait" in seen(cast.cora) and "Mina" not in seen(cast.cora)
    assert "Ask for a place" in seen(cast.mina, back="1") and "You have a place" in seen(cast.theo)
    type(cast.programme).objects.update(keeps_attendance=False)
    without = seen(cast.ruth)
    assert "Nobody keeps a list" in without and "Ask for a place" not in without
