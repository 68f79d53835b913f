"""The script of one meeting: the parts of its format, in the words of the tradition."""

from __future__ import annotations

from dataclasses import dataclass

from companionway.meetings.models import Series
from companionway.people.group_rules import Format, GroupRules, Part


@dataclass(frozen=True, slots=True)
class Script:
    rules: GroupRules
    format: Format

    def part(self, number: int) -> Part:
        """The part with this number; the last one when the file became shorter meanwhile."""
        return self.format.parts[min(number, self.last)]

    @property
    def last(self) -> int:
        return len(self.format.parts) - 1

    def goes_round(self, number: int) -> bool:
        """Whether one after another has their turn, and what others write waits."""
        part = self.part(number)
        return part.kind == "round" and not part.cross_talk


def of(series: Series) -> Script | None:
    rules = GroupRules.of(series.programme)
    return Script(rules, rules.format_of(series.format_key)) if rules and rules.formats else None
