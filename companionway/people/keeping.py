"""How long this room keeps what has ended. The days are defaults that each organisation has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.foundation.retention import Clock, clock, without_clock
from companionway.people.models import Consent, Device, RoleHeld, Stop


def _devices(before: datetime, now: datetime) -> int:
    return Device.objects.filter(ended_at__lt=before).delete()[0]


def _consents(before: datetime, now: datetime) -> int:
    return Consent.objects.filter(withdrawn_at__lt=before).delete()[0]


def _roles(before: datetime, now: datetime) -> int:
    return RoleHeld.objects.filter(until_at__lt=before).delete()[0]


def _stops(before: datetime, now: datetime) -> int:
    return Stop.objects.filter(ended_at__lt=before).delete()[0]


clock(
    Clock(
        "stops",
        _("Times in which somebody took no part"),
        1095,
        90,
        7300,
        _("Three years after the end, like the decision; unverified"),
        ("people.Stop",),
        _stops,
    )
)
clock(
    Clock(
        "devices",
        _("Devices that were signed out"),
        90,
        1,
        365,
        _("Our own rule: long enough to ask about a strange one"),
        ("people.Device",),
        _devices,
    )
)
clock(
    Clock(
        "consents",
        _("Consents that were taken back"),
        2190,
        30,
        3650,
        _("Proof of what was agreed; six years, unverified"),
        ("people.Consent",),
        _consents,
    )
)
clock(
    Clock(
        "roles",
        _("Roles that ended"),
        2190,
        90,
        7300,
        _("Who was responsible when; six years, unverified"),
        ("people.RoleHeld",),
        _roles,
    )
)
without_clock(
    {
        "people.Organisation": "the service itself",
        "people.Programme": "part of the service itself",
        "people.Person": "as long as they are here; deleting everything leaves an empty row",
        "people.ProfileItem": "theirs to take away",
        "people.Passkey": "theirs to take away",
        "people.Authenticator": "theirs to take away",
        "people.OneTimeCode": "runs out within days and is cleared every six hours",
        "sessions.Session": "ends by itself after thirty days and is cleared every six hours",
    }
)
