"""What we tell: that something waits for one person. Never who asked, never the group, never two people in one fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """`about_id` is asked. By whom stands nowhere but on the page of the two."""

    name: ClassVar[str] = "sponsors.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """`about_id` has an answer, whatever it is."""

    name: ClassVar[str] = "sponsors.answered"
