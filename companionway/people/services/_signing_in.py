"""Devices: each signed-in browser is visible to its owner and can be ended at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation import live
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people import policy
from companionway.people.ending import end_devices
from companionway.people.events import DeviceSignedIn
from companionway.people.keys import NewDevice
from companionway.people.models import Device, Person


@transaction.atomic
def sign_in(*, actor: Person, device: NewDevice, is_strong: bool, now: datetime) -> Device:
    """Note that this browser is signed in from now on; `is_strong` when more than a passphrase was shown."""
    made = Device.objects.create(
        person=actor,
        session_key=device.session_key,
        label=device.label,
        is_strong=is_strong,
        signed_in_at=now,
        last_seen_on=now.date(),
    )
    announce(DeviceSignedIn(actor_id=actor.pk, subject=f"device:{made.pk}"), at=now)
    return made


@transaction.atomic
def prove_device(*, actor: Person, device: Device, session_key: str, now: datetime) -> None:
    """The second proof was shown on this device: staff roles count from now on, under a fresh session."""
    require(policy.may_change_own(actor, device.person))
    old_key = device.session_key
    device.is_strong, device.session_key = True, session_key
    device.save(update_fields=["is_strong", "session_key"])
    transaction.on_commit(lambda: live.revoke_device(old_key))
    announce(DeviceSignedIn(actor_id=actor.pk, subject=f"device:{device.pk}"), at=now)


@transaction.atomic
def sign_out(*, actor: Person, session_key: str, now: datetime) -> None:
    """Sign this browser out: its session and its live streams end."""
    end_devices(actor, list(Device.objects.filter(person=actor, session_key=session_key, ended_at=None)), now)


@transaction.atomic
def end_device(*, actor: Person, device: Device, now: datetime) -> None:
    """End one of my devices at once, wherever it is."""
    require(policy.may_change_own(actor, device.person))
    end_devices(actor, [device], now)


@transaction.atomic
def end_all_devices(*, actor: Person, except_session: str = "", now: datetime) -> int:
    """End every device, or every other one than `except_session`; returns how many."""
    ending = list(Device.objects.filter(person=actor, ended_at=None).exclude(session_key=except_session))
    end_devices(actor, ending, now)
    return len(ending)
