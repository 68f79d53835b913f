"""What a person chose about notices, read from and written to their own row. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from companionway.notices.states import AT_ONCE, OUTSIDE, Channel, Kind


@dataclass(frozen=True)
class Choices:
    """`off`: kinds not wanted, per channel. Nothing chosen means everything, on the channels agreed to."""

    off: dict[str, frozenset[str]] = field(default_factory=dict)
    paused_until: datetime | None = None
    once_a_day: bool = False

    def wants(self, kind: str, channel: str) -> bool:
        return channel == Channel.PAGE or kind in AT_ONCE or kind not in self.off.get(channel, frozenset())

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until

    @classmethod
    def read(cls, kept: dict[str, Any] | None) -> Choices:
        """Whatever stands in the row, forgiving about what is missing or unknown."""
        kept = kept or {}
        off: dict[str, Any] = kept["off"] if isinstance(kept.get("off"), dict) else {}
        until = kept.get("paused_until")
        return cls(
            off={channel: frozenset(off.get(channel, ())) & frozenset(Kind.values) for channel in OUTSIDE},
            paused_until=datetime.fromisoformat(until) if until else None,
            once_a_day=bool(kept.get("once_a_day")),
        )

    def kept(self) -> dict[str, Any]:
        return {
            "off": {channel: sorted(kinds) for channel, kinds in self.off.items() if kinds},
            "paused_until": self.paused_until.isoformat() if self.paused_until else None,
            "once_a_day": self.once_a_day,
        }
