"""Steps by the clock: taken by the duty every few seconds, and by whoever opens a page."""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime, timedelta

from django.db import transaction

from companionway.concerns import climbing, holding
from companionway.concerns.models import Concern
from companionway.concerns.services._raising import raise_concern
from companionway.concerns.states import State
from companionway.oncall import queries as oncall
from companionway.people.models import Organisation, Person

logger = logging.getLogger(__name__)


@transaction.atomic
def _climb_one(pk: int, now: datetime) -> bool:
    concern = (
        Concern.objects.live()
        .select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=pk)
        .first()
    )
    if concern is None:
        return False
    return holding.watch(concern, now) if concern.state == State.HELD else climbing.climb(concern, now)


def climb_due(*, actor: Person | None, watching: bool = False, now: datetime) -> int:
    """Take every step that is due, each concern in a transaction.atomic of its own; returns how many climbed.

    `watching`: look at those that are not due as well, so that a clock put back is noticed (the duty does).
    """
    climbing_now = Concern.objects.climbing() if watching else Concern.objects.due(now)
    climbed = 0
    for pk in holding.due_ids(climbing_now, now):
        try:
            climbed += _climb_one(pk, now)
        except Exception:
            logger.exception("concern %s could not climb and is tried again", pk)
    return climbed


@transaction.atomic
def begin_monthly_drills(*, actor: Person | None, now: datetime) -> int:
    """Once a month for each organisation that wants it, within its hours, at a moment nobody can guess."""
    now, begun = now.astimezone(UTC), 0
    for organisation in Organisation.objects.order_by("pk"):
        if _is_drill_due(organisation, now):
            raise_concern(actor=actor, organisation=organisation, about=None, is_drill=True, now=now)
            begun += 1
    return begun


def _is_drill_due(organisation: Organisation, now: datetime) -> bool:
    if not climbing.pace_of(organisation.pk).drills:
        return False
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    drills = Concern.objects.filter(organisation=organisation, is_drill=True)
    if drills.filter(raised_at__gte=month).exists() or now < month + _moment(organisation, month):
        return False
    return oncall.team_presence(organisation, now).is_here and bool(oncall.ladder(organisation, now))


def _moment(organisation: Organisation, month: datetime) -> timedelta:
    """From here on in this month; spread over its first 24 days, another one each month, the same for every worker."""
    said = hashlib.sha256(f"{organisation.pk} {month:%Y-%m}".encode()).digest()
    return timedelta(minutes=int.from_bytes(said[:4], "big") % (24 * 24 * 60))
