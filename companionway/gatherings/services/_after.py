"""The ten minutes after: what is handed on, and company for those who held it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.gatherings import moving, policy
from companionway.gatherings.events import CompanyWished, HandedOver
from companionway.gatherings.models import HandOver
from companionway.meetings.models import Meeting
from companionway.people.models import Person


@transaction.atomic
def hand_over(*, actor: Person, meeting: Meeting, words: str, now: datetime) -> HandOver:
    """Write down what the next who hold it should know; written again it replaces the first. Raises Refused."""
    locked = moving.lock(meeting)
    require(policy.may_hand_over(actor, locked, now))
    if not words.strip():
        raise Refused(_("Please write something here."))
    sheet = HandOver.objects.filter(meeting=locked).first() or HandOver(series=locked.series, meeting=locked)
    key = sealing.key_of(sealing.SERIES, locked.series_id)
    sheet.sealed, sheet.written_at = key.seal(words, sheet.context), now
    sheet.save()
    announce(HandedOver(**moving.whom(locked, actor)), at=now)
    return sheet


@transaction.atomic
def wish_company(*, actor: Person, meeting: Meeting, now: datetime) -> None:
    """Somebody who held an evening would like to talk to somebody. It names them, and not the evening.

    Raises Refused where nobody would hear it: then nothing is sent.
    """
    require(policy.may_wish_company(actor, meeting, now))
    programme_id = meeting.series.programme_id
    announce(
        CompanyWished(actor_id=actor.pk, subject=f"programme:{programme_id}", programme_id=programme_id),
        at=now,
    )
