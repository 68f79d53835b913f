"""Asking somebody to be alongside once, and answering: yes, no, another time. Either stops it at any time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of_both, seal_facts
from companionway.meetings import policy as meetings
from companionway.people.models import Person
from companionway.steps import policy
from companionway.steps.events import CompanyAgreed, CompanyAsked, CompanyOver, OtherTimeOffered
from companionway.steps.models import Company
from companionway.steps.services._ladder import tie
from companionway.steps.states import State

# Nobody is asked for a time further away than this, nor for longer than a day.
FURTHEST: Final = timedelta(days=60)
LONGEST: Final = timedelta(days=1)


@transaction.atomic
def ask_alongside(
    *,
    actor: Person,
    key: str,
    walk: Any = None,
    hold: Any = None,
    words: str,
    called: str = "",
    starts_at: datetime,
    lasts: timedelta,
    meeting: Any = None,
    tells_holders: bool = False,
    now: datetime,
) -> Company:
    """Ask one's own supporter (`walk`), or somebody who holds a meeting (`hold`), to be alongside for one step, once.

    `words` are all that is shared: with them, and with those who hold `meeting` where `tells_holders`. Which step of
    the ladder it is for (`key`), and what stands in the book, nobody learns.
    """
    if (walk is None) == (hold is None):
        raise Refused(_("Please choose somebody."))
    require(policy.may_ask_supporter(actor, walk) if walk else policy.may_ask_holder(actor, hold, now))
    if not words.strip():
        raise Refused(_("Please say what would help. Only these words are shared."))
    _look_at_time(starts_at, starts_at + lasts, now)
    if meeting is not None:
        _look_at_meeting(actor, meeting, walk or hold.series)
    other = walk.supporter if walk else hold.person
    row = Company(
        public_id=new_public_id(), programme=walk.programme if walk else hold.series.programme,
        member=actor, companion=other, relationship=walk, hold=hold, meeting=meeting,
        tells_holders=bool(tells_holders and meeting), starts_at=starts_at, until=starts_at + lasts,
        minutes=int(lasts.total_seconds()) // 60, asked_at=now,
    )  # fmt: skip
    facts = {"words": words, "called": called if row.tells_holders else ""}
    row.sealed = seal_facts(key_of_both(PERSON, actor.pk, PERSON, other.pk), facts, row.place)
    row.save()
    tie(actor, key, row.public_id)
    announce(CompanyAsked(**_whom(row, actor)), at=now)
    return row


@transaction.atomic
def agree(*, actor: Person, company: Company, now: datetime) -> None:
    """Yes, for exactly these words and this time. It ends by itself."""
    row = _taken(company)
    require(policy.may_answer(actor, row, now))
    _move(row, State.YES)
    announce(CompanyAgreed(**_whom(row, actor)), at=now)


@transaction.atomic
def offer_other_time(*, actor: Person, company: Company, other_at: datetime, now: datetime) -> None:
    """Not then, but perhaps at this time. No reason is asked."""
    row = _taken(company)
    require(policy.may_answer(actor, row, now))
    _look_at_time(other_at, other_at + row.length, now)
    row.until = max(row.until, other_at + row.length)
    row.other_at = other_at
    _move(row, State.LATER, "other_at", "until")
    announce(OtherTimeOffered(**_whom(row, actor)), at=now)


@transaction.atomic
def take_other_time(*, actor: Person, company: Company, now: datetime) -> None:
    """The one who asked says yes to the other time."""
    row = _taken(company)
    require(policy.may_take_other_time(actor, row, now))
    if row.other_at is not None:
        row.starts_at, row.until, row.other_at = row.other_at, row.other_at + row.length, None
    _move(row, State.YES, "starts_at", "until", "other_at")
    announce(CompanyAgreed(**_whom(row, actor)), at=now)


@transaction.atomic
def say_no(*, actor: Person, company: Company, now: datetime) -> None:
    """No, without a reason."""
    row = _taken(company)
    require(policy.may_answer(actor, row, now))
    close(row, actor, State.NO, now)


@transaction.atomic
def stop_company(*, actor: Person, company: Company, now: datetime) -> None:
    """Either of the two takes it back or stops, at any time, without a reason."""
    row = _taken(company)
    require(policy.may_stop(actor, row, now))
    close(row, actor, State.OVER, now)


def close(row: Company, actor: Person | None, to: State, now: datetime) -> None:
    """Over for both. Inside a deed."""
    row.over_at, row.other_at = now, None
    _move(row, to, "over_at", "other_at")
    announce(CompanyOver(**_whom(row, actor)), at=now)


def _taken(company: Company) -> Company:
    return Company.objects.select_for_update(of=("self",)).select_related("programme").get(pk=company.pk)


def _move(row: Company, to: State, *fields: str) -> None:
    if not row.may_move(to):
        raise Refused(_("This has changed meanwhile. Please look at the page again."))
    row.state = to
    row.save(update_fields=["state", *fields])


def _whom(row: Company, actor: Person | None) -> dict[str, Any]:
    other = None if actor is None else row.other_of(actor).pk
    return {
        "actor_id": actor.pk if actor else None,
        "about_id": other,
        "subject": f"company:{row.pk}",
        "company_id": row.pk,
    }


def _look_at_time(starts_at: datetime, until: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused(_("Please choose a time that is still to come."))
    if starts_at > now + FURTHEST:
        raise Refused(_("Please choose a time within the next two months."))
    if not timedelta() < until - starts_at <= LONGEST:
        raise Refused(_("One day is the longest."))


def _look_at_meeting(actor: Person, meeting: Any, ground: Any) -> None:
    if not meetings.enterable_by(actor).filter(pk=meeting.series_id).exists():
        raise Refused(_("This meeting is not open to you."))
    if meeting.series.programme_id != ground.programme_id:
        raise Refused(_("This meeting belongs to another programme than the one you know them from."))
