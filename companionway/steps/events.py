"""What we tell: of agreements between two, ids only. Of ladders, tries and contacts outside nothing is ever told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfTwo(Event):
    """`subject` is "company:ID"; `about_id` the one whose turn it is, or who is to know."""

    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAsked(_OfTwo):
    name: ClassVar[str] = "steps.company_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTimeOffered(_OfTwo):
    name: ClassVar[str] = "steps.other_time_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAgreed(_OfTwo):
    name: ClassVar[str] = "steps.company_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyOver(_OfTwo):
    """A no, or a stop by either, whichever it was: nothing tells them apart. Running out by itself is not told."""

    name: ClassVar[str] = "steps.company_over"
