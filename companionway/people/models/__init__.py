"""The shared hall: organisations and programmes, persons and roles, consent and profiles, devices and ways in."""

from companionway.people.models._boundaries import (
    Side,
    of_organisation,
    of_person,
    of_programme,
    of_row,
    within_one_organisation,
)
from companionway.people.models._organisations import Organisation, Programme
from companionway.people.models._persons import Person, PersonQuerySet, RoleHeld
from companionway.people.models._profiles import Audience, Consent, ItemKind, ProfileItem, Purpose
from companionway.people.models._signing_in import Authenticator, Device, OneTimeCode, Passkey
from companionway.people.models._standing import SHORT_DAYS, Stop, StopQuerySet

__all__ = [
    "Audience",
    "Authenticator",
    "Consent",
    "Device",
    "ItemKind",
    "OneTimeCode",
    "Organisation",
    "Passkey",
    "Person",
    "PersonQuerySet",
    "ProfileItem",
    "Programme",
    "Purpose",
    "RoleHeld",
    "SHORT_DAYS",
    "Side",
    "Stop",
    "StopQuerySet",
    "of_organisation",
    "of_person",
    "of_programme",
    "of_row",
    "within_one_organisation",
]
