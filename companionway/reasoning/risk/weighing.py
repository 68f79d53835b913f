"""Weighing words where no rule saw anything: points of classes of words, added up over a few sentences.

A rule needs its words in a certain order; a stranger finds another. So every different word or phrase of a class under
`[points.each]` counts its points, and every class under `[points.once]` its points once: words of danger count for,
films, trifles, recovery, questions and denials count against. The points are small whole numbers set by hand in the
lexicon; from `least` on the words are shown like any others that were noticed, and where a scope had set something
aside it takes `aside` more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from companionway.reasoning.risk.patterns import Sentence

WINDOW: Final = 40
"""So many words of sentences in a row are weighed together, and one sentence always."""
LEAST_PLACES: Final = 2
"""One word or phrase is never enough, whatever it weighs."""
MOST_OF_ONE: Final = 4
"""So many different words of one class count."""

Place = tuple[int, int, int]
"""The sentence, and the first and the last place (exclusive) of words in it."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points by the bits of classes, for each word and once, and the categories of the classes of danger."""

    least: int
    aside: int
    mask: int
    each: Mapping[int, int]
    once: tuple[tuple[int, int], ...]
    category: Mapping[int, str]

    @classmethod
    def of(cls, data: Mapping[str, Any], bit_of: Callable[[str], int]) -> Points:
        """What a lexicon file says under `[points]`; `bit_of` gives the bits of a class."""
        each, once = (
            {bit_of("@" + name): worth for name, worth in data[key].items()} for key in ("each", "once")
        )
        category = {bit_of("@" + name): kind for name, kind in data["category"].items()}
        return cls(data["least"], data["aside"], sum(each), each, tuple(once.items()), category)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What weighed enough: the category with the most points, and where its words stand."""

    category: str
    places: tuple[Place, ...]


def weigh(points: Points, sentences: Sequence[Sentence], *, aside: bool) -> Weighed | None:
    """The first few sentences in a row that weigh enough, or None. `aside` says that a scope set something aside."""
    least = points.least + (points.aside if aside else 0)
    words = [_words(points, number, sentence) for number, sentence in enumerate(sentences)]
    for start, end in _windows(sentences):
        mask = 0
        each: dict[int, dict[tuple[str, ...], Place]] = {}
        for number in range(start, end):
            mask |= sentences[number].mask
            for bit, said, place in words[number]:
                each.setdefault(bit, {}).setdefault(said, place)
        total = sum(worth for bit, worth in points.once if mask & bit)
        total += sum(points.each[bit] * min(len(found), MOST_OF_ONE) for bit, found in each.items())
        if total >= least and (found := _heaviest(points, each)):
            return found
    return None


def _heaviest(points: Points, each: dict[int, dict[tuple[str, ...], Place]]) -> Weighed | None:
    by_category: dict[str, int] = {}
    for bit, found in each.items():
        if category := points.category.get(bit):
            by_category[category] = by_category.get(category, 0) + points.each[bit] * len(found)
    if not by_category:
        return None
    category = max(sorted(by_category), key=lambda name: by_category[name])
    places = sorted(
        {place for bit, found in each.items() if bit in points.category for place in found.values()}
    )
    apart: list[Place] = []
    for place in places:
        if not apart or apart[-1][0] != place[0] or apart[-1][2] <= place[1]:
            apart.append(place)
    return Weighed(category, tuple(apart)) if len(apart) >= LEAST_PLACES else None


def _words(points: Points, number: int, sentence: Sentence) -> list[tuple[int, tuple[str, ...], Place]]:
    """The bit of a class, the words and their place, for every word or phrase of a sentence that has points."""
    found = []
    for start, here in enumerate(sentence.here):
        if not here & points.mask:
            continue
        for end, bits in sentence.ends[start].items():
            rest = bits & points.mask
            while rest:
                bit = rest & -rest
                found.append((bit, sentence.words[start:end], (number, start, end)))
                rest ^= bit
    return found


def _windows(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Sentences in a row of `WINDOW` words at most, from each one on; none that lies within the one before."""
    last = 0
    for start in range(len(sentences)):
        end, size = start, 0
        while end < len(sentences) and (end == start or size + len(sentences[end].words) <= WINDOW):
            size += len(sentences[end].words)
            end += 1
        if end > last:
            yield start, end
        last = max(last, end)
