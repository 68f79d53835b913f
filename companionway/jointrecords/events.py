"""What we tell of records of two: ids only, never words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.clubhouse.events import OfAHouse


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAsked(OfAHouse):
    """One of the two would like to write a record together; `about_id` is the other."""

    name: ClassVar[str] = "jointrecords.record_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreed(OfAHouse):
    """The other said yes: from now on words may be written."""

    name: ClassVar[str] = "jointrecords.record_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWritten(OfAHouse):
    """There is a newer version, which nobody has signed."""

    name: ClassVar[str] = "jointrecords.record_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSigned(OfAHouse):
    """One of the two signed the version that stands; `is_locked`: both have."""

    name: ClassVar[str] = "jointrecords.record_signed"
    is_locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSetAside(OfAHouse):
    """It is gone: a no, or not wanted any more."""

    name: ClassVar[str] = "jointrecords.record_set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpened(OfAHouse):
    """The other of the two opened a record of `about_id`."""

    name: ClassVar[str] = "jointrecords.record_opened"
