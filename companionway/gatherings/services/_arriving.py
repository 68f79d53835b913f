"""At the door of a real room: a name, one more, or nothing. And how many came, where the group agreed to count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.gatherings import moving, policy, telling
from companionway.gatherings.events import CountingDecided
from companionway.gatherings.models import CheckIn, Counting, Gathering
from companionway.gatherings.states import Arrival
from companionway.meetings.models import Meeting
from companionway.meetings.states import MeetingState
from companionway.people.models import Person


@transaction.atomic
def check_in(
    *,
    actor: Person | None,
    meeting: Meeting,
    name: str = "",
    client_id: str,
    came_at: datetime,
    now: datetime,
) -> None:
    """One more is here. `actor` is None: at the door nobody is asked who they are. Raises Refused.

    Sent twice by a device that had no network it is one. The name is kept only where the tradition keeps who came.
    """
    locked = moving.lock(meeting)
    require(policy.may_check_in(locked, now))
    if CheckIn.objects.filter(meeting=locked, client_id=client_id).exists():
        return
    came_at = min(max(came_at, locked.starts_at - policy.OPENS_BEFORE), now)
    arrival = CheckIn(meeting=locked, client_id=client_id, came_at=came_at)
    if policy.arrival_at(locked) == Arrival.NAMED:
        if not name.strip():
            raise Refused(_("Please write a name, or any name you like."))
        key = sealing.key_of(sealing.SERIES, locked.series_id)
        arrival.sealed = sealing.seal_facts(key, {"name": name}, arrival.context)
    arrival.save()
    by_hand = Gathering.objects.filter(meeting=locked, is_counted_by_hand=True).exists()
    if locked.state == MeetingState.CLOSED and policy.counts_heads(locked) and not by_hand:
        Meeting.objects.filter(pk=locked.pk, head_count=None).update(head_count=0)
        Meeting.objects.filter(pk=locked.pk).update(head_count=F("head_count") + 1)
    telling.to_frame(locked, "door")


@transaction.atomic
def count_by_hand(*, actor: Person, meeting: Meeting, count: int, now: datetime) -> None:
    """How many came, counted in the room: from now on this number stands, not the one of the door."""
    locked = moving.lock(meeting)
    require(policy.may_count(actor, locked, now))
    if not 0 <= count <= 500:
        raise Refused(_("Please choose a number no higher than 500."))
    locked.head_count = count
    locked.save(update_fields=["head_count"])
    Gathering.objects.filter(meeting=locked).update(is_counted_by_hand=True)
    telling.to_frame(locked, "door")


@transaction.atomic
def decide_counting(*, actor: Person, meeting: Meeting, is_agreed: bool, now: datetime) -> None:
    """The group agreed that heads are counted, or does not any more. Numbers of evenings before stay as they are."""
    locked = moving.lock(meeting)
    require(policy.may_decide_counting(actor, locked, now))
    series_id = locked.series_id
    if is_agreed:
        Counting.objects.get_or_create(series_id=series_id, defaults={"agreed_at": now})
    else:
        Counting.objects.filter(series_id=series_id).delete()
        CheckIn.objects.filter(meeting__series=series_id, sealed=None).delete()
    announce(
        CountingDecided(
            actor_id=None, subject=f"series:{series_id}", series_id=series_id, is_agreed=is_agreed
        ),
        at=now,
    )
