"""One neutral e-mail when something really waits, to somebody who agreed, at an hour that suits them."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from companionway.conversations import services as conversations
from companionway.conversations.events import MessageSent
from companionway.foundation.events import deliver
from companionway.notices import services, times
from companionway.notices.models import Notice
from companionway.notices.reactions._talking import a_message_waits
from companionway.notices.sending import MOST_ATTEMPTS, send_due
from companionway.notices.states import Channel, Kind, NoticeState
from companionway.notices.writing import note_down
from companionway.people import services as people_services
from companionway.people.models import Purpose
from companionway.safety import services as safety
from tests.cast import NOW, Cast


def soon(minutes: int = 3):
    return timezone.now() + timedelta(minutes=minutes)


def outside() -> list[Notice]:
    return list(Notice.objects.exclude(channel=Channel.PAGE).order_by("pk"))


def test_an_unread_message_is_told_after_two_minutes_and_once_until_read(cast: Cast, talk, by_email, say):
    say("one")
    say("two")
    assert len(outside()) == 1
    assert send_due(timezone.now()) == 0
    assert send_due(soon()) == 1
    say("three")
    assert send_due(soon(10)) == 0
    assert len(mail.outbox) == 1 and mail.outbox[0].to == ["m@example.org"]
    last = say("four")
    conversations.mark_read(actor=cast.mina, conversation=talk, up_to=last.id, now=NOW)
    say("five")
    assert send_due(soon(10)) == 1
    assert len(mail.outbox) == 2


def test_what_was_read_in_time_is_not_told(cast: Cast, talk, by_email, say):
    shown = say()
    conversations.mark_read(actor=cast.mina, conversation=talk, up_to=shown.id, now=NOW)
    assert send_due(soon()) == 0
    assert outside()[0].state == NoticeState.DROPPED


def test_the_writer_hears_nothing_and_neither_does_who_never_agreed(cast: Cast, talk, say):
    services.allow_email(actor=cast.theo, address="t@example.org", now=NOW)
    say(by=cast.theo)
    send_due(soon())
    assert outside() == [] and mail.outbox == []


def test_consent_must_live_at_the_moment_of_sending(cast: Cast, by_email, say):
    say()
    people_services.withdraw_consent(actor=cast.mina, purpose=Purpose.CONTACT_EMAIL, now=NOW)
    assert send_due(soon()) == 0
    assert mail.outbox == []


def test_reacting_twice_to_one_event_makes_one_notice(cast: Cast, talk, by_email, say):
    shown = say()
    event = MessageSent(
        actor_id=cast.theo.pk, subject="message:1", conversation_id=talk.pk, message_id=shown.id
    )
    a_message_waits(event)
    a_message_waits(event)
    assert len(outside()) == 1


def test_nobody_hears_of_whom_they_blocked(cast: Cast, by_email, say):
    say()
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    assert send_due(soon()) == 0
    note_down(
        [cast.mina.pk], kind=Kind.NOTE, subject="relationship:1", once_per="x", by=cast.theo.pk, now=NOW
    )
    assert not Notice.objects.filter(kind=Kind.NOTE).exists()


def test_quiet_hours_hold_a_notice_back_until_they_end(cast: Cast, by_email):
    cast.mina.quiet_from, cast.mina.quiet_until, cast.mina.time_zone = time(21), time(8, 30), "Europe/Paris"
    cast.mina.save()
    night = NOW.replace(hour=22)
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=night)
    (notice,) = outside()
    assert notice.not_before.astimezone(ZoneInfo("Europe/Paris")).time() == time(8, 30)
    assert send_due(night + timedelta(hours=1)) == 0
    assert send_due(notice.not_before) == 1


def test_quiet_hours_chosen_later_are_asked_again_at_sending(cast: Cast, by_email):
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    cast.mina.quiet_from, cast.mina.quiet_until = time(9), time(12)
    cast.mina.save()
    assert send_due(NOW) == 0
    assert outside()[0].state == NoticeState.WAITING
    assert send_due(NOW.replace(hour=13)) == 1


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "hour", "ends"),
    [(22, 7, 23, 31), (22, 7, 6, 7), (22, 7, 12, 12), (9, 17, 10, 17), (9, 17, 17, 17)],
)
def test_when_quiet_ends(cast: Cast, quiet_from, quiet_until, hour, ends):
    cast.mina.time_zone, cast.mina.quiet_from, cast.mina.quiet_until = (
        "UTC",
        time(quiet_from),
        time(quiet_until),
    )
    at = NOW.replace(hour=hour)
    assert times.after_quiet(cast.mina, at) == NOW.replace(hour=0) + timedelta(hours=ends)


def test_kinds_can_be_switched_off_one_by_one(cast: Cast, by_email):
    services.choose_notices(actor=cast.mina, off={"email": frozenset({"note"})}, once_a_day=False, now=NOW)
    for kind in (Kind.NOTE, Kind.YES):
        note_down([cast.mina.pk], kind=kind, subject="relationship:1", once_per="x", now=NOW)
    assert [notice.kind for notice in outside()] == [Kind.YES]
    assert Notice.objects.on_page().count() == 2


def test_a_week_of_quiet_holds_everything_and_then_sends_what_is_still_news(cast: Cast, by_email):
    services.pause_notices(actor=cast.mina, pause=True, now=NOW)
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    assert send_due(NOW + timedelta(days=6)) == 0
    assert send_due(NOW + timedelta(days=8)) == 1


def test_what_was_seen_on_the_page_is_not_sent_any_more(cast: Cast, by_email):
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    services.read_notices(actor=cast.mina, now=NOW)
    assert send_due(soon()) == 0


def test_once_a_day_makes_one_in_the_evening(cast: Cast, talk, by_email, say):
    services.choose_notices(actor=cast.mina, off={}, once_a_day=True, now=NOW)
    for number in range(3):
        note_down([cast.mina.pk], kind=Kind.YES, subject=f"introduction:{number}", once_per="x", now=NOW)
    (notice,) = outside()
    assert notice.kind == Kind.DIGEST
    assert notice.not_before.astimezone(ZoneInfo("Europe/London")).time() == times.DIGEST_AT
    assert send_due(NOW) == 0
    assert send_due(notice.not_before) == 1


def test_a_server_that_fails_is_tried_again_later_and_given_up_in_the_end(cast: Cast, by_email, settings):
    settings.EMAIL_BACKEND = "tests.rooms.notices.failing.DownBackend"
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    moment, waits = NOW, []
    for _ in range(MOST_ATTEMPTS):
        send_due(moment)
        notice = outside()[0]
        waits.append(notice.not_before - moment)
        moment = notice.not_before
    assert waits[0] == timedelta(minutes=2) and waits[1] == timedelta(minutes=4)
    assert outside()[0].state == NoticeState.FAILED
    assert send_due(moment + timedelta(days=1)) == 0


def test_an_address_that_is_refused_is_not_tried_again(cast: Cast, by_email, settings):
    settings.EMAIL_BACKEND = "tests.rooms.notices.failing.RefusingBackend"
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    send_due(NOW)
    assert outside()[0].state == NoticeState.FAILED


def test_a_notice_taken_by_a_process_that_died_goes_out_later(cast: Cast, by_email):
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    Notice.objects.exclude(channel=Channel.PAGE).update(state=NoticeState.SENDING, taken_at=NOW)
    assert send_due(NOW + timedelta(minutes=5)) == 0
    assert send_due(NOW + timedelta(minutes=11)) == 1


def test_somebody_who_pauses_or_left_hears_nothing(cast: Cast, by_email):
    note_down([cast.mina.pk], kind=Kind.YES, subject="introduction:1", once_per="x", now=NOW)
    cast.mina.paused_at = NOW
    cast.mina.save()
    assert send_due(soon()) == 0


def test_the_report_and_its_answer_reach_the_right_people(cast: Cast):
    report = safety.report(
        actor=cast.mina,
        about=cast.theo,
        subject="person:x",
        words="w",
        extract="",
        programme=cast.programme,
        now=NOW,
    )
    deliver()
    told = Notice.objects.filter(kind=Kind.REPORT_WAITING).values_list("person", flat=True)
    assert set(told) == {cast.cora.pk}
    safety.answer_report(actor=cast.cora, report=report, words="a", now=NOW)
    deliver()
    answered = Notice.objects.filter(kind=Kind.REPORT_ANSWERED).values_list("person", flat=True)
    assert set(answered) == {cast.mina.pk}
    assert not Notice.objects.filter(person=cast.theo).exists()


def test_a_report_that_nobody_may_answer_reaches_the_administrators(cast: Cast):
    safety.report(
        actor=cast.mina,
        about=cast.cora,
        subject="person:x",
        words="w",
        extract="",
        programme=cast.programme,
        now=NOW,
    )
    deliver()
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.adil.pk}


def test_a_staff_read_is_told_to_whom_it_concerns(cast: Cast):
    wish = safety.wish_apart(actor=cast.mina, programme=cast.programme, words="x", now=NOW)
    safety.read_wish(actor=cast.cora, wish=wish, now=NOW)
    deliver()
    assert Notice.objects.filter(person=cast.mina, kind=Kind.LOOKED).count() == 1


def test_blocking_tells_nobody_anything(cast: Cast):
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    safety.keep_apart(
        actor=cast.mina, programme=cast.programme, one=cast.mina, other=cast.ruth, words="", now=NOW
    )
    deliver()
    assert Notice.objects.count() == 0
