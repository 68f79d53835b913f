"""An evening begins and ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.gatherings import moving, policy, telling
from companionway.gatherings.events import GatheringClosed, GatheringOpened
from companionway.gatherings.models import CheckIn, Gathering
from companionway.meetings.models import Meeting
from companionway.meetings.states import MeetingState
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person

KEPT_FOR: Final = timedelta(hours=24)
# Nobody closed it: it closes by itself.
CLOSES_AFTER: Final = timedelta(hours=3)


@transaction.atomic
def open_meeting(*, actor: Person, meeting: Meeting, now: datetime) -> Gathering:
    """Open the door and begin the script. Raises Refused, also when somebody else just did."""
    locked = moving.lock(meeting)
    require(policy.may_open(actor, locked, now))
    moving.move(locked, MeetingState.OPEN)
    locked.opened_at = now
    locked.save(update_fields=["state", "opened_at"])
    sealing.key_of(sealing.GATHERING, locked.pk)
    gathering = Gathering.objects.create(meeting=locked, part_began_at=now)
    announce(GatheringOpened(**moving.whom(locked, actor)), at=now)
    return gathering


@transaction.atomic
def close_meeting(*, actor: Person, meeting: Meeting, now: datetime) -> None:
    """The evening is over. What was written goes at once, or a day later where it is kept to be reported."""
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    _close(locked, actor, now)


@transaction.atomic
def close_left_open(*, actor: Person | None, now: datetime) -> int:
    """Close what nobody closed, hours after its end: what was written there must not stay. Returns how many."""
    rows = Meeting.objects.filter(state=MeetingState.OPEN, ends_at__lt=now - CLOSES_AFTER)
    left = list(rows.values_list("pk", flat=True))
    for each in left:
        locked = moving.lock(Meeting(pk=each))
        if locked.state == MeetingState.OPEN:
            _close(locked, actor, now)
    return len(left)


@transaction.atomic
def forget_due(*, actor: Person | None, now: datetime) -> int:
    """Destroy what was kept for a day after the close. Returns how many meetings."""
    due = Gathering.objects.filter(forget_at__lte=now, forgotten_at=None).select_for_update()
    found = list(due)
    for gathering in found:
        moving.forget(gathering, now)
    old = now - policy.ARRIVES_LATE
    CheckIn.objects.filter(meeting__closed_at__lt=old, sealed=None).delete()
    return len(found)


def _close(locked: Meeting, actor: Person | None, now: datetime) -> None:
    moving.move(locked, MeetingState.CLOSED)
    locked.closed_at = now
    locked.save(update_fields=["state", "closed_at"])
    came = CheckIn.objects.filter(meeting=locked).count()
    if came and locked.head_count is None and policy.counts_heads(locked):
        locked.head_count = came
        locked.save(update_fields=["head_count"])
    announce(GatheringClosed(**moving.whom(locked, actor)), at=now)
    gathering = Gathering.objects.select_for_update().filter(meeting=locked).first()
    if gathering is not None:
        rules = GroupRules.of(locked.series.programme)
        passes = rules is None or rules.shares == "passing"
        gathering.forget_at = now if passes else now + KEPT_FOR
        gathering.save(update_fields=["forget_at"])
        if passes:
            moving.forget(gathering, now)
    telling.to_all(locked, "close")
