"""Groups of young people at night, and what an adult alone never reads there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from companionway.conversations import places
from companionway.conversations import queries as talks
from companionway.conversations import services as talking
from companionway.conversations.models import Message
from companionway.conversations.talk_page import talk_page
from companionway.foundation.policy import Refused
from companionway.gatherings import policy as gatherings
from companionway.groups import policy, queries, services
from companionway.groups.models import Group, TalkWish
from companionway.meetings.models import Holds, Meeting, Series
from companionway.notices import times
from companionway.people import queries as people_queries
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.people.nights import night_of
from companionway.release import services as release
from companionway.release.models import HeldReply
from tests.cast import NOW, enters, give, make_person
from tests.rooms.groups.conftest import World, come_in, meetings_for

# Half past nine in the evening and half past seven in the morning, in London in winter.
NIGHT = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
WORDS = "Is anybody awake?"


@pytest.fixture
def young(world: World) -> Programme:
    made = people.create_programme(
        actor=None,
        organisation=world.cast.organisation,
        name="After school",
        practice_model="young_people",
        now=NOW,
    )
    give(world.cast.cora, roles.COORDINATOR, made)
    return made


@pytest.fixture
def wren(young: Programme) -> Person:
    return _young("Wren", young)


def _young(name: str, programme: Programme) -> Person:
    made = make_person(name)
    Person.objects.filter(pk=made.pk).update(age_band="young")
    made.refresh_from_db()
    give(made, roles.MEMBER, programme)
    return made


@pytest.fixture
def group(world: World, young: Programme, wren: Person) -> Group:
    cora = world.cast.cora
    says = services.Says(name="Tuesday biscuits", kind="closed", age_band="young")
    made = services.begin_group(actor=cora, programme=young, says=says, now=NOW)
    services.meet_by(actor=cora, group=made, series=meetings_for(world, made), now=NOW)
    services.open_space(actor=cora, group=made, now=NOW)
    made = Group.objects.select_related("programme", "space").get(pk=made.pk)
    for each in (wren, _young("Finn", young)):
        services.ask_for_place(actor=each, group=made, now=NOW)
        come_in(each, made)
    places.forget_all()
    return made


def _hold(group: Group, *holders: Person) -> Series:
    series = group.meets.get().series
    for each in holders:
        give(each, roles.SUPPORTER, group.programme)
        Holds.objects.create(
            series=series, person=each, role="facilitator", holds_frame=True, since_at=NOW - timedelta(days=1)
        )
    return series


def _says(who: Person, group: Group, now: datetime) -> None:
    assert group.space is not None
    talking.send_message(actor=who, conversation=group.space, text=WORDS, now=now)


def test_at_night_nothing_is_written_there_and_the_page_says_until_when(group: Group, wren: Person) -> None:
    with pytest.raises(Refused, match="until 7:30 am"):
        _says(wren, group, NIGHT)
    assert not HeldReply.objects.exists()
    assert group.space is not None
    own = talks.own_side(wren, group.space.public_id)
    assert own is not None
    asleep = talk_page(person=wren, conversation=own, before_id=None, now=NIGHT)
    assert not asleep.may_write and "Help now" in asleep.asleep
    awake = talk_page(person=wren, conversation=own, before_id=None, now=MORNING)
    assert awake.may_write and awake.asleep == ""
    _says(wren, group, MORNING)
    assert HeldReply.objects.count() == 1


def test_words_typed_at_night_stand_there_as_a_draft_in_the_morning(group: Group, wren: Person) -> None:
    client = enters(Client(), wren)
    assert group.space is not None
    page = f"/messages/{group.space.public_id}/"
    with time_machine.travel(NIGHT, tick=False):
        answer = client.post(f"{page}send", {"text": WORDS, "client_id": "a-page"})
        assert answer.status_code == 422 and b"/help-now/" in answer.content
        assert WORDS not in client.get(page).content.decode()
    with time_machine.travel(MORNING, tick=False):
        assert WORDS in client.get(page).content.decode()


def test_what_waited_is_not_shown_at_night_either(world: World, group: Group, wren: Person) -> None:
    _says(wren, group, NOW)
    held, cora = HeldReply.objects.get(), world.cast.cora
    release.open_reply(actor=cora, held=held, now=NIGHT)
    with pytest.raises(Refused, match="until 7:30 am"):
        release.release_reply(actor=cora, held=held, version=held.version, now=NIGHT)
    assert not Message.objects.exclude(author=None).exists()
    release.release_reply(actor=cora, held=held, version=held.version, now=MORNING)
    assert Message.objects.exclude(author=None).count() == 1


def test_the_night_follows_the_clock_of_the_organisation_when_it_changes(young: Programme) -> None:
    night = night_of(young)
    assert night is not None
    # In the night of 28 March 2027 clocks in Britain go forward: half past seven is half past six by the sun.
    assert night.ends_at(datetime(2027, 3, 27, 23, 0, tzinfo=UTC)) == datetime(2027, 3, 28, 6, 30, tzinfo=UTC)
    assert night.ends_at(datetime(2027, 3, 28, 6, 29, tzinfo=UTC)) is not None
    assert night.ends_at(datetime(2027, 3, 28, 6, 30, tzinfo=UTC)) is None
    assert night.ends_at(NIGHT) == MORNING
    assert night.ends_at(NOW) is None


def test_nobody_young_hears_of_anything_at_night_and_adults_as_they_chose(world: World, wren: Person) -> None:
    assert times.after_quiet(wren, NIGHT) == MORNING
    assert times.after_quiet(wren, NOW) == NOW
    assert times.after_quiet(world.cast.mina, NIGHT) == NIGHT
    assert people_queries.night_ends(world.cast.mina, NIGHT) is None


def test_no_meeting_is_opened_at_night(world: World, group: Group) -> None:
    series = _hold(group, world.nia, world.ada)
    ends = NIGHT + timedelta(hours=1)
    meeting = Meeting.objects.create(
        series=series, original=NIGHT, starts_at=NIGHT, ends_at=ends, way=series.way
    )
    meeting = Meeting.objects.select_related("series__programme").get(pk=meeting.pk)
    assert "until 7:30 am" in gatherings.may_open(world.nia, meeting, NIGHT).reason
    assert gatherings.may_open(world.nia, meeting, NIGHT - timedelta(minutes=31))


def test_no_adult_alone_reads_a_private_word_of_somebody_young(
    world: World, group: Group, wren: Person
) -> None:
    _hold(group, world.nia)
    with pytest.raises(Refused, match="two people read this together"):
        services.ask_for_talk(actor=wren, group=group, to=world.nia, words=WORDS, now=NOW)
    assert not TalkWish.objects.exists()
    _hold(group, world.ada)
    services.ask_for_talk(actor=wren, group=group, to=world.nia, words=WORDS, now=NOW)
    for each in (world.nia, world.ada):
        assert [words for _wish, words in queries.talk_wishes_for(each, group)] == [WORDS]
    page = enters(Client(), wren).get(f"/groups/{group.public_id}/talk/")
    assert "No adult reads it alone" in page.content.decode()
    services.talk_is_over(actor=world.ada, wish=TalkWish.objects.get(to=world.ada), now=NOW)
    assert not TalkWish.objects.exists()
    assert policy.talk_wishes_visible_to(world.nia).count() == 0


def test_a_place_in_a_short_queue_has_no_number(group: Group, young: Programme) -> None:
    full = Group.objects.get(pk=group.pk)
    Group.objects.filter(pk=group.pk).update(capacity=2)
    waiting = [_young(name, young) for name in ("Ash", "Bay", "Cole", "Dell", "Elm")]
    for each in waiting:
        services.ask_for_place(actor=each, group=full, now=NOW)
    full.refresh_from_db()
    pages = [queries.page_of(each, full, NOW) for each in waiting]
    assert [page.place for page in pages if page] == [1, 2, 3, 4, 5]
    assert [page.shows_place_number for page in pages if page] == [False] * 4 + [True]
    third = enters(Client(), waiting[2]).get(f"/groups/{full.public_id}/").content.decode()
    assert "You wait for a place" in third and "You are number" not in third
