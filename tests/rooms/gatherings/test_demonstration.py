"""What the demonstration shows of an evening: it happens by the same deeds, and only when its time is."""

from __future__ import annotations

from datetime import timedelta

from companionway.demonstration.building._gatherings import FIRST_WORDS, gather
from companionway.gatherings import queries
from companionway.people.models import Organisation
from tests.cast import NOW
from tests.rooms.gatherings.conftest import Evening, make_meeting, make_series


def test_an_evening_of_now_is_open_with_a_share_and_a_quiet_seat(voices: Evening) -> None:
    later = make_meeting(make_series(voices.programme), NOW + timedelta(days=1))
    unheld = make_meeting(make_series(voices.programme))
    assert gather(voices.cast.organisation, NOW) == 1
    room = queries.room_of(voices.anew(), None, is_frame=True)
    assert room is not None
    assert [each.text for each in room.shares] == [FIRST_WORDS] and room.quiet_seats == 1
    for each in (later, unheld):
        each.refresh_from_db()
        assert each.state == "planned"


def test_of_this_organisation_only(voices: Evening) -> None:
    other = Organisation.objects.create(name="Elsewhere", short_name="E", host="elsewhere.example.org")
    assert gather(other, NOW) == 0
