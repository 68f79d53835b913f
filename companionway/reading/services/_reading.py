"""The practice supervisor reads, writes about practice, and signs. Every opening is on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, RELATIONSHIP, key_of_both
from companionway.people import services as people
from companionway.people.models import Person
from companionway.reading import policy
from companionway.reading.events import PageAnswered, PageOpened, PageSigned
from companionway.reading.models import Opening, PageReading, Remark
from companionway.reading.moving import OutOfDate, move, taken, whom
from companionway.reading.services._agreeing import numbers_of
from companionway.reading.states import ReadingState


@transaction.atomic
def open_page(*, actor: Person, reading: PageReading, now: datetime) -> Opening:
    """Open a page that both said yes to, in the versions agreed to. Both people are shown who opened it, and when."""
    locked = taken(actor, reading)
    require(policy.may_read(actor, locked))
    opening = Opening.objects.create(reading=locked, reader=actor, version=locked.version, opened_at=now)
    walk = locked.note.relationship
    for person in (walk.member, walk.supporter):
        people.record_read(
            actor=actor, about=person, subject=f"reading:{locked.pk}", reason_key="both_said_yes", now=now
        )
    announce(PageOpened(**whom(locked, actor)), at=now)
    return opening


@transaction.atomic
def answer_page(
    *, actor: Person, reading: PageReading, version: int, words: str, asks_for_change: bool, now: datetime
) -> Remark:
    """Write about the practice that the page shows, and ask for a change or sign. Both people read the words.

    With the signature the page is locked: these versions stay, and what comes later stands on a new page. `version` is
    the one that was read; where the two wrote meanwhile, nothing is signed for words nobody has read. Raises OutOfDate.
    """
    locked = taken(actor, reading)
    if locked.version != version:
        raise OutOfDate(
            _("They changed the page meanwhile. Your words are kept: read it again, then send them.")
        )
    require(policy.may_answer(actor, locked))
    if asks_for_change and not words.strip():
        raise Refused(_("Please say in a few words what could be different."))
    walk = locked.note.relationship
    if locked.numbers != numbers_of(walk, locked.note_id):
        raise OutOfDate(
            _("They are writing on this page just now, and will be asked again. Your words are kept.")
        )
    remark = Remark(
        public_id=new_public_id(), reading=locked, author=actor, version=version,
        asks_for_change=asks_for_change, written_at=now,
    )  # fmt: skip
    if words.strip():
        key = key_of_both(RELATIONSHIP, walk.pk, PERSON, actor.pk)
        remark.sealed = key.seal(words, remark.context)
    remark.save()
    if asks_for_change:
        move(locked, ReadingState.ANSWERED)
        announce(PageAnswered(**whom(locked, actor)), at=now)
    else:
        locked.signed_at = now
        move(locked, ReadingState.SIGNED, "signed_at")
        announce(PageSigned(**whom(locked, actor)), at=now)
    return remark
