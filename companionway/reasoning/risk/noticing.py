"""From a message to what was noticed in it, with the reason for each hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from companionway.reasoning.risk.lexicon import NAMED, NO_PHRASES, Lexicon, Rule, Together, lexicon
from companionway.reasoning.risk.matching import Match, Told
from companionway.reasoning.risk.patterns import Pattern, Sentence, Steps, TooMuch, find
from companionway.reasoning.risk.reading import MOST_SENTENCES, Read, read
from companionway.reasoning.risk.scopes import Scopes
from companionway.reasoning.risk.weighing import weigh
from companionway.reasoning.risk.wording import Wording

MOST_CHARACTERS: Final = 20_000
MOST_STEPS: Final = 22_000
"""Several times what ten thousand characters of ordinary writing take."""
SENTENCE_STEPS: Final = 40
MATCH_STEPS: Final = 180
"""What a sentence and a match cost in the same coin, about a microsecond each."""
MOST_OF_ONE: Final = 4
"""So many matches of one pattern in one sentence are looked at."""
TOO_LONG: Final = "This message is too long to look at."
TOO_MUCH: Final = "This message takes too much work to look at."

WEIGHED: Final = 2
"""The level of words that weigh enough together where no rule saw anything."""
WHO: Final = {"third_party": "third", "encouragement": "you"}
A_FEW: Final = 6
"""From so many words on, a text without one common word is not taken for this language."""


class Label(StrEnum):
    """What a message is labelled with; never a person."""

    NOW = "now"
    SOON = "soon"
    WHEN_YOU_CAN = "when you can"
    NOTHING = ""
    NOT_CHECKED = "not checked"


LABELS: Final = (Label.NOTHING, Label.WHEN_YOU_CAN, Label.SOON, Label.NOW)


@dataclass(frozen=True, slots=True)
class Seen:
    """Words of the message that a rule saw: where they stand (characters, end exclusive) and what they were read as."""

    start: int
    end: int
    read_as: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing noticed. `level` is 0 to 3; `set_aside` names the scope that keeps it from raising anything."""

    rule: str
    category: str
    level: int
    who: str
    when: str
    seen: tuple[Seen, ...]
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was noticed in one message: the hits that count, those set aside, and why it was not checked if so."""

    hits: tuple[Hit, ...] = ()
    set_aside: tuple[Hit, ...] = ()
    unchecked: str = ""

    @property
    def level(self) -> int:
        """The highest level among the hits, 0 to 3."""
        return max((hit.level for hit in self.hits), default=0)

    @property
    def label(self) -> Label:
        """The label of the message. What was found stands even when the rest could not be looked at."""
        if not self.level and self.unchecked:
            return Label.NOT_CHECKED
        return LABELS[self.level]

    @property
    def alarmed(self) -> bool:
        """Whether the message would be shown as now or soon."""
        return self.level >= 2


def notice(text: str, *, language: str = "en", tradition: str = "") -> Noticed:
    """Look for worrying words in one message.

    `tradition` is a key of the lexicon's `traditions` ("hearing_voices": what voices say raises nothing); others
    change nothing. Never raises for any text: one that is too long, costs too many steps or is in another language
    is answered with `unchecked`. Raises `WrongLexicon` only when there is no lexicon of that language.
    """
    words = lexicon(language)
    try:
        return _Look(words, tradition).at(text)
    except TooMuch:
        return Noticed(unchecked=TOO_MUCH)


class _Look:
    """One look at one message, within its steps."""

    def __init__(self, words: Lexicon, tradition: str) -> None:
        self.lexicon, self.tradition = words, tradition
        self.steps = Steps(MOST_STEPS)
        self.wording = Wording(words)
        self.settled: set[str] = set()
        """The rules that have a hit that counts in the sentence being looked at; one is enough."""

    def at(self, text: str) -> Noticed:
        words, kept = self.lexicon, text[:MOST_CHARACTERS]
        whole = read(kept, self.wording.plain, words.fillers, words.pictures, words.speller.joined)
        sentences = whole[:MOST_SENTENCES]
        told = [Told(self.sentence(one), one.asks, one.quotes) for one in sentences]
        scopes = Scopes(self.lexicon, told, self.tradition)
        hits: list[Hit] = []
        aside: list[Hit] = []
        signals: dict[str, Hit] = {}
        unchecked = (
            TOO_LONG if len(text) > len(kept) or len(whole) > len(sentences) else self.why_not(text, told)
        )
        try:
            for match, one in self.matches(told, sentences):
                hit = self.hit(match, one, scopes)
                if hit.set_aside:
                    aside.append(hit)
                    continue
                if match.rule.signal:
                    signals.setdefault(match.rule.signal, hit)
                if hit.level:
                    hits.append(hit)
                self.settled.add(hit.rule)
        except TooMuch:
            unchecked = TOO_MUCH
        hits += [
            _together(rule, signals)
            for rule in self.lexicon.together
            if len(rule.signals & signals.keys()) >= rule.least
        ]
        if not unchecked and all(hit.level < WEIGHED for hit in hits):
            hits += self.weighed(told, sentences, aside)
        return Noticed(tuple(hits), tuple(aside), unchecked)

    def weighed(self, told: Sequence[Told], sentences: Sequence[Read], aside: Sequence[Hit]) -> Iterator[Hit]:
        """What no rule saw and weighs enough, as one hit."""
        if any(hit.set_aside == "voices" for hit in aside):
            return
        found = weigh(self.lexicon.points, [one.sentence for one in told], aside=bool(aside))
        if found:
            who = WHO.get(found.category, "self")
            seen = tuple(_seen(start, end, sentences[number]) for number, start, end in found.places)
            yield Hit("weighed." + found.category, found.category, WEIGHED, who, "now", seen)

    def why_not(self, text: str, told: Sequence[Told]) -> str:
        size = sum(len(one.sentence.words) for one in told)
        foreign = not text.isascii() and mostly_foreign(text)
        if foreign or (size >= A_FEW and not self.wording.sure & self.lexicon.common):
            return "This message is not in a language that is checked."
        return ""

    def sentence(self, one: Read) -> Sentence:
        plain = tuple(word.plain for word in one.words)
        named = self.lexicon.bit(*NAMED)
        ends: list[dict[int, int]] = []
        here: list[int] = []
        entries: set[int] = set()
        whole = 0
        for place, word in enumerate(plain):
            found: dict[int, int] = {}
            alone, longer = self.lexicon.phrases.get(word, NO_PHRASES)
            if alone:
                found[place + 1] = alone
                entries.add(alone)
            if longer and place + 1 < len(plain):
                for words, mask in longer.get(plain[place + 1], ()):
                    if plain[place : place + len(words)] == words:
                        end = place + len(words)
                        found[end] = found.get(end, 0) | mask
                        entries.add(mask)
            if not found and one.words[place].named:
                found[place + 1] = named
                entries.add(named)
            bits = 0
            for mask in found.values():
                bits |= mask
            ends.append(dict(sorted(found.items(), reverse=True)) if len(found) > 1 else found)
            here.append(bits)
            whole |= bits
        return Sentence(
            plain, tuple(word.clause for word in one.words), tuple(ends), tuple(here), whole, entries
        )

    def matches(self, told: Sequence[Told], sentences: Sequence[Read]) -> Iterator[tuple[Match, Read]]:
        for one, written in zip(told, sentences, strict=True):
            self.steps.take(SENTENCE_STEPS)
            self.settled.clear()
            for _, rule, pattern in self.lexicon.candidates(one.sentence.mask, one.sentence.entries):
                if rule.id in self.settled:
                    continue
                for match in self.all_of(pattern, rule, one):
                    yield match, written
                    if rule.id in self.settled:
                        break

    def all_of(self, pattern: Pattern, rule: Rule, told: Told) -> Iterator[Match]:
        start = count = 0
        while count < MOST_OF_ONE and (spans := find(pattern, told.sentence, self.steps, start)) is not None:
            yield Match(rule, told, tuple(spans))
            count += 1
            if pattern.bag:
                start = told.sentence.first(pattern.elements[0].mask, start) + 1
            else:
                start = spans[0][0] + 1 if spans else len(told.sentence.words)

    def hit(self, match: Match, written: Read, scopes: Scopes) -> Hit:
        rule = match.rule
        self.steps.take(MATCH_STEPS)
        who, when = scopes.who(match), scopes.when(match)
        level = rule.level
        if rule.urgent and match.told.sentence.mask & self.lexicon.bit("immediate"):
            level = 3
        category = rule.category
        if who == "third" and category in ("suicide", "self_harm"):
            category = "third_party"
        seen = tuple(_seen(start, end, written) for start, end in match.spans)
        return Hit(rule.id, category, level, who, when, seen, scopes.set_aside(match, who, when))


def _seen(start: int, end: int, written: Read) -> Seen:
    words = written.words[start:end]
    return Seen(words[0].start, words[-1].end, " ".join(word.plain for word in words))


def _together(rule: Together, signals: dict[str, Hit]) -> Hit:
    parts = [signals[name] for name in sorted(rule.signals & signals.keys())]
    return Hit(
        rule.id,
        rule.category,
        rule.level,
        parts[0].who,
        "now",
        tuple(one for part in parts for one in part.seen),
    )


def mostly_foreign(text: str) -> bool:
    """Whether most letters of a text belong to another alphabet."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 20 and sum(map(str.isascii, letters)) * 2 < len(letters)
