"""The little language in which a rule says what it looks for, and the matcher that walks a sentence with it.

A pattern is a row of elements: `word`, `@class`, `a|@b` (either), `x?` (may be missing), `!x` (not here), `..` (up to
three words between), `..5` (up to five), `...` (up to twelve, also past a comma), `^` and `$` (where the clause
begins and ends; `a|$` is the word or the end), `!!x` (nowhere in the sentence). A pattern that begins with `&` is a
bag: its elements may stand in any order, all within `WITHIN` words of its first one, and `!x` is nowhere in the
sentence. Every step is counted: a text that asks for too many is not guessed about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

GAP = 3
FAR = 12
WITHIN = 14


class TooMuch(Exception):
    """The steps that one message may cost are used up."""


class WrongPattern(ValueError):
    """A pattern that cannot be read."""


@dataclass(slots=True)
class Steps:
    """How many steps are left for one message."""

    left: int

    def take(self, count: int = 1) -> None:
        """Spend steps; `TooMuch` when there are none left."""
        self.left -= count
        if self.left < 0:
            raise TooMuch


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a pattern: which classes may stand there (bits), and how far after the place before."""

    mask: int
    gap: int = 0
    far: bool = False
    optional: bool = False
    absent: bool = False
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled row of elements; `needs` are the classes without which no sentence can match, `never` those with
    which none can."""

    elements: tuple[Element, ...]
    needs: tuple[int, ...]
    bag: bool = False
    never: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of one sentence, prepared for matching.

    `ends[place]` maps the end (exclusive) of what starts there to the bits of the classes it belongs to;
    `here[place]` is all those bits together, `mask` all of the sentence; `clause[place]` numbers the clauses; `entries`
    are the bits of every word and phrase for itself.
    """

    words: tuple[str, ...]
    clause: tuple[int, ...]
    ends: tuple[Mapping[int, int], ...]
    here: tuple[int, ...]
    mask: int
    entries: Set[int]

    def first(self, bits: int, start: int = 0, end: int | None = None) -> int:
        """The first place from `start` to `end` (exclusive) at which one of these classes begins, or -1."""
        if not self.mask & bits:
            return -1
        for place in range(max(start, 0), len(self.here) if end is None else end):
            if self.here[place] & bits:
                return place
        return -1


Span = tuple[int, int]


def compile_pattern(text: str, bit_of: Callable[[str], int], rare: Callable[[int], int]) -> Pattern:
    """Read a pattern. `bit_of` gives the bits of a word or @class; `rare` orders bits, rarest first.

    Raises `WrongPattern` when it is empty, begins with something that may be missing, or ends in a gap.
    """
    elements: list[Element] = []
    gap, far, never = 0, False, 0
    bag = text.startswith("& ")
    for part in text.removeprefix("& ").split():
        if dots := re.fullmatch(r"\.\.(\.|\d+)?", part):
            far = dots[1] == "."
            gap = FAR if far else int(dots[1] or GAP)
            continue
        if part.startswith("!!"):
            never |= _element(part, 0, False, bit_of).mask
            continue
        elements.append(_element(part, gap, far, bit_of))
        gap, far = 0, False
    solid = [element for element in elements if not element.edge and not element.absent]
    loose = bag and any(element.gap or element.edge or element.optional for element in elements)
    if not solid or gap or solid[0].optional or loose:
        raise WrongPattern(f"This pattern cannot be read: {text!r}.")
    needs = sorted({element.mask for element in solid if not element.optional}, key=rare)
    return Pattern(tuple(elements), tuple(needs), bag, never)


def _element(part: str, gap: int, far: bool, bit_of: Callable[[str], int]) -> Element:
    optional, absent = part.endswith("?"), part.startswith("!")
    mask, edge = 0, ""
    for name in part.strip("?!").split("|"):
        if name in ("^", "$"):
            edge = name
        else:
            mask |= bit_of(name)
    return Element(mask, gap, far, optional, absent, edge)


def find(pattern: Pattern, sentence: Sentence, steps: Steps, start: int = 0) -> list[Span] | None:
    """Where the pattern first matches from `start` on: the spans of its elements as places in the sentence, or None.

    Raises `TooMuch` when the message has used up its steps.
    """
    if sentence.mask & pattern.never:
        return None
    if pattern.bag:
        return _gather(pattern, sentence, steps, start)
    elements = pattern.elements
    opening = elements[0]
    for place in range(start, len(sentence.here)):
        bits = sentence.here[place]
        if not opening.edge and not opening.absent and not bits & opening.mask:
            continue
        steps.take()
        found = _walk(elements, 0, place, sentence, steps)
        if found is not None:
            return found[::-1]
    return None


def _gather(pattern: Pattern, sentence: Sentence, steps: Steps, start: int) -> list[Span] | None:
    """The nearest places of all elements of a bag around its first one, in the order of the sentence."""
    first, *others = [element for element in pattern.elements if not element.absent]
    if any(sentence.mask & element.mask for element in pattern.elements if element.absent):
        return None
    for place in range(start, len(sentence.here)):
        if not sentence.here[place] & first.mask:
            continue
        spans = [_span(first, place, sentence)]
        for element in others:
            steps.take()
            span = _nearest(element, place, spans, sentence)
            if span is None:
                break
            spans.append(span)
        else:
            return sorted(spans)
    return None


def _nearest(element: Element, place: int, taken: Sequence[Span], sentence: Sentence) -> Span | None:
    """The span of an element nearest to a place, clear of the spans that others have taken."""
    for apart in range(1, WITHIN + 1):
        for at in (place - apart, place + apart):
            if 0 <= at < len(sentence.here) and sentence.here[at] & element.mask:
                span = _span(element, at, sentence)
                if all(span[1] <= start or end <= span[0] for start, end in taken):
                    return span
    return None


def _span(element: Element, at: int, sentence: Sentence) -> Span:
    return at, next(end for end, bits in sentence.ends[at].items() if bits & element.mask)


def _walk(
    elements: Sequence[Element], index: int, place: int, sentence: Sentence, steps: Steps
) -> list[Span] | None:
    """The rest of a match from here on, in reverse order."""
    if index == len(elements):
        return []
    element = elements[index]
    size = len(sentence.words)
    for at in range(place, min(place + element.gap, size) + 1):
        if at > place and not element.far and at < size and sentence.clause[at] != sentence.clause[place - 1]:
            break
        if element.edge or element.absent:
            if _fits(element, at, sentence):
                rest = _walk(elements, index + 1, at, sentence, steps)
                if rest is not None:
                    return rest
            if element.absent or not element.mask:
                continue
        if at < size and sentence.here[at] & element.mask:
            steps.take()
            for end, bits in sentence.ends[at].items():
                if bits & element.mask:
                    rest = _walk(elements, index + 1, end, sentence, steps)
                    if rest is not None:
                        return [*rest, (at, end)]
    if element.optional:
        return _walk(elements, index + 1, place, sentence, steps)
    return None


def _fits(element: Element, at: int, sentence: Sentence) -> bool:
    """Whether the clause begins or ends here, or the unwanted word is not here."""
    size = len(sentence.words)
    if element.absent:
        return at >= size or not sentence.here[at] & element.mask
    if element.edge == "^":
        return at == 0 or (at < size and sentence.clause[at] != sentence.clause[at - 1])
    return at >= size or (at > 0 and sentence.clause[at] != sentence.clause[at - 1])
