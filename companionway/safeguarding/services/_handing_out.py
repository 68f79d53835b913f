"""A record on paper, for somebody who has a right to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import seal_facts
from companionway.people.models import Person
from companionway.safeguarding import events, opening, paper, policy
from companionway.safeguarding.models import HandedOut, SafeguardingRecord


@transaction.atomic
def hand_out(
    *, actor: Person, record: SafeguardingRecord, to_whom: str, reason: str, now: datetime
) -> HandedOut:
    """Put the record on paper as it stands, for `to_whom` and a reason; the text and its SHA-256 are kept with it."""
    seen = policy.opened_by(actor, now).select_related("author", "programme").get(pk=record.pk)
    require(policy.may_read(actor, seen))
    if not (to_whom.strip() and reason.strip()):
        raise Refused(_("Please say for whom, and why."))
    text = paper.text_of(seen, to_whom=to_whom, reason=reason, by=actor, now=now)
    made = HandedOut(record=seen, by=actor, digest=paper.digest(text), handed_at=now)
    facts = {"to": to_whom, "reason": reason, "text": text}
    made.sealed = seal_facts(opening.key_for(seen), facts, f"paper:{made.public_id}")
    made.save(force_insert=True)
    announce(
        events.RecordHandedOut(actor_id=actor.pk, subject=f"safeguarding:{seen.pk}", record_id=seen.pk),
        at=now,
    )
    return made
