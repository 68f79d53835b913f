"""What a person takes along, what goes with them, what can be reported, and what the clocks do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from companionway.foundation import parts, retention, sealing
from companionway.foundation.policy import Refused
from companionway.gatherings import extracts, queries, services, tasks
from companionway.gatherings.models import CheckIn, HandOver, Seat, Share
from companionway.safety import queries as safety
from tests.cast import NOW
from tests.rooms.gatherings.conftest import WORDS, Evening


def test_one_downloads_where_one_came_only_where_that_is_kept(charity: Evening, twelve: Evening) -> None:
    for each in (charity, twelve):
        each.open()
        each.sit(each.mina)
    mine = parts.export_of(charity.mina)["gatherings"]["meetings_i_came_to"]
    assert [each["meeting"] for each in mine] == ["By the canal"]
    assert parts.export_of(charity.nia)["gatherings"]["meetings_i_came_to"] == []


def test_delete_everything_takes_seats_and_words(charity: Evening) -> None:
    charity.open()
    mina, nia = charity.sit(charity.mina), charity.sit(charity.nia)
    charity.share(charity.mina, mina)
    charity.share(charity.nia, nia, "stays")
    gone = parts.erase(charity.mina, NOW)
    assert (gone["words_in_meetings"], gone["seats"]) == (1, 1)
    assert list(Seat.objects.values_list("person", flat=True)) == [charity.nia.pk]
    room = queries.room_of(charity.anew(), None, is_frame=False)
    assert room is not None and [each.text for each in room.shares] == ["stays"]


def test_a_share_is_reported_by_whoever_was_there_while_it_exists(charity: Evening) -> None:
    meeting = charity.open()
    mina = charity.sit(charity.mina)
    charity.sit(charity.nia)
    share = charity.share(charity.mina, mina)
    subject = f"share:{share.public_id}"
    found = safety.reportable(charity.nia, subject)
    assert found is not None and (found.text, found.about) == (WORDS, charity.mina)
    assert safety.reportable(charity.mina, subject) is None
    for stranger in (charity.sam, charity.ruth):
        assert safety.reportable(stranger, subject) is None
    services.close_meeting(actor=charity.theo, meeting=meeting, now=NOW)
    assert safety.reportable(charity.nia, subject) is not None
    tasks.forget(NOW + timedelta(hours=25))
    assert safety.reportable(charity.nia, subject) is None


def test_where_the_seat_knows_nobody_a_report_names_nobody_and_those_who_hold_it_look(
    twelve: Evening,
) -> None:
    twelve.open()
    mina, nia = twelve.sit(twelve.mina), twelve.sit(twelve.nia)
    share = twelve.share(twelve.mina, mina)
    assert extracts.of_share(twelve.nia, share.public_id) is None
    services.flag_share(actor=twelve.nia, meeting=twelve.anew(), ticket=nia, share=share, now=NOW)
    room = queries.room_of(twelve.anew(), None, is_frame=True)
    assert room is not None and room.shares[0].is_flagged


def test_own_words_can_be_taken_back_and_only_own(twelve: Evening) -> None:
    twelve.open()
    mina, nia = twelve.sit(twelve.mina), twelve.sit(twelve.nia)
    share = twelve.share(twelve.mina, mina)
    at: dict[str, Any] = {"meeting": twelve.anew(), "share": share, "now": NOW}
    with pytest.raises(Refused):
        services.take_back(actor=twelve.nia, ticket=nia, **at)
    assert Share.objects.count() == 1
    services.take_back(actor=twelve.mina, ticket=mina, **at)
    assert not Share.objects.exists()


def test_the_clocks(charity: Evening) -> None:
    charity.open()
    charity.sit(charity.mina)
    services.check_in(actor=None, meeting=charity.anew(), name="W", client_id="a", came_at=NOW, now=NOW)
    services.hand_over(actor=charity.theo, meeting=charity.anew(), words="It hums.", now=NOW)
    retention.run_clocks(NOW + timedelta(days=80))
    assert Seat.objects.exists() and CheckIn.objects.exists() and HandOver.objects.exists()
    retention.run_clocks(NOW + timedelta(days=91))
    assert not HandOver.objects.exists() and Seat.objects.exists()
    retention.run_clocks(NOW + timedelta(days=181))
    assert not Seat.objects.exists() and not CheckIn.objects.exists()


def test_words_are_noise_without_the_key(twelve: Evening) -> None:
    twelve.open()
    share = twelve.share(twelve.mina, twelve.sit(twelve.mina))
    kept = bytes(share.sealed)
    assert WORDS.encode() not in kept
    services.close_meeting(actor=twelve.theo, meeting=twelve.anew(), now=NOW)
    sealing.forget_all()
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(sealing.GATHERING, twelve.meeting.pk)
