"""The shared note: two voices, every version kept, and a list of everybody else who looked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
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
    after: int = 0,
    now: datetime,
) -> SharedNote:
    """Add one's own voice: to a new page, or to `note` (a new version of one's own words there).

    `after` is the newest own version the writer had seen; raises OutOfDate when there is a later one.
    """
    locked = taken(actor, relationship)
    require(policy.may_write_note(actor, locked))
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    if note is None:
        page = SharedNote.objects.create(relationship=locked, begun_by=actor, begun_at=now)
    else:
        page = locked.notes.select_for_update().get(pk=note.pk)
    newest = page.voices.filter(author=actor).aggregate(newest=Max("number"))["newest"] or 0
    if after != newest:
        raise OutOfDate(
            _("You changed these words meanwhile, perhaps on another device. What you typed is here.")
        )
    voice = NoteVoice(note=page, author=actor, number=newest + 1, written_at=now)
    voice.sealed = key_of(PERSON, actor.pk).seal(words, f"note:{page.pk}")
    voice.save()
    announce(NoteWritten(**whom(locked, actor)), at=now)
    return page


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
