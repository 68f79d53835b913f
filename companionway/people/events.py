"""What this room tells the house: ids only, never a name, a word or a need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    name: ClassVar[str] = "people.joined"
    programme_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(Event):
    name: ClassVar[str] = "people.role_given"
    role: str
    programme_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Event):
    name: ClassVar[str] = "people.role_ended"
    role: str
    programme_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    """`about_id` takes no part in a programme (None: in the organisation) from now on. Why is told nowhere here."""

    name: ClassVar[str] = "people.stopped"
    programme_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetBack(Event):
    name: ClassVar[str] = "people.let_back"
    programme_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    name: ClassVar[str] = "people.consent_given"
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    name: ClassVar[str] = "people.consent_withdrawn"
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanged(Event):
    name: ClassVar[str] = "people.profile_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsStated(Event):
    name: ClassVar[str] = "people.needs_stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesChosen(Event):
    name: ClassVar[str] = "people.preferences_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    name: ClassVar[str] = "people.paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(Event):
    name: ClassVar[str] = "people.came_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(Event):
    """Everything of one person was deleted: by themselves (`actor_id`), or on their wish by the operator (`about_id`).

    `proof` is the code that was given for it; empty when a restored backup was brought up to date.
    """

    name: ClassVar[str] = "people.erased"
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAgreed(Event):
    """An administrator agreed that the master key may be copied, for a quarter of an hour."""

    name: ClassVar[str] = "people.export_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKeyExported(Event):
    """The master key was copied out: `actor_id` and `about_id` are the two who agreed."""

    name: ClassVar[str] = "people.master_key_exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingChosen(Event):
    """How many days one class of data (`subject`) is kept from now on."""

    name: ClassVar[str] = "people.keeping_chosen"
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitiveRead(Event):
    """Somebody of the team read a record of `about_id`, for a reason from a fixed list."""

    name: ClassVar[str] = "people.sensitive_read"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSignedIn(Event):
    name: ClassVar[str] = "people.device_signed_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEnded(Event):
    name: ClassVar[str] = "people.device_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayInChanged(Event):
    """A passphrase, passkey, code app or printed way back was set, used or removed."""

    name: ClassVar[str] = "people.way_in_changed"
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Event):
    name: ClassVar[str] = "people.invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeBandChanged(Event):
    """Somebody is of another age band from now on; which one is not said here."""

    name: ClassVar[str] = "people.age_band_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleImported(Event):
    name: ClassVar[str] = "people.imported"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCreated(Event):
    name: ClassVar[str] = "people.programme_created"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeChanged(Event):
    name: ClassVar[str] = "people.programme_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeForked(Event):
    """A programme says something otherwise than its practice model, or as before again: keys of items, never words."""

    name: ClassVar[str] = "people.programme_forked"
    what: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Event):
    name: ClassVar[str] = "people.organisation_changed"
