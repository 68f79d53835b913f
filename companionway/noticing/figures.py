"""How often the computer was wrong when it was last checked: said wherever what it noticed is shown.

From the *first looks* at the eight newest sets in docs/decisions/0015, before anything was tuned to them; a test
compares the two. They are invented, and were written without sight of the rules. Real people's words are missed more
often, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Check:
    """`seen` of `high` messages that somebody should see soon were noticed; `needless` of `calm` ones were, too."""

    on: date
    seen: int
    high: int
    needless: int
    calm: int

    @property
    def messages(self) -> int:
        return self.high + self.calm

    @property
    def missed_of_100(self) -> int:
        return round(100 * (self.high - self.seen) / self.high)

    @property
    def needless_of_100(self) -> int:
        """Of a hundred alarms, as many as there were in that set of hard cases."""
        return round(100 * self.needless / (self.seen + self.needless))


LAST_CHECK: Final = Check(on=date(2026, 11, 23), seen=672, high=786, needless=47, calm=946)
