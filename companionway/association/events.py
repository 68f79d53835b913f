"""What we tell of minutes. Ids only: never a word of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfMinutes(Event):
    minutes_id: int
    group_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesBegun(_OfMinutes):
    """Also a correction: the version after the one that stands."""

    name: ClassVar[str] = "association.minutes_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesWritten(_OfMinutes):
    name: ClassVar[str] = "association.minutes_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesToSign(_OfMinutes):
    """`about_id` is asked to sign."""

    name: ClassVar[str] = "association.minutes_to_sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesTakenBack(_OfMinutes):
    """Back to the writer, without a signature; or set aside before anybody signed."""

    name: ClassVar[str] = "association.minutes_taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSignedByOne(_OfMinutes):
    name: ClassVar[str] = "association.minutes_signed_by_one"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSigned(_OfMinutes):
    """Both have signed: the members read them."""

    name: ClassVar[str] = "association.minutes_signed"
