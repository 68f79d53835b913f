"""What we tell of a page: ids only, never words. `subject` is "reading:ID"; `version` counts what was agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAPage(Event):
    reading_id: int
    version: int
    member_id: int
    supporter_id: int
    supervisor_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked(_OfAPage):
    """One of the two would like a page to be read; the other is asked."""

    name: ClassVar[str] = "reading.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAgreed(_OfAPage):
    """Both said yes to this version: it waits to be read."""

    name: ClassVar[str] = "reading.agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAskedAnew(_OfAPage):
    """Somebody wrote a newer version; whoever has not said yes to it is asked."""

    name: ClassVar[str] = "reading.asked_anew"
    asks_member: bool
    asks_supporter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOpened(_OfAPage):
    name: ClassVar[str] = "reading.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswered(_OfAPage):
    """The practice supervisor asks for a change."""

    name: ClassVar[str] = "reading.answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigned(_OfAPage):
    name: ClassVar[str] = "reading.signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKept(_OfAPage):
    """It stays between the two: a no, a yes taken back, or nobody to read it any more."""

    name: ClassVar[str] = "reading.kept"
