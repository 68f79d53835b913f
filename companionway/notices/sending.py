"""Sending what is due: each notice is judged again at its own moment, taken, handed over, and settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from companionway.concerns import queries as concerns
from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations_queries
from companionway.foundation import live, sealing
from companionway.meetings import queries as meetings
from companionway.meetings import services as meetings_services
from companionway.notices import channels, times, tokens
from companionway.notices.channels import Outcome
from companionway.notices.choices import Choices
from companionway.notices.models import Notice, PushDevice
from companionway.notices.states import AT_ONCE as URGENT
from companionway.notices.states import Channel, Kind, NoticeState
from companionway.notices.writing import PURPOSES
from companionway.people import queries as people_queries
from companionway.people.models import Person
from companionway.safety import queries as safety_queries

MOST_ATTEMPTS: Final = 8
AT_ONCE: Final = 200
# Later than this, "you have a new message" is no longer news.
STALE_AFTER: Final = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Judged:
    """`send` it now; or wait until a moment; or drop it."""

    send: bool = False
    wait_until: datetime | None = None


SEND, DROP = Judged(send=True), Judged()


def send_due(now: datetime) -> int:
    """Send what is due; returns how many were handed over. Nothing is locked while a server is being waited for."""
    sent = 0
    for pk in list(Notice.objects.due(now).order_by("not_before").values_list("pk", flat=True)[:AT_ONCE]):
        if (notice := _take(pk, now)) is not None:
            outcome = _hand_over(notice, now)
            _settle(notice, outcome, now)
            sent += outcome == Outcome.SENT
    return sent


@transaction.atomic
def _take(pk: int, now: datetime) -> Notice | None:
    notice = (
        Notice.objects.due(now)
        .select_for_update(of=("self",))
        .select_related("person__organisation")
        .filter(pk=pk)
        .first()
    )
    if notice is None:
        return None
    judged = judge(notice, now)
    if judged.send:
        notice.state, notice.taken_at, notice.attempts = NoticeState.SENDING, now, notice.attempts + 1
    elif judged.wait_until is not None:
        notice.state, notice.not_before = NoticeState.WAITING, judged.wait_until
    else:
        notice.state = NoticeState.DROPPED
    notice.save(update_fields=["state", "taken_at", "attempts", "not_before"])
    return notice if judged.send else None


def judge(notice: Notice, now: datetime) -> Judged:
    """Whether this should go now: the person is here, agreed, wants it, is not in quiet hours, and it is still news."""
    person, choices = notice.person, Choices.read(notice.person.notice_choices)
    if not person.is_active or person.erased_at is not None or person.paused_at is not None:
        return DROP
    if not people_queries.has_consent(person, PURPOSES[Channel(notice.channel)]):
        return DROP
    if not choices.wants(notice.kind, notice.channel) or now - notice.created_at > STALE_AFTER:
        return DROP
    if notice.kind in URGENT:
        return _still_news(notice, now)
    if choices.is_paused(now):
        return Judged(wait_until=choices.paused_until)
    if (quiet_ends := times.after_quiet(person, now)) != now:
        return Judged(wait_until=quiet_ends)
    return _still_news(notice, now)


def _still_news(notice: Notice, now: datetime) -> Judged:
    if notice.kind == Kind.MESSAGE:
        return _unread_message(notice, now)
    kind, _, number = notice.subject.partition(":")
    if kind == "concern" and notice.kind == Kind.CONCERN and concerns.told_of(int(number)).is_over:
        return DROP
    page = Notice.objects.unread().filter(person=notice.person)
    if notice.kind == Kind.INVITED:
        return SEND if meetings.is_invited(notice.person) else DROP
    if notice.kind == Kind.DIGEST:
        waits = page.exists() or conversations_queries.unread_count(notice.person) > 0
        return SEND if waits else DROP
    twin = notice.key.rpartition("|")[0] + f"|{Channel.PAGE}"
    return SEND if page.filter(key=twin).exists() else DROP


def _unread_message(notice: Notice, now: datetime) -> Judged:
    conversation_id = int(notice.subject.partition(":")[2])
    mine = conversations_policy.visible_to(notice.person).filter(pk=conversation_id).first()
    if mine is None or conversations_queries.next_unread_id(mine, notice.person) is None:
        return DROP
    others = [each.person_id for each in conversations_queries.people_in(conversation_id)]
    # Among many, those between whom is a block do not read each other, and the others are still told.
    if not mine.heading and any(
        safety_queries.blocked_between(notice.person_id, each) for each in others if each != notice.person_id
    ):
        return DROP
    if live.streams_of(notice.person_id):
        # They are here: it is on their screen, or about to be.
        return Judged(wait_until=now + times.MESSAGE_WAIT)
    return SEND


def _hand_over(notice: Notice, now: datetime) -> Outcome:
    person = notice.person
    at = people_queries.public_url(person.organisation)
    words = channels.words_for(person.language, at=at, stop_token=tokens.stop_token(person))
    if notice.kind == Kind.INVITED:
        return _send_letters(person, at, now)
    if notice.channel == Channel.EMAIL:
        return channels.send_email(person.email, words) if person.email else Outcome.REFUSED
    outcomes = [_push_to(device, words, now) for device in PushDevice.objects.filter(person=person)]
    for best in (Outcome.SENT, Outcome.TRY_AGAIN, Outcome.REFUSED):
        if best in outcomes:
            return best
    return Outcome.GONE


def _send_letters(person: Person, at: str, now: datetime) -> Outcome:
    """One e-mail for each entry of their calendar that is new or otherwise. What went is known before the next goes."""
    words = channels.words_for(
        person.language, at=at, stop_token=tokens.stop_token(person), is_for_calendar=True
    )
    outcome = Outcome.GONE
    for letter in meetings.letters_due(person, now):
        outcome = channels.send_email(person.email, words, letter) if person.email else Outcome.REFUSED
        if outcome != Outcome.SENT:
            return outcome
        meetings_services.letter_sent(actor=person, letter=letter, now=now)
    return outcome


def _push_to(device: PushDevice, words: channels.Words, now: datetime) -> Outcome:
    outcome = channels.send_push(subscription_of(device), words, now)
    if outcome == Outcome.GONE:
        device.delete()
    return outcome


def subscription_of(device: PushDevice) -> channels.Subscription:
    key = sealing.key_of(sealing.PERSON, device.person_id)
    return channels.Subscription(**sealing.open_facts(key, device.sealed, f"push {device.public_id}"))


@transaction.atomic
def _settle(notice: Notice, outcome: Outcome, now: datetime) -> None:
    if outcome == Outcome.SENT:
        notice.state, notice.sent_at = NoticeState.SENT, now
    elif outcome == Outcome.GONE:
        notice.state = NoticeState.DROPPED
    elif outcome == Outcome.REFUSED or notice.attempts >= MOST_ATTEMPTS:
        notice.state = NoticeState.FAILED
    else:
        notice.state, notice.not_before = NoticeState.WAITING, now + times.back_off(notice.attempts)
    notice.save(update_fields=["state", "sent_at", "not_before"])


def person_words(person: Person) -> channels.Words:
    """What would be sent to this person, for showing it to them; the link that stops e-mails is left open."""
    at = people_queries.public_url(person.organisation)
    return channels.words_for(person.language, at=at, stop_token="...")  # noqa: S106 -- a gap, not a token
