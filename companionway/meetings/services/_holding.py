"""Service positions: taken, left, and what somebody at the door says of themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of
from companionway.meetings import policy, positions
from companionway.meetings.events import PositionLeft, PositionTaken
from companionway.meetings.models import Holds, Series
from companionway.meetings.services._series import facts
from companionway.people.models import Person

LONGEST_SENTENCE = 200


def says_context(holds: Holds) -> str:
    return f"door:{holds.pk}"


@transaction.atomic
def hold(*, actor: Person, series: Series, person: Person, role: str, now: datetime) -> Holds:
    """Take a service position, or (those who arrange) give it to somebody. Taking it twice changes nothing."""
    row = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=series.pk).first()
    if row is None:
        raise Refused(_("This is not open to you."))
    standing = row.holders.filter(person=person, role=role, until_at=None).first()
    if standing is not None:
        return standing
    position = positions.named(row.programme, role)
    if position is None:
        raise Refused(_("Please choose one of the positions listed."))
    require(policy.may_hold(actor, row, person, position, now))
    made = Holds.objects.create(
        series=row, person=person, role=role, holds_frame=position.holds_frame, since_at=now
    )
    announce(PositionTaken(**facts(actor, row, person.pk), role=role), at=now)
    return made


@transaction.atomic
def step_down(*, actor: Person, holds: Holds, now: datetime) -> None:
    """Leave a position, at any time and without a reason; or end somebody else's, for those who arrange."""
    row = Holds.objects.select_for_update(of=("self",)).select_related("series").get(pk=holds.pk)
    require(policy.may_end_holding(actor, row, now))
    if row.until_at is not None and row.until_at <= now:
        return
    row.until_at, row.sealed_says = now, None
    row.save(update_fields=["until_at", "sealed_says"])
    row.covers.all().delete()
    announce(PositionLeft(**facts(actor, row.series, row.person_id), role=row.role), at=now)


@transaction.atomic
def say_at_the_door(*, actor: Person, holds: Holds, words: str, now: datetime) -> None:
    """One sentence for those who come for the first time. Empty words take it away. Read by whoever may come."""
    row = Holds.objects.now(now).select_for_update(of=("self",)).filter(pk=holds.pk, person=actor).first()
    if row is None:
        raise Refused(_("Only whoever holds this can write it."))
    said = words.strip()
    if len(said) > LONGEST_SENTENCE:
        raise Refused(_("Please shorten this to one sentence."))
    row.sealed_says = key_of(PERSON, actor.pk).seal(said, says_context(row)) if said else None
    row.save(update_fields=["sealed_says"])
