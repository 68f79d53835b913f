"""A sentence as it was told, and a rule that matched in it."""

from __future__ import annotations

from dataclasses import dataclass

from companionway.reasoning.risk.lexicon import Rule
from companionway.reasoning.risk.patterns import Sentence, Span


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence with what was found out about it as a whole."""

    sentence: Sentence
    asks: bool
    quotes: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched in one sentence: the places of its elements, from left to right."""

    rule: Rule
    told: Told
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    def touches(self, bits: int) -> bool:
        """Whether one of the matched words belongs to these classes."""
        here = self.told.sentence.here
        return any(here[place] & bits for start, end in self.spans for place in range(start, end))
