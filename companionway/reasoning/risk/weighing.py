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
Word = tuple[int, tuple[str, ...], Place]
"""The bit of a class, what was said, and where."""


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
        harmless: dict[int, set[tuple[str, ...]]] = {}
        danger: list[Word] = []
        for number in range(start, end):
            mask |= sentences[number].mask
            for word in words[number]:
                if word[0] in points.category:
                    danger.append(word)
                else:
                    harmless.setdefault(word[0], set()).add(word[1])
        places = _apart(danger)
        if len(places) < LEAST_PLACES:
            continue
        total = sum(worth for bit, worth in points.once if mask & bit)
        total += sum(points.each[bit] * min(len(found), MOST_OF_ONE) for bit, found in harmless.items())
        total += sum(max(points.each[bit] for bit in bits) for bits in places.values())
        if total >= least:
            return Weighed(_heaviest(points, places), tuple(places))
    return None


def _apart(found: Sequence[Word]) -> dict[Place, list[int]]:
    """The places of different words that do not overlap, the longer of two that begin together, and their bits."""
    places: dict[Place, list[int]] = {}
    said_before: set[tuple[str, ...]] = set()
    last: Place | None = None
    for bit, said, place in sorted(found, key=lambda word: (word[2][0], word[2][1], -word[2][2])):
        if place == last:
            places[place].append(bit)
        elif said not in said_before and (not last or place[0] != last[0] or place[1] >= last[2]):
            places[place] = [bit]
            said_before.add(said)
            last = place
    return places


def _heaviest(points: Points, places: Mapping[Place, Sequence[int]]) -> str:
    """The category with the most points; of equal ones the first in the alphabet."""
    by_category: dict[str, int] = {}
    for bits in places.values():
        for category in {points.category[bit] for bit in bits}:
            by_category[category] = by_category.get(category, 0) + 1
    return max(sorted(by_category), key=lambda name: by_category[name])


def _words(points: Points, number: int, sentence: Sentence) -> list[Word]:
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
