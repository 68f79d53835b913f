"""The two agree, or do not: a page belongs to both, and a yes is a yes to a version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.reading import policy
from companionway.reading.events import PageAgreed, PageAsked, PageAskedAnew, PageKept
from companionway.reading.models import PageReading
from companionway.reading.moving import OutOfDate, move, taken, whom
from companionway.reading.states import ReadingState
from companionway.supervision import queries as supervision
from companionway.support import pages
from companionway.support import policy as support_policy
from companionway.support import queries as support


def numbers_of(walk: Any, note_id: int) -> tuple[int, int]:
    """The newest versions of the member's and the supporter's words on a page, as they are now."""
    newest = support.newest_on(note_id)
    return newest.get(walk.member_id, 0), newest.get(walk.supporter_id, 0)


def _newer() -> OutOfDate:
    return OutOfDate(
        _(
            "Something new was written on this page meanwhile. Please read it once more, then say what you want."
        )
    )


@transaction.atomic
def ask_for_reading(
    *, actor: Person, note: Any, seen: tuple[int, int] | None = None, now: datetime
) -> PageReading:
    """Ask that the supporter's practice supervisor reads this page, and say yes to it oneself; the other is asked.

    `seen` is what the asker had before their eyes (versions of the member's and of the supporter's words; None asks
    nothing). Asked twice, it is asked once. Raises OutOfDate.
    """
    if not support_policy.pages_of(actor).filter(pk=note.pk).exists():
        raise Refused(_("This is not open to you."))
    walk = pages.held(note.pk)
    note.relationship = walk
    standing = PageReading.objects.standing().filter(note=note.pk).first()
    if standing is not None and standing.asked_by_id == actor.pk and standing.state == ReadingState.ASKED:
        return standing
    pair = supervision.current_of(walk.supporter_id, walk.programme_id)
    require(policy.may_ask(actor, note, pair, standing))
    assert pair is not None
    numbers = numbers_of(walk, note.pk)
    if not any(numbers):
        raise Refused(_("There is nothing on this page yet."))
    if seen is not None and seen != numbers:
        raise _newer()
    reading = PageReading(note=note, supervision=pair, asked_by=actor, asked_at=now, fixed_at=now)
    reading.member_number, reading.supporter_number = numbers
    _yes(reading, actor, now)
    reading.save()
    announce(PageAsked(**whom(reading, actor, walk.other_of(actor).pk)), at=now)
    return reading


@transaction.atomic
def say_yes(*, actor: Person, reading: PageReading, version: int, now: datetime) -> PageReading:
    """Say yes to the version one has read. With both it waits to be read.

    Raises OutOfDate where something new was written: a yes is never taken for words that came later.
    """
    locked = taken(actor, reading)
    require(policy.may_say_yes(actor, locked))
    walk = locked.note.relationship
    if locked.version != version or locked.numbers != numbers_of(walk, locked.note_id):
        raise _newer()
    _yes(locked, actor, now)
    fields = ["member_yes_at", "supporter_yes_at"]
    if locked.member_yes_at is None or locked.supporter_yes_at is None:
        locked.save(update_fields=fields)
        return locked
    locked.waits_since = now
    move(locked, ReadingState.WAITING, "waits_since", *fields)
    announce(PageAgreed(**whom(locked, actor, locked.supervision.supervisor_id)), at=now)
    return locked


def _yes(reading: PageReading, actor: Person, now: datetime) -> None:
    if actor.pk == reading.note.relationship.member_id:
        reading.member_yes_at = now
    else:
        reading.supporter_yes_at = now


@transaction.atomic
def keep_between_us(*, actor: Person, reading: PageReading, now: datetime) -> PageReading:
    """Say no, or take a yes back: from this moment nobody else reads the page. Without a reason."""
    locked = taken(actor, reading)
    require(policy.may_keep(actor, locked))
    move(locked, ReadingState.CLOSED)
    announce(PageKept(**whom(locked, actor)), at=now)
    return locked


@transaction.atomic
def ask_anew(*, actor: Person | None, note_id: int, now: datetime) -> PageReading | None:
    """Somebody wrote on a page that was asked about: the newer version asks anew, and the older yes is over.

    In answer to a remark, words of one of the two are that one's yes; otherwise both are asked. It may be called more
    often than needed: without newer words nothing happens.
    """
    walk = pages.held(note_id)
    rows = PageReading.objects.not_signed().filter(note=note_id).select_for_update(of=("self",))
    reading = rows.select_related("note", "supervision__supervisor").first()
    if reading is None:
        return None
    reading.note.relationship = walk
    numbers = numbers_of(walk, note_id)
    if numbers == reading.numbers:
        return None
    wrote = [new != old for new, old in zip(numbers, reading.numbers, strict=True)]
    answers = reading.state == ReadingState.ANSWERED and sum(wrote) == 1
    reading.state, reading.version = ReadingState.ASKED, reading.version + 1
    reading.member_number, reading.supporter_number = numbers
    # Whose words are newer says who answered: news may come late, and by way of somebody else's.
    reading.member_yes_at = now if answers and wrote[0] else None
    reading.supporter_yes_at = now if answers and wrote[1] else None
    reading.waits_since, reading.fixed_at = None, now
    reading.save()
    announce(
        PageAskedAnew(
            **whom(reading, actor),
            asks_member=reading.member_yes_at is None,
            asks_supporter=reading.supporter_yes_at is None,
        ),
        at=now,
    )
    return reading


@transaction.atomic
def keep_after(
    *,
    actor: Person | None,
    supervision_id: int | None = None,
    relationship_id: int | None = None,
    now: datetime,
) -> int:
    """The pair has ended, or the walk: what was not signed stays between the two. How many pages that were."""
    rows = PageReading.objects.not_signed().select_related("note__relationship", "supervision")
    if supervision_id is not None:
        rows = rows.filter(supervision=supervision_id)
    if relationship_id is not None:
        rows = rows.filter(note__relationship=relationship_id)
    if supervision_id is None and relationship_id is None:
        rows = rows.none()
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for reading in found:
        move(reading, ReadingState.CLOSED)
        announce(PageKept(**whom(reading, None)), at=now)
    return len(found)
