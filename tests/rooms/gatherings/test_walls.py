"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.foundation.policy import Refused
from companionway.gatherings.models import CheckIn, Counting, Gathering, HandOver, Seat, Share
from companionway.meetings.models import Cover, Meeting
from companionway.people.models import Organisation
from tests.cast import NOW, Cast, make_person
from tests.rooms.gatherings.conftest import CHARITY, TWELVE, VOICES, Evening, make_evening


def refused(says: str, deed: Any) -> None:
    with pytest.raises((DatabaseError, IntegrityError), match=re.escape(says)), transaction.atomic():
        deed()


def seat(evening: Evening, **also: Any) -> Seat:
    return Seat.objects.create(
        meeting=evening.meeting, token_hash=f"{Seat.objects.count()}", taken_at=NOW, **also
    )


@pytest.mark.parametrize("tradition", [TWELVE, VOICES])
def test_no_person_on_a_seat_where_nobody_keeps_who_came(cast: Cast, tradition: str) -> None:
    evening = make_evening(tradition, cast)
    refused("nobody keeps who came", lambda: seat(evening, person=evening.mina))
    empty = seat(evening)
    refused("nobody keeps who came", lambda: Seat.objects.filter(pk=empty.pk).update(person=evening.mina))


def test_where_it_is_kept_a_seat_knows_its_person_of_this_organisation_only(charity: Evening) -> None:
    assert seat(charity, person=charity.mina).person_id == charity.mina.pk
    elsewhere = Organisation.objects.create(name="Elsewhere", short_name="E", host="e.example.org")
    foreign = make_person("Foreign", organisation=elsewhere)
    refused("different organisations", lambda: seat(charity, person=foreign))


def arrival(evening: Evening, **also: Any) -> CheckIn:
    return CheckIn.objects.create(meeting=evening.meeting, client_id="a", came_at=NOW, **also)


def test_no_name_and_no_head_at_the_door_where_neither_is_kept(cast: Cast) -> None:
    twelve, voices = make_evening(TWELVE, cast), make_evening(VOICES, cast)
    refused("nobody counts who comes", lambda: arrival(twelve))
    refused("nobody", lambda: arrival(twelve, sealed=b"x"))
    refused("nobody counts who comes", lambda: arrival(voices))
    Counting.objects.create(series=voices.series, agreed_at=NOW)
    refused("nobody keeps who came", lambda: arrival(voices, sealed=b"x"))
    assert arrival(voices).pk


def test_heads_are_counted_only_where_the_tradition_and_the_group_say_so(cast: Cast) -> None:
    two, voices = make_evening("twelve_step_sponsorship", cast), make_evening(VOICES, cast)
    refused("nobody counts", lambda: Counting.objects.create(series=two.series, agreed_at=NOW))
    for each in (two, voices):
        refused("nobody counts", lambda each=each: _count(each))
    Counting.objects.create(series=voices.series, agreed_at=NOW)
    assert _count(voices) == 1


def _count(evening: Evening) -> int:
    return Meeting.objects.filter(pk=evening.meeting.pk).update(head_count=7)


def test_nothing_is_handed_on_in_writing_where_no_notes_are_kept(cast: Cast) -> None:
    for tradition in (TWELVE, VOICES):
        each = make_evening(tradition, cast)
        refused("no notes", lambda each=each: _sheet(each))
    assert _sheet(make_evening(CHARITY, cast)).pk


def _sheet(evening: Evening) -> HandOver:
    return HandOver.objects.create(
        series=evening.series, meeting=evening.meeting, sealed=b"x", written_at=NOW
    )


def words(evening: Evening, where: Seat, **also: Any) -> Share:
    return Share.objects.create(
        meeting=evening.meeting, seat=where, client_id="a", sealed=b"x", written_at=NOW,
        **{"state": "waiting", **also},
    )  # fmt: skip


def test_words_only_while_it_is_open_and_never_from_a_quiet_seat(voices: Evening, cast: Cast) -> None:
    mine = seat(voices)
    refused("is not open", lambda: words(voices, mine))
    voices.open()
    quiet, other = seat(voices, is_quiet=True), make_evening(TWELVE, cast)
    refused("quiet seat", lambda: words(voices, quiet))
    refused("quiet seat", lambda: words(voices, seat(other)))
    refused("share_said_has_a_number", lambda: words(voices, mine, state="said"))
    made = words(voices, mine)
    refused("share_said_has_a_number", lambda: Share.objects.filter(pk=made.pk).update(number=1))
    Gathering.objects.all().delete()
    Meeting.objects.filter(pk=voices.meeting.pk).update(state="closed")
    refused("is not open", lambda: Share.objects.filter(pk=made.pk).update(sealed=b"y"))


def test_where_everything_is_read_first_the_database_takes_no_unread_word(cast: Cast) -> None:
    evening = make_evening("young_people", cast)
    Meeting.objects.filter(pk=evening.meeting.pk).update(state="open")
    here = seat(evening)
    row = {"meeting": evening.meeting, "seat": here, "sealed": b"x", "written_at": NOW}
    said = {"state": "said", "number": 1, "said_at": NOW}
    refused("reads this before", lambda: Share.objects.create(**row, **said, client_id="a"))
    refused("reads this before", lambda: Share.objects.create(**row, state="waiting", client_id="b"))
    held = Share.objects.create(**row, state="held", client_id="c")
    assert Share.objects.filter(pk=held.pk).update(**said) == 1


def test_a_meeting_with_too_few_who_hold_it_is_not_opened(charity: Evening) -> None:
    charity.series.holders.filter(person=charity.ruth).delete()
    with pytest.raises(Refused, match="Too few people hold this meeting"):
        charity.open()
    assert not Gathering.objects.exists()
    Cover.objects.create(meeting=charity.meeting, taken_by=charity.mina, asked_at=NOW)
    charity.open()
    assert Gathering.objects.count() == 1
