"""On the page of a meeting: the way in, and for those who hold it their page. Nothing for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from companionway.gatherings import services
from companionway.gatherings.models import Counting
from companionway.meetings import beside
from companionway.meetings.models import Meeting, Series
from companionway.meetings.states import Way
from companionway.people.models import Person
from companionway.people.roles import COORDINATOR
from tests.cast import NOW, Cast, give
from tests.rooms.gatherings.conftest import CHARITY, TWELVE, Evening, make_evening

ComeIn = Callable[[Person], Client]


def shown(person: Person, evening: Evening) -> list[tuple[str, bool]]:
    at = f"/gatherings/{evening.meeting.public_id}/"
    found = [each for each in beside.links(person, evening.anew(), NOW) if each.url.startswith(at)]
    return [(each.url.removeprefix(at), each.is_main) for each in found]


def test_before_during_and_after_an_evening_in_writing(twelve: Evening) -> None:
    assert shown(twelve.mina, twelve) == [("", False)]
    assert shown(twelve.theo, twelve) == [("", False), ("hold/", True)]
    twelve.open()
    assert shown(twelve.mina, twelve) == [("", True)]
    assert shown(twelve.theo, twelve) == [("", True), ("hold/", False)]
    services.close_meeting(actor=twelve.theo, meeting=twelve.anew(), now=NOW)
    assert shown(twelve.mina, twelve) == []
    assert shown(twelve.theo, twelve) == [("hold/", False)]


def test_nothing_to_a_stranger_to_whoever_only_arranges_and_of_what_is_cancelled(twelve: Evening) -> None:
    give(twelve.cast.cora, COORDINATOR, twelve.programme)
    Series.objects.filter(pk=twelve.series.pk).update(is_closed=True)
    assert shown(twelve.sam, twelve) == shown(twelve.cast.cora, twelve) == []
    Series.objects.filter(pk=twelve.series.pk).update(is_closed=False)
    Meeting.objects.filter(pk=twelve.meeting.pk).update(state="cancelled")
    assert shown(twelve.mina, twelve) == shown(twelve.theo, twelve) == []


def test_a_real_room_has_a_door_here_only_where_people_are_counted_or_named(cast: Cast) -> None:
    twelve = make_evening(TWELVE, cast, way=Way.IN_PERSON)
    assert shown(twelve.mina, twelve) == shown(twelve.theo, twelve) == []
    Counting.objects.create(series=twelve.series, agreed_at=NOW)
    assert shown(twelve.mina, twelve) == [("", False)]
    charity = make_evening(CHARITY, cast, way=Way.IN_PERSON)
    charity.open()
    assert shown(charity.mina, charity) == [("", False)]


@pytest.mark.usefixtures("at_that_time")
def test_the_page_of_a_meeting_has_the_way_in(come_in: ComeIn, twelve: Evening) -> None:
    twelve.open()
    page = come_in(twelve.mina).get(f"/meetings/one/{twelve.meeting.public_id}/").content.decode()
    assert f'href="/gatherings/{twelve.meeting.public_id}/"' in page and "Come in" in page
    assert "For those who hold it" not in page


def test_early_the_page_of_those_who_hold_it_is_there_and_not_first(twelve: Evening) -> None:
    later = NOW + timedelta(days=2)
    Meeting.objects.filter(pk=twelve.meeting.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert shown(twelve.theo, twelve) == [("", False), ("hold/", False)]
