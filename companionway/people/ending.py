"""How a device ends: its session row, its open streams, and a note of it. Part of several deeds."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib.sessions.models import Session
from django.db import transaction

from companionway.foundation import live
from companionway.foundation.events import announce
from companionway.people.events import DeviceEnded
from companionway.people.models import Device, Person


def end_devices(actor: Person, devices: list[Device], now: datetime) -> None:
    keys = [device.session_key for device in devices]
    Session.objects.filter(session_key__in=keys).delete()
    for device in devices:
        # The key is put away, so that the same browser can begin again under a new row.
        old_key, device.session_key = device.session_key, f"ended {device.public_id}"
        device.ended_at = now
        device.save(update_fields=["session_key", "ended_at"])
        transaction.on_commit(partial(live.revoke_device, old_key))
        announce(DeviceEnded(actor_id=actor.pk, subject=f"device:{device.pk}"), at=now)
