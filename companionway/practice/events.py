"""What we tell: ids only. `subject` is "practice:ID", `about_id` the person who should hear when not the actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfPractice(Event):
    practice_id: int
    person_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportOffered(_OfPractice):
    name: ClassVar[str] = "practice.support_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsChanged(_OfPractice):
    """Anything that decides who may be introduced: places, hours, topics, level, accepting or not."""

    name: ClassVar[str] = "practice.limits_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutWritten(_OfPractice):
    """Words changed: about me, or the words kept ready for a time of not being well."""

    name: ClassVar[str] = "practice.about_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWell(_OfPractice):
    """`cover_id` is the person who covers, or None. Never why."""

    name: ClassVar[str] = "practice.not_well"
    cover_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WellAgain(_OfPractice):
    name: ClassVar[str] = "practice.well_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAsked(_OfPractice):
    """`about_id` is asked to cover for `person_id`."""

    name: ClassVar[str] = "practice.cover_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAnswered(_OfPractice):
    """The person asked has answered, or stepped back later; `said_yes` is the answer."""

    name: ClassVar[str] = "practice.cover_answered"
    said_yes: bool
