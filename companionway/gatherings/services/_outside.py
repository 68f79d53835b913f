"""Something left the room. Those who hold the meetings hear it and bring it to the group, which decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.gatherings import moving, pace, policy, telling
from companionway.gatherings.events import FoundOutside
from companionway.gatherings.models import Outside
from companionway.meetings.models import Meeting
from companionway.people.models import Person


@transaction.atomic
def say_outside(*, actor: Person, meeting: Meeting, words: str, now: datetime) -> Outside:
    """Say that something of these meetings is outside. Nobody is told who said it, and it is kept nowhere.

    Words are kept only where the tradition keeps notes. Raises Refused. Source: journeys J5, "screenshots leak".
    """
    locked = moving.lock(meeting)
    require(policy.may_come(actor, locked))
    keeps = locked.series.programme.keeps_notes
    if keeps and not words.strip():
        raise Refused(_("Please write something here."))
    pace.outside(actor, locked)
    row = Outside(series=locked.series, said_on=timezone.localdate(now))
    if keeps:
        row.sealed = sealing.key_of(sealing.SERIES, locked.series_id).seal(words, row.context)
    row.save()
    said = FoundOutside(
        actor_id=None, subject=f"series:{locked.series_id}", series_id=locked.series_id,
        programme_id=locked.series.programme_id,
    )  # fmt: skip
    announce(said, at=now)
    telling.to_frame(locked, "outside")
    return row


@transaction.atomic
def bring_to_group(*, actor: Person, meeting: Meeting, outside: Outside, now: datetime) -> None:
    """It was talked about with the group; what is decided is the group's. It is not shown any more. Twice is once."""
    locked = moving.lock(meeting)
    if not policy.holds_frame(actor, locked, now):
        raise Refused(_("Only those who hold this meeting can do this."))
    Outside.objects.filter(pk=outside.pk, series=locked.series_id, brought_at=None).update(brought_at=now)
