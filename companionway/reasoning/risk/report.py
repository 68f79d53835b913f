"""How well the noticing of words does on labelled phrases: recall, false alarms, by category, with intervals.

Labels of the file: 0 none, 1 concern, 2 high, 3 imminent. "High" means 2 and 3; "alarmed" means shown as now or soon.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from companionway.reasoning.risk.noticing import notice

COLUMNS: Final = ("text", "label", "source", "category")
HIGH: Final = 2
SEED: Final = 20_151
DRAWS: Final = 4_000


class WrongFile(ValueError):
    """A file that is not labelled phrases; one kind sentence."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One phrase and what people said about it."""

    text: str
    label: int
    source: str
    category: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 95 % bootstrap interval (each bound between 0 and 1)."""

    count: int
    of: int

    @property
    def rate(self) -> float:
        """The share, 0 where there is nothing to count."""
        return self.count / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """The 2.5th and 97.5th percentile of the share over 4,000 seeded resamples of the phrases.

        Resampling n phrases with replacement and counting is a binomial draw, so that is what is drawn
        (Efron & Tibshirani, An Introduction to the Bootstrap, chapter 5). Where none or all were counted a resample
        cannot differ, so the bound is the rule of three, 3/n (Hanley & Lippman-Hand, JAMA 1983).
        """
        if not self.of:
            return (0.0, 1.0)
        if self.count in (0, self.of):
            few = min(3 / self.of, 1.0)
            return (0.0, few) if not self.count else (1.0 - few, 1.0)
        drawn = np.random.default_rng(SEED).binomial(self.of, self.rate, DRAWS) / self.of
        low, high = np.quantile(drawn, (0.025, 0.975))
        return (float(low), float(high))


@dataclass(frozen=True, slots=True)
class Report:
    """What was seen on one file."""

    phrases: tuple[Labelled, ...]
    alarmed: tuple[bool, ...]
    unchecked: int

    @property
    def recall_high(self) -> Share:
        """Of the phrases labelled high or imminent, how many alarmed."""
        return self._share(lambda phrase: phrase.label >= HIGH)

    @property
    def false_alarms(self) -> Share:
        """Of the phrases labelled none, how many alarmed."""
        return self._share(lambda phrase: phrase.label == 0)

    @property
    def families(self) -> dict[str, Share]:
        """How many alarmed in each category, in the order of the alphabet."""
        names = sorted({phrase.category for phrase in self.phrases})
        return {name: self._in(name) for name in names}

    def _in(self, category: str) -> Share:
        return self._share(lambda phrase: phrase.category == category)

    def _share(self, holds: Callable[[Labelled], bool]) -> Share:
        chosen = [
            alarmed for phrase, alarmed in zip(self.phrases, self.alarmed, strict=True) if holds(phrase)
        ]
        return Share(sum(chosen), len(chosen))

    def as_data(self) -> dict[str, object]:
        """For machines: `{"n", "recall_high", "families": {category: {"n", "alarmed"}}}`; no share is null."""
        recall = self.recall_high
        return {
            "n": len(self.phrases),
            "recall_high": recall.rate if recall.of else None,
            "families": {
                name: {"n": share.of, "alarmed": share.count} for name, share in self.families.items()
            },
        }

    def lines(self) -> Iterator[str]:
        """For people: one line each for recall, false alarms and every category."""
        yield f"{len(self.phrases)} phrases, {self.unchecked} not checked. Alarmed means shown as now or soon."
        yield f"Recall on high: {_percent(self.recall_high)}"
        low, high = self.false_alarms.interval()
        rate = self.false_alarms.rate
        yield (
            f"False alarms per 1,000 phrases without risk: {rate * 1000:.0f} ({low * 1000:.0f} to {high * 1000:.0f}), "
            f"{self.false_alarms.count} of {self.false_alarms.of}"
        )
        for name, share in self.families.items():
            yield f"  {name or '(no category)':<20} alarmed {_percent(share)}"
        yield "Intervals are 95 %, by bootstrap. The figures are about these phrases, never about people."


def _percent(share: Share) -> str:
    low, high = share.interval()
    return f"{share.rate * 100:.1f} % ({low * 100:.1f} to {high * 100:.1f}), {share.count} of {share.of}"


def read_labelled(content: bytes) -> list[Labelled]:
    """The phrases of a CSV file (UTF-8, columns text, label, source, category); `WrongFile` says what is amiss."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise WrongFile(
                f"The file needs the columns {', '.join(COLUMNS)}; {', '.join(missing)} is missing."
            )
        found = [_labelled(row, line) for line, row in enumerate(rows, 2)]
    except UnicodeDecodeError:
        raise WrongFile("The file is not UTF-8 text.") from None
    except csv.Error as fault:
        raise WrongFile(f"The file cannot be read as CSV: {fault}.") from None
    if not found:
        raise WrongFile("The file has no phrases.")
    return found


def _labelled(row: dict[str, str | None], line: int) -> Labelled:
    label = (row["label"] or "").strip()
    if label not in ("0", "1", "2", "3"):
        raise WrongFile(f"Row {line}: the label must be 0, 1, 2 or 3, not {label[:20]!r}.")
    return Labelled(row["text"] or "", int(label), row["source"] or "", (row["category"] or "").strip())


def measure(phrases: Iterable[Labelled]) -> Report:
    """Look at every phrase with the default rules and keep whether it alarmed."""
    kept = tuple(phrases)
    seen = [notice(phrase.text) for phrase in kept]
    return Report(kept, tuple(one.alarmed for one in seen), sum(bool(one.unchecked) for one in seen))
