"""Telling the safeguarding lead, and adding to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person, Programme
from companionway.safeguarding import events, opening, policy
from companionway.safeguarding.models import Concerned, SafeguardingRecord
from companionway.safeguarding.opening import Told
from companionway.safeguarding.states import EntryKind, Part


@transaction.atomic
def tell(
    *,
    actor: Person,
    programme: Programme,
    told: Told,
    about: Person | None = None,
    away: Collection[Person] = (),
    concern: str = "",
    now: datetime,
) -> SafeguardingRecord:
    """Write a record for the safeguarding leads of `programme`, with a key of its own.

    `about` is somebody here, `away` those who are too close to it: none of them ever sees it. Raises Refused when
    nobody would be left to read it. Facts, words used, time and who was informed: the record's content as good
    practice for safeguarding asks it (Care Act 2014 guidance, ch. 14; Working Together, ch. 1; unverified here).
    """
    kept_from = {each.pk for each in (*away, *([about] if about else []))}
    require(policy.may_tell(actor, programme, kept_from))
    if any(each.organisation_id != actor.organisation_id for each in (*away, *([about] if about else []))):
        raise Refused(_("You do not meet this person here."))
    record = SafeguardingRecord.objects.create(
        programme=programme, author=actor, is_immediate=told.is_immediate, concern=concern, written_at=now
    )
    parts = [(about, Part.ABOUT)] if about else []
    parts += [(each, Part.CONFLICT) for each in away if each.pk != actor.pk]
    for person, part in parts:
        Concerned.objects.create(record=record, person=person, part=part, named_by=actor, named_at=now)
    opening.add(record, EntryKind.WRITTEN, actor, told, now)
    announce(
        events.RecordWritten(actor_id=actor.pk, subject=f"safeguarding:{record.pk}", record_id=record.pk),
        at=now,
    )
    return record


@transaction.atomic
def add_to_record(*, actor: Person, record: SafeguardingRecord, words: str, now: datetime) -> None:
    """Add to what was written: the only way to correct it. By who told it, or a lead. Raises Refused."""
    locked = policy.visible_to(actor).select_for_update().get(pk=record.pk)
    require(policy.may_add(actor, locked))
    opening.add(locked, EntryKind.ADDED, actor, words, now)
    announce(
        events.RecordAddedTo(actor_id=actor.pk, subject=f"safeguarding:{locked.pk}", record_id=locked.pk),
        at=now,
    )
