"""Invitations by e-mail: asked for, neutral, again when a date changes; and no row says to what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from companionway.foundation.events import deliver
from companionway.foundation.policy import Refused
from companionway.meetings import queries as meeting_queries
from companionway.meetings import services as meetings
from companionway.meetings.models import Invited, Meeting, Series
from companionway.notices.models import Notice
from companionway.notices.sending import send_due
from companionway.notices.states import Channel, Kind, NoticeState
from companionway.people import services as people
from companionway.people.models import Person, Purpose
from tests.cast import Cast, enters
from tests.rooms.calendars.reading import ask_ical_js
from tests.rooms.meetings.conftest import tuesdays

NAME = "Voices on Tuesday"


@pytest.fixture
def series(cast: Cast) -> Series:
    now = timezone.now()
    details = tuesdays(
        name=NAME, starts_on=now.date() + timedelta(days=1), rule="FREQ=WEEKLY", about="Hearing voices"
    )
    return meetings.begin_series(actor=cast.cora, programme=cast.programme, details=details, now=now)


@pytest.fixture
def mina(cast: Cast, by_email: Person, series: Series) -> Person:
    """She chose it and asked for invitations."""
    meetings.remind_me(actor=cast.mina, series=series, now=timezone.now())
    meetings.invite_me(actor=cast.mina, now=timezone.now())
    return cast.mina


def sent() -> list[EmailMessage]:
    """What went since the last time, as a mail program reads it."""
    deliver()
    mail.outbox.clear()
    send_due(timezone.now() + timedelta(minutes=1))
    read: Any = [message_from_bytes(each.message().as_bytes(), policy=policy.default) for each in mail.outbox]
    return list(read)


def calendar_in(message: EmailMessage) -> tuple[str, Calendar]:
    """The method that the part says, and the calendar in it."""
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    return str(part.get_param("method")), Calendar.from_ical(part.get_content())


def second(series: Series) -> Meeting:
    return series.meetings.order_by("starts_at")[1]


def test_a_choice_is_a_proper_invitation_and_says_nothing(cast: Cast, mina: Person, series: Series) -> None:
    (message,) = sent()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/calendar"]
    method, calendar = calendar_in(message)
    (event,) = calendar.walk("VEVENT")
    assert method == calendar["METHOD"] == "REQUEST"
    assert str(event["SUMMARY"]) == "Meeting" and event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert event["ATTENDEE"] == "mailto:m@example.org" and str(event["ORGANIZER"]).startswith(
        "mailto:no-reply@"
    )
    assert str(event["ATTENDEE"].params["RSVP"]) == "FALSE"
    whole = message.as_string() + calendar.to_ical().decode()
    for word in (
        NAME,
        "Voices",
        "voices",
        "Hearing",
        series.public_id,
        cast.programme.name,
        cast.organisation.short_name,
        "Mina",
    ):
        assert word not in whole
    assert sent() == [], "once"


def test_ical_js_finds_the_same_dates_in_it(mina: Person, series: Series) -> None:
    (message,) = sent()
    since = timezone.now()
    (answer,) = ask_ical_js([calendar_in(message)[1].to_ical()], since, since + timedelta(weeks=8))
    ours = series.meetings.filter(starts_at__gte=since, starts_at__lt=since + timedelta(weeks=8))
    assert answer["method"] == "REQUEST"
    assert [each[0] for each in answer["found"]] == [
        int(each.starts_at.timestamp()) for each in ours.order_by("starts_at")
    ]


def test_nothing_is_sent_to_who_did_not_ask(cast: Cast, by_email: Person, series: Series) -> None:
    meetings.remind_me(actor=cast.mina, series=series, now=timezone.now())
    meetings.cancel_meeting(actor=cast.cora, meeting=second(series), instead="", now=timezone.now())
    assert not [each for each in sent() if each.get_content_type() != "text/plain"]
    assert not Notice.objects.filter(kind=Kind.INVITED).exists()


def test_asking_needs_an_address_and_agreement(cast: Cast) -> None:
    with pytest.raises(Refused):
        meetings.invite_me(actor=cast.mina, now=timezone.now())
    cast.mina.email = "m@example.org"
    with pytest.raises(Refused):
        meetings.invite_me(actor=cast.mina, now=timezone.now())
    assert not Invited.objects.exists()


def letters(messages: list[EmailMessage]) -> list[tuple[str, Calendar]]:
    return [calendar_in(each) for each in messages if each.get_content_type() != "text/plain"]


def test_a_moved_meeting_is_a_new_version_of_the_same(cast: Cast, mina: Person, series: Series) -> None:
    ((_method, first),) = letters(sent())
    one = second(series)
    meetings.move_meeting(
        actor=cast.cora, meeting=one, starts_at=one.starts_at + timedelta(hours=2), now=timezone.now()
    )
    ((method, calendar),) = letters(sent())
    assert method == "REQUEST"
    master, moved = calendar.walk("VEVENT")
    before = first.walk("VEVENT")[0]
    assert master["UID"] == moved["UID"] == before["UID"] and master["SEQUENCE"] > before["SEQUENCE"]
    assert moved["RECURRENCE-ID"].dt.astimezone(UTC) == one.original
    assert moved["DTSTART"].dt.astimezone(UTC) == one.starts_at + timedelta(hours=2)


def test_a_cancelled_meeting_is_cancelled_there_and_comes_back(
    cast: Cast, mina: Person, series: Series
) -> None:
    ((_method, first),) = letters(sent())
    one = second(series)
    meetings.cancel_meeting(actor=cast.cora, meeting=one, instead="Tea at Ann's", now=timezone.now())
    ((method, calendar),) = letters(sent())
    (event,) = calendar.walk("VEVENT")
    assert (method, str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert (
        event["UID"] == first.walk("VEVENT")[0]["UID"]
        and event["SEQUENCE"] > first.walk("VEVENT")[0]["SEQUENCE"]
    )
    assert event["RECURRENCE-ID"].dt == one.original and b"Ann" not in calendar.to_ical()
    (found,) = ask_ical_js([calendar.to_ical()], one.starts_at, one.starts_at + timedelta(days=1))
    assert "fault" not in found and found["method"] == "CANCEL"
    meetings.put_back(actor=cast.cora, meeting=Meeting.objects.get(pk=one.pk), now=timezone.now())
    ((method, calendar),) = letters(sent())
    assert method == "REQUEST" and len(calendar.walk("VEVENT")) == 1


def test_an_extra_meeting_has_a_name_of_its_own(cast: Cast, mina: Person, series: Series) -> None:
    sent()
    at = (timezone.now() + timedelta(days=9)).replace(microsecond=0)
    extra = meetings.add_extra(actor=cast.cora, series=series, starts_at=at, now=timezone.now())
    ((method, calendar),) = letters(sent())
    (event,) = calendar.walk("VEVENT")
    assert method == "REQUEST" and event["DTSTART"].dt == at and "RRULE" not in event
    meetings.cancel_meeting(actor=cast.cora, meeting=extra, instead="", now=timezone.now())
    ((method, calendar),) = letters(sent())
    assert method == "CANCEL" and calendar.walk("VEVENT")[0]["UID"] == event["UID"]


def test_what_is_taken_off_the_list_is_taken_out_of_the_calendar(mina: Person, series: Series) -> None:
    ((_method, first),) = letters(sent())
    meetings.forget(actor=mina, public_id=series.public_id, now=timezone.now())
    ((method, calendar),) = letters(sent())
    assert method == "CANCEL" and calendar.walk("VEVENT")[0]["UID"] == first.walk("VEVENT")[0]["UID"]
    assert Invited.objects.get().sealed is None and sent() == []


def test_an_ended_series_ends_there(cast: Cast, mina: Person, series: Series) -> None:
    sent()
    meetings.end_series(actor=cast.cora, series=series, now=timezone.now())
    ((method, calendar),) = letters(sent())
    assert method == "REQUEST" and calendar.walk("VEVENT")[0]["STATUS"] == "CANCELLED"


def test_several_changes_in_quiet_hours_are_one_mail(cast: Cast, mina: Person, series: Series) -> None:
    sent()
    one, now = second(series), timezone.now()
    for hours in (1, 2, 3):
        meetings.move_meeting(
            actor=cast.cora, meeting=one, starts_at=one.starts_at + timedelta(hours=hours), now=now
        )
    deliver()
    assert Notice.objects.filter(kind=Kind.INVITED, state=NoticeState.WAITING).count() == 1
    assert len(letters(sent())) == 1


def test_consent_taken_back_ends_it_and_stopping_forgets(cast: Cast, mina: Person, series: Series) -> None:
    people.withdraw_consent(actor=mina, purpose=Purpose.CONTACT_EMAIL, now=timezone.now())
    assert sent() == []
    meetings.stop_inviting(actor=mina, now=timezone.now())
    assert not Invited.objects.exists()


def test_a_mail_that_failed_is_tried_again_and_one_that_went_is_not(
    cast: Cast, mina: Person, series: Series, settings: Any
) -> None:
    other = meetings.begin_series(
        actor=cast.cora,
        programme=cast.programme,
        details=tuesdays(starts_on=timezone.localdate()),
        now=timezone.now(),
    )
    meetings.remind_me(actor=mina, series=other, now=timezone.now())
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.rooms.notices.failing.DownBackend"
    assert sent() == []
    settings.EMAIL_BACKEND = working
    assert meeting_queries.sent_to(Invited.objects.get()) == {}
    later: datetime = timezone.now() + timedelta(hours=2)
    mail.outbox.clear()
    send_due(later)
    assert len(mail.outbox) == 2 and len(meeting_queries.sent_to(Invited.objects.get())) == 2


def test_no_row_says_to_what(mina: Person, series: Series) -> None:
    """The fault would be a row that names somebody and a meeting: in the notice, in the record, in what is known."""
    sent()
    notice = Notice.objects.get(kind=Kind.INVITED)
    assert notice.subject == f"person:{mina.pk}" and notice.channel == Channel.EMAIL
    uid = next(iter(meeting_queries.sent_to(Invited.objects.get())))
    sealed = bytes(Invited.objects.get().sealed or b"")
    assert uid.encode() not in sealed and series.public_id.encode() not in sealed
    assert series.public_id not in notice.key and uid not in notice.key
    assert not Notice.objects.on_page().filter(kind=Kind.INVITED).exists()


def test_it_is_chosen_and_taken_back_on_a_page(cast: Cast, by_email: Person, client: Client) -> None:
    browser = enters(client, cast.mina)
    page, address = reverse("calendars:mine"), reverse("meetings:invitations")
    assert "Send me invitations" in browser.get(page).content.decode()
    browser.post(address)
    assert Invited.objects.filter(person=cast.mina).exists()
    assert "No more invitations" in browser.get(page).content.decode()
    browser.post(address, {"stop": "1"})
    assert not Invited.objects.exists()
    assert "Give an e-mail address first" in enters(client, cast.ruth).get(page).content.decode()
