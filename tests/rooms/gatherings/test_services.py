"""One evening: seats, turns, shares, pauses, the private word and the close."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.concerns.models import Concern
from companionway.foundation import sealing
from companionway.foundation.models import DataKey
from companionway.foundation.policy import Refused
from companionway.gatherings import policy, queries, services
from companionway.gatherings.models import Asking, Gathering, Reaction, Seat, Share
from companionway.meetings.models import Holds
from companionway.meetings.states import MeetingState
from companionway.people.models import Stop
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.gatherings.conftest import WORDS, Evening, make_meeting, make_series


def said(evening: Evening) -> list[str]:
    room = queries.room_of(evening.anew(), None, is_frame=False)
    assert room is not None
    return [each.text for each in room.shares]


def test_only_those_who_hold_it_open_it_and_once(twelve: Evening) -> None:
    with pytest.raises(Refused):
        services.open_meeting(actor=twelve.mina, meeting=twelve.meeting, now=NOW)
    with pytest.raises(Refused):
        services.open_meeting(actor=twelve.theo, meeting=twelve.meeting, now=NOW - timedelta(hours=2))
    assert twelve.open().state == MeetingState.OPEN
    with pytest.raises(Refused):
        services.open_meeting(actor=twelve.ruth, meeting=twelve.meeting, now=NOW)


def test_a_seat_is_taken_once_and_by_whom_it_is_open_to(twelve: Evening) -> None:
    with pytest.raises(Refused):
        twelve.sit(twelve.mina)
    twelve.open()
    ticket = twelve.sit(twelve.mina, "Wren")
    again = services.take_seat(
        actor=twelve.mina,
        meeting=twelve.anew(),
        name="x",
        is_quiet=False,
        is_new=False,
        ticket=ticket,
        now=NOW,
    )
    assert again.ticket == ticket and Seat.objects.count() == 1
    with pytest.raises(Refused):
        twelve.sit(twelve.sam)


def test_a_ticket_is_good_for_its_person_and_its_meeting_only(twelve: Evening) -> None:
    twelve.open()
    ticket = twelve.sit(twelve.mina)
    other = make_meeting(make_series(twelve.programme))
    assert queries.seat_of(twelve.mina, twelve.anew(), ticket) is not None
    assert queries.seat_of(twelve.nia, twelve.anew(), ticket) is None
    assert queries.seat_of(twelve.mina, other, ticket) is None
    assert queries.seat_of(twelve.mina, twelve.anew(), ticket.partition(".")[0] + ".forged") is None
    with pytest.raises(Refused):
        twelve.share(twelve.nia, ticket)


def test_a_share_sent_twice_is_one(voices: Evening) -> None:
    voices.open()
    ticket = voices.sit(voices.mina)
    first, again = voices.share(voices.mina, ticket), voices.share(voices.mina, ticket, "otherwise")
    assert first.pk == again.pk and Share.objects.count() == 1 and said(voices) == [WORDS]


def test_in_the_round_what_one_writes_waits_for_their_turn_and_is_then_said(twelve: Evening) -> None:
    twelve.open()
    mina, nia = twelve.sit(twelve.mina, "Wren"), twelve.sit(twelve.nia, "Robin")
    twelve.to_part("round")
    assert Gathering.objects.get().turn == twelve.seat(twelve.mina, mina)
    twelve.share(twelve.nia, nia, "second")
    assert said(twelve) == []
    twelve.share(twelve.mina, mina, "first")
    assert said(twelve) == ["first"]
    services.next_turn(actor=twelve.ruth, meeting=twelve.anew(), now=NOW)
    assert said(twelve) == ["first", "second"]


def test_whoever_passes_has_no_turn_and_a_quiet_seat_never(twelve: Evening) -> None:
    twelve.open()
    mina, _nia = twelve.sit(twelve.mina), twelve.sit(twelve.nia, quiet=True)
    theo = twelve.sit(twelve.theo)
    twelve.to_part("round")
    services.pass_turn(actor=twelve.mina, meeting=twelve.anew(), ticket=mina, now=NOW)
    assert Gathering.objects.get().turn == twelve.seat(twelve.theo, theo)
    services.next_turn(actor=twelve.ruth, meeting=twelve.anew(), now=NOW)
    assert Gathering.objects.get().turn is None


def test_whoever_passed_before_is_not_asked(twelve: Evening) -> None:
    twelve.open()
    twelve.sit(twelve.mina)
    nia, theo = twelve.sit(twelve.nia), twelve.sit(twelve.theo)
    twelve.to_part("round")
    services.pass_turn(actor=twelve.nia, meeting=twelve.anew(), ticket=nia, now=NOW)
    services.next_turn(actor=twelve.theo, meeting=twelve.anew(), now=NOW)
    assert Gathering.objects.get().turn == twelve.seat(twelve.theo, theo)


def test_in_a_pause_and_in_silence_what_is_written_is_stored_and_said_after(twelve: Evening) -> None:
    twelve.open()
    ticket = twelve.sit(twelve.mina)
    services.pause(actor=twelve.theo, meeting=twelve.anew(), reason="A kettle is burning", now=NOW)
    twelve.share(twelve.mina, ticket, "in the pause", "a")
    assert said(twelve) == []
    services.go_on(actor=twelve.ruth, meeting=twelve.anew(), now=NOW + timedelta(minutes=3))
    assert said(twelve) == ["in the pause"]
    assert Gathering.objects.get().part_began_at == NOW + timedelta(minutes=3)
    twelve.to_part("silence")
    twelve.share(twelve.mina, ticket, "in the silence", "b")
    assert said(twelve) == ["in the pause"]


def test_two_who_press_next_at_once_go_on_by_one(twelve: Evening) -> None:
    meeting = twelve.open()
    services.next_part(actor=twelve.theo, meeting=meeting, after=0, now=NOW)
    services.next_part(actor=twelve.ruth, meeting=meeting, after=0, now=NOW)
    assert Gathering.objects.get().part == 1


def test_a_quiet_seat_does_not_write_but_may_be_with_somebody(voices: Evening) -> None:
    voices.open()
    mina, nia = voices.sit(voices.mina), voices.sit(voices.nia, quiet=True)
    share = voices.share(voices.mina, mina)
    with pytest.raises(Refused):
        voices.share(voices.nia, nia)
    services.be_with(actor=voices.nia, meeting=voices.anew(), ticket=nia, share=share, now=NOW)
    room = queries.room_of(voices.anew(), voices.seat(voices.mina, mina), is_frame=False)
    assert room is not None and room.shares[0].with_count == 1 and room.seats == []
    services.be_with(actor=voices.nia, meeting=voices.anew(), ticket=nia, share=share, now=NOW)
    assert Reaction.objects.count() == 0
    services.speak_up(actor=voices.nia, meeting=voices.anew(), ticket=nia, now=NOW)
    assert voices.share(voices.nia, nia).state == "said"


def test_a_muted_seat_reads_why_and_writes_nothing(voices: Evening) -> None:
    voices.open()
    ticket = voices.sit(voices.mina)
    seat = voices.seat(voices.mina, ticket)
    with pytest.raises(Refused):
        services.mute_seat(actor=voices.nia, meeting=voices.anew(), seat=seat, reason="x", now=NOW)
    with pytest.raises(Refused):
        services.mute_seat(actor=voices.theo, meeting=voices.anew(), seat=seat, reason=" ", now=NOW)
    services.mute_seat(actor=voices.theo, meeting=voices.anew(), seat=seat, reason="Let us breathe.", now=NOW)
    with pytest.raises(Refused):
        voices.share(voices.mina, ticket)
    second = queries.room_of(voices.anew(), None, is_frame=True)
    assert second is not None and second.seats[0].mute_reason == "Let us breathe."
    services.unmute_seat(actor=voices.ruth, meeting=voices.anew(), seat=seat, now=NOW)
    assert voices.share(voices.mina, ticket).state == "said"


def test_the_private_word_and_the_call(twelve: Evening) -> None:
    twelve.open()
    ticket = twelve.sit(twelve.mina, quiet=True)
    seat = twelve.seat(twelve.mina, ticket)
    with pytest.raises(Refused):
        services.ask_all_right(actor=twelve.nia, meeting=twelve.anew(), seat=seat, now=NOW)
    for _ in range(2):
        services.ask_all_right(actor=twelve.theo, meeting=twelve.anew(), seat=seat, now=NOW)
    assert Asking.objects.count() == 1 and not Concern.objects.exists()
    services.answer_asking(actor=twelve.mina, meeting=twelve.anew(), ticket=ticket, answer="call", now=NOW)
    concern = Concern.objects.get()
    assert (concern.about_id, concern.raised_by_id, concern.subject) == (twelve.mina.pk, twelve.mina.pk, "")
    room = queries.room_of(twelve.anew(), None, is_frame=True)
    assert room is not None and room.seats[0].asked == "call"
    with pytest.raises(Refused):
        services.ask_all_right(actor=twelve.theo, meeting=twelve.anew(), seat=seat, now=NOW)
        services.answer_asking(actor=twelve.mina, meeting=twelve.anew(), ticket=ticket, answer="odd", now=NOW)


def test_only_the_call_calls_somebody(twelve: Evening) -> None:
    twelve.open()
    ticket = twelve.sit(twelve.mina)
    seat = twelve.seat(twelve.mina, ticket)
    for each in ("fine", "company"):
        services.ask_all_right(actor=twelve.theo, meeting=twelve.anew(), seat=seat, now=NOW)
        services.answer_asking(actor=twelve.mina, meeting=twelve.anew(), ticket=ticket, answer=each, now=NOW)
    assert not Concern.objects.exists() and Asking.objects.count() == 2


def test_what_was_said_goes_at_the_close_where_it_passes(twelve: Evening) -> None:
    meeting = twelve.open()
    ticket = twelve.sit(twelve.mina, "Wren")
    twelve.share(twelve.mina, ticket)
    with pytest.raises(Refused):
        services.close_meeting(actor=twelve.mina, meeting=meeting, now=NOW)
    services.close_meeting(actor=twelve.theo, meeting=meeting, now=NOW)
    assert not Share.objects.exists() and not Seat.objects.exists() and not Asking.objects.exists()
    assert DataKey.objects.get(kind=sealing.GATHERING, owner_id=meeting.pk).wrapped is None
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(sealing.GATHERING, meeting.pk)
    with pytest.raises(Refused):
        twelve.share(twelve.mina, ticket)


def test_where_it_is_kept_it_stays_a_day_and_then_goes(charity: Evening) -> None:
    meeting = charity.open()
    ticket = charity.sit(charity.mina, "Wren")
    charity.share(charity.mina, ticket)
    services.close_meeting(actor=charity.theo, meeting=meeting, now=NOW)
    services.forget_due(actor=None, now=NOW + timedelta(hours=23))
    assert Share.objects.count() == 1
    with pytest.raises(Refused):
        charity.share(charity.mina, ticket, "late", "late")
    assert services.forget_due(actor=None, now=NOW + timedelta(hours=24)) == 1
    assert not Share.objects.exists()
    kept = Seat.objects.get()
    assert (kept.person_id, kept.sealed) == (charity.mina.pk, None)


def test_a_meeting_that_nobody_closed_closes_by_itself(twelve: Evening) -> None:
    twelve.open()
    twelve.share(twelve.mina, twelve.sit(twelve.mina))
    assert services.close_left_open(actor=None, now=NOW + timedelta(hours=4)) == 0
    assert services.close_left_open(actor=None, now=NOW + timedelta(hours=5)) == 1
    assert not Share.objects.exists() and twelve.anew().state == MeetingState.CLOSED


def test_whoever_is_stopped_meanwhile_is_out_but_may_leave_and_call(charity: Evening) -> None:
    charity.open()
    theo, mina = charity.sit(charity.theo), charity.sit(charity.mina)
    seat = charity.seat(charity.mina, mina)
    services.ask_all_right(actor=charity.ruth, meeting=charity.anew(), seat=seat, now=NOW)
    for each in (charity.mina, charity.theo):
        Stop.objects.create(
            person=each, programme=charity.programme, days=3, decided_by=charity.cast.cora, began_at=NOW
        )
    with pytest.raises(Refused, match="no part here"):
        charity.share(charity.mina, mina)
    with pytest.raises(Refused):
        services.next_part(actor=charity.theo, meeting=charity.anew(), after=0, now=NOW)
    with pytest.raises(Refused):
        charity.share(charity.theo, theo)
    services.answer_asking(actor=charity.mina, meeting=charity.anew(), ticket=mina, answer="call", now=NOW)
    services.leave_seat(actor=charity.mina, meeting=charity.anew(), ticket=mina, now=NOW)
    assert Concern.objects.count() == 1


def test_never_with_whoever_holds_it_or_sits_there(charity: Evening) -> None:
    later = make_meeting(make_series(charity.programme), NOW + timedelta(days=1))
    charity.open()
    charity.sit(charity.mina)
    safety.block_person(actor=charity.nia, person=charity.mina, now=NOW)
    refusal = policy.may_enter(charity.nia, charity.anew(), NOW)
    assert not refusal and "not free" in refusal.reason and "Mina" not in refusal.reason
    assert [each.pk for each in queries.other_evenings(charity.nia, charity.anew(), NOW)] == [later.pk]
    Holds.objects.create(
        series=later.series, person=charity.mina, role="facilitator", holds_frame=True, since_at=NOW
    )
    assert queries.other_evenings(charity.nia, charity.anew(), NOW) == []


def test_a_full_evening_sounds_the_same(charity: Evening) -> None:
    charity.open()
    charity.series.capacity = 1
    charity.series.save()
    charity.sit(charity.mina)
    assert policy.may_enter(charity.nia, charity.anew(), NOW) == policy.not_this_evening()


def test_where_seats_know_nobody_only_those_who_hold_it_are_looked_at(twelve: Evening) -> None:
    twelve.open()
    twelve.sit(twelve.mina)
    safety.block_person(actor=twelve.nia, person=twelve.mina, now=NOW)
    assert policy.may_enter(twelve.nia, twelve.anew(), NOW)
    safety.block_person(actor=twelve.ruth, person=twelve.nia, now=NOW)
    assert not policy.may_enter(twelve.nia, twelve.anew(), NOW)
