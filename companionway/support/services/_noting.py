"""The shared note: two voices, every version kept, and a list of everybody else who looked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, RELATIONSHIP, key_of
from companionway.people import services as people
from companionway.people.models import Person
from companionway.support import policy
from companionway.support.events import NoteLookedAt, NoteWritten
from companionway.support.models import NoteLook, NoteVoice, Relationship, SharedNote
from companionway.support.moving import OutOfDate, taken, whom
from companionway.support.states import LookReason


@transaction.atomic
def write_note(
    *,
    actor: Person,
    relationship: Relationship,
    words: str,
    note: SharedNote | None = None,
    after: int | None = None,
    now: datetime,
) -> SharedNote:
    """Add one's own voice: to a new page, or to `note` (a new version of one's own words there).

    `after` is what the writer had seen: the newest version of their own words on the page or, for a new page, how
    many pages they had begun; None asks nothing. The same words sent twice are kept once. A page that is signed takes
    no more words. Raises OutOfDate.
    """
    locked = taken(actor, relationship)
    require(policy.may_write_note(actor, locked))
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    if note is not None:
        require(policy.may_write_on(actor, locked, note))
    mine = NoteVoice.objects.filter(note__relationship=locked, author=actor)
    mine = mine.filter(note=note) if note else mine.filter(note__begun_by=actor, number=1)
    seen = mine.count()
    if after is not None and after != seen:
        newest = mine.order_by("-pk").first()
        if newest is not None and _opened(newest) == words:
            return newest.note
        raise OutOfDate(
            _(
                "You wrote here meanwhile, perhaps on another device. Your words are kept: look, and send again."
            )
        )
    page = note or SharedNote.objects.create(relationship=locked, begun_by=actor, begun_at=now)
    voice = NoteVoice(note=page, author=actor, number=seen + 1 if note else 1, written_at=now)
    voice.sealed = key_of(PERSON, actor.pk).seal(words, voice.context)
    voice.save()
    announce(NoteWritten(**whom(locked, actor), note_id=page.pk), at=now)
    return page


def _opened(voice: NoteVoice) -> str:
    return key_of(PERSON, voice.author_id).open(voice.sealed, voice.context)


@transaction.atomic
def look_at_note(
    *, actor: Person, relationship: Relationship, reason_key: str, words: str, now: datetime
) -> NoteLook:
    """Open the shared note as staff, for a stated reason; both people see who looked, when and why."""
    found = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=relationship.pk).first()
    if found is None:
        raise Refused(_("This is not open to you."))
    require(policy.may_look_at_note(actor, found))
    if reason_key not in LookReason.values or not words.strip():
        raise Refused(_("Please give the reason. Both people will be shown it."))
    look = NoteLook(relationship=found, reader=actor, reason_key=reason_key, looked_at=now)
    look.sealed_words = key_of(RELATIONSHIP, found.pk).seal(words, "look")
    look.save()
    for person in (found.member, found.supporter):
        people.record_read(
            actor=actor, about=person, subject=f"note:{found.pk}", reason_key=reason_key, now=now
        )
    announce(NoteLookedAt(**whom(found, actor)), at=now)
    return look
