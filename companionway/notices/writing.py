"""Noting down that somebody should hear of something: idempotent, by every way they chose and agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from companionway.notices import times
from companionway.notices.choices import Choices
from companionway.notices.models import Notice
from companionway.notices.states import AT_ONCE, Channel, Kind, NoticeState
from companionway.people import queries as people_queries
from companionway.people.models import Person, Purpose
from companionway.safety import queries as safety_queries

PURPOSES = {Channel.EMAIL: Purpose.CONTACT_EMAIL, Channel.PUSH: Purpose.CONTACT_PUSH}
# Messages have their own list and their own count; a second one would only be noise.
NOT_ON_PAGE = frozenset({Kind.MESSAGE, Kind.DIGEST})


def note_down(
    person_ids: Iterable[int],
    *,
    kind: Kind,
    subject: str,
    once_per: str,
    now: datetime,
    by: int | None = None,
) -> None:
    """Write the notices for one fact. The same `kind`, `subject` and `once_per` never makes a second one.

    Nobody hears of what somebody (`by`) did whom they blocked, or who blocked them.
    """
    wanted = set(person_ids) - {by}
    if not wanted:
        return
    agreed = {channel: people_queries.consenting(wanted, purpose) for channel, purpose in PURPOSES.items()}
    if kind in NOT_ON_PAGE:
        wanted = set().union(*agreed.values())
    if by is not None and wanted:
        blocks = safety_queries.blocks_among({by, *wanted})
        wanted = {each for each in wanted if safety_queries.pair_key(by, each) not in blocks}
    if not wanted:
        return
    rows = []
    for person in Person.objects.here().filter(pk__in=wanted):
        if kind not in NOT_ON_PAGE:
            rows.append(_on_page(person, kind, subject, once_per, now))
        choices = Choices.read(person.notice_choices)
        for channel, people in agreed.items():
            if person.pk in people and choices.wants(kind, channel):
                rows.append(_outside(person, kind, channel, subject, once_per, now, choices))
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def note_letters(person_ids: Iterable[int], now: datetime) -> None:
    """Something for the calendars of these people may have to go by e-mail. What, is worked out when it goes: the row
    names nothing, and several changes before that are one."""
    agreed = people_queries.consenting(set(person_ids), PURPOSES[Channel.EMAIL])
    for person in Person.objects.here().filter(pk__in=agreed):
        waiting = Notice.objects.filter(person=person, kind=Kind.INVITED, state=NoticeState.WAITING)
        if not waiting.exists():
            choices, subject = Choices.read(person.notice_choices), f"person:{person.pk}"
            once_per = now.isoformat()
            goes_at = times.next_digest(person, now) if choices.once_a_day else times.after_quiet(person, now)
            Notice.objects.get_or_create(
                key=key_for(Kind.INVITED, subject, once_per, person.pk, Channel.EMAIL),
                defaults={
                    "person": person,
                    "kind": Kind.INVITED,
                    "channel": Channel.EMAIL,
                    "subject": subject,
                    "created_at": now,
                    "not_before": goes_at,
                },
            )


def key_for(kind: str, subject: str, once_per: str, person_id: int, channel: str) -> str:
    return f"{kind}|{subject}|{once_per}|{person_id}|{channel}"


def _on_page(person: Person, kind: Kind, subject: str, once_per: str, now: datetime) -> Notice:
    return Notice(
        person=person,
        kind=kind,
        channel=Channel.PAGE,
        subject=subject,
        key=key_for(kind, subject, once_per, person.pk, Channel.PAGE),
        state=NoticeState.SENT,
        created_at=now,
        not_before=now,
        sent_at=now,
    )


def _outside(
    person: Person, kind: Kind, channel: Channel, subject: str, once_per: str, now: datetime, choices: Choices
) -> Notice:
    wait = times.MESSAGE_WAIT if kind == Kind.MESSAGE else times.NO_WAIT
    goes_at = now if kind in AT_ONCE else times.after_quiet(person, now + wait)
    if choices.once_a_day and kind not in AT_ONCE:
        goes_at = times.next_digest(person, now)
        kind, subject, once_per = Kind.DIGEST, f"person:{person.pk}", goes_at.date().isoformat()
    return Notice(
        person=person,
        kind=kind,
        channel=channel,
        subject=subject,
        key=key_for(kind, subject, once_per, person.pk, channel),
        created_at=now,
        not_before=goes_at,
    )
