"""What other processes did to somebody's ways in, noticed here: streams that may no longer be open end."""

from __future__ import annotations

from collections.abc import Sequence

from companionway.foundation import live
from companionway.foundation.models import Record
from companionway.foundation.watching import noticed
from companionway.people.events import DeviceEnded, DeviceSignedIn, Erased, RoleEnded, WayInChanged
from companionway.people.models import Device


@noticed(RoleEnded, Erased)
def rights_ended_elsewhere(records: Sequence[Record]) -> None:
    """Every stream of theirs proves itself again."""
    for person_id in {record.about_id or record.actor_id for record in records}:
        live.revoke_here(person_id=person_id)


@noticed(DeviceEnded, DeviceSignedIn, WayInChanged)
def devices_ended_elsewhere(records: Sequence[Record]) -> None:
    """Only the devices that ended; the others go on listening. (A second proof gives a device a new session.)"""
    people = {
        person_id for record in records for person_id in (record.about_id, record.actor_id) if person_id
    }
    for person_id in people:
        live.forget_here(person_id)
    open_now = live.open_sessions(people)
    living = Device.objects.filter(session_key__in=open_now, ended_at=None, person__is_active=True)
    for session in set(open_now) - set(living.values_list("session_key", flat=True)):
        live.revoke_here(session=session)
