"""The words and rules of one language, read from a TOML file and compiled once.

A class is a list of words and phrases between commas; `~` before a word adds its regular endings (-s, -ed, -ing),
`+` a plural, `@name` all of another class. A rule is a few patterns over classes (see `patterns`), a category, a
level, and examples in both directions, which the tests run.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from companionway.reasoning.risk.endings import forms, listed
from companionway.reasoning.risk.patterns import Pattern, WrongPattern, compile_pattern
from companionway.reasoning.risk.reading import read
from companionway.reasoning.risk.spelling import Speller
from companionway.reasoning.risk.weighing import Points

FOLDER: Final = Path(__file__).parents[1] / "data" / "risk"
CATEGORIES: Final = (
    "suicide", "self_harm", "abuse", "harm_to_others", "child", "third_party", "encouragement", "boundary",
)  # fmt: skip
OFTEN: Final = 500
"""What a word of every second sentence weighs when the rarest class of a pattern is looked for."""


class WrongLexicon(ValueError):
    """A lexicon file that cannot be used; one plain sentence."""


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
"""Phrases of several words under their second word, each with the bits of its classes."""
NAMED: Final = ("name", "third", "third_subject")
"""The classes of a capitalised word inside a sentence that no other class knows."""
NO_PHRASES: Final[tuple[int, Phrases]] = (0, {})


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to notice. `level` 0 is a signal that counts only together with others; `urgent` becomes 3 where
    the sentence says "now"; `jest` and `vague` are said of trifles too.

    `despite` names scopes that do not set it aside; `who` is set when the rule itself says whom it is about.
    """

    id: str
    category: str
    level: int
    patterns: tuple[Pattern, ...]
    who: str = ""
    signal: str = ""
    urgent: bool = False
    jest: bool = False
    vague: bool = False
    despite: frozenset[str] = frozenset()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """Signals that say more together than alone: so many of them, `least`."""

    id: str
    category: str
    level: int
    signals: frozenset[str]
    least: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the detector knows of one language."""

    language: str
    speller: Speller
    spellings: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    pictures: Mapping[str, str]
    phrases: Mapping[str, tuple[int, Phrases]]
    bits: Mapping[str, int]
    rules: tuple[Rule, ...]
    together: tuple[Together, ...]
    common: frozenset[str]
    points: Points
    traditions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _known_bits: dict[tuple[str, ...], int] = field(default_factory=dict, repr=False, compare=False)

    filed: Mapping[int, tuple[tuple[int, Rule, Pattern], ...]] = field(default_factory=dict)

    def bit(self, *names: str) -> int:
        """The bits of classes; 0 for one that this language does not have."""
        found = self._known_bits.get(names)
        if found is None:
            found = 0
            for name in names:
                found |= self.bits.get("@" + name, 0)
            self._known_bits[names] = found
        return found

    def candidates(self, mask: int, entries: Iterable[int]) -> list[tuple[int, Rule, Pattern]]:
        """The patterns all of whose classes a sentence with these has, in the order of the file.

        `entries` are the bits of each word and phrase of the sentence, `mask` all of them together.
        """
        found: dict[int, tuple[int, Rule, Pattern]] = {}
        for entry in entries:
            for one in self.filed.get(entry, ()):
                if one[0] not in found:
                    for need in one[2].needs:
                        if not mask & need:
                            break
                    else:
                        found[one[0]] = one
        return [found[place] for place in sorted(found)]


def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language; `WrongLexicon` when there is no such file or it cannot be used."""
    return _loaded(language)


@cache
def _loaded(language: str) -> Lexicon:
    path = FOLDER / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        raise WrongLexicon(f"There is no lexicon for {language!r}.")
    # A language begins with its one file; without good words beside it, more of them are guessed at.
    good = path.with_suffix(".never_a_slip.txt")
    real = good.read_text(encoding="utf-8").partition("\n\n")[2].split() if good.is_file() else ()
    return build(language, tomllib.loads(path.read_text(encoding="utf-8")), real)


def build(language: str, data: Mapping[str, Any], real: Iterable[str] = ()) -> Lexicon:
    """Compile what a lexicon file says; `real` are good words that are never a slip.

    Raises `WrongLexicon`, which names what is wrong with the file.
    """
    try:
        return _Builder(language, data, real).lexicon()
    except WrongPattern as fault:
        raise WrongLexicon(str(fault)) from fault
    except (KeyError, TypeError, AttributeError) as fault:
        raise WrongLexicon(f"The lexicon {language!r} lacks or misuses {fault}.") from fault


class _Builder:
    """Turns names and words into bits."""

    def __init__(self, language: str, data: Mapping[str, Any], real: Iterable[str]) -> None:
        self.language, self.data, self.real = language, data, frozenset(real)
        self.spellings = {
            raw: tuple(words.split()) for words, raws in data["spellings"].items() for raw in raws.split()
        }
        self.fillers = frozenset(data["fillers"].split())
        self.read: dict[str, tuple[str, ...]] = {}
        self.bits: dict[str, int] = {}
        self.entries: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.sizes: dict[int, int] = {}
        self.classes = {name: listed(words) for name, words in data["classes"].items()}
        self.often = frozenset(self.classes["common"])

    def lexicon(self) -> Lexicon:
        for name in self.classes:
            mask = self.bits.setdefault("@" + name, 1 << len(self.bits))
            entries = self.words_of(name, ())
            self.sizes[mask] = len(entries) + sum(OFTEN for words in entries if words[0] in self.often)
            for words in entries:
                self.entries.setdefault(words[0], []).append((words, mask))
        rules = tuple(self.rule(entry) for entry in self.data["rules"])
        common = {word for words in self.words_of("common", ()) for word in words}
        known = {word for entries in self.entries.values() for words, _ in entries for word in words}
        known |= {word for words in self.spellings.values() for word in words} | self.fillers | common
        guessed = {words for name in self.data["guessed"].split() for words in self.words_of(name, ())}
        keys = {words[0] for words in guessed if len(words) == 1}
        phrases = {first: _merged(entries) for first, entries in self.entries.items()}
        uses = Counter(word for entries in self.entries.values() for words, _ in entries for word in words)
        small, struck_out = (self.data.get(name, "").split() for name in ("small", "struck_out"))
        masks = [sum({self.bits.get(f"@{name}", 0) for name in NAMED})]
        for alone, longer in phrases.values():
            masks += [alone, *(mask for rows in longer.values() for _, mask in rows)]
        return Lexicon(
            self.language,
            Speller(known, keys - common, self.real, self.spellings, uses, {*common, *small}, struck_out),
            self.spellings,
            self.fillers,
            self.data["pictures"],
            phrases,
            self.bits,
            rules,
            tuple(_together(entry) for entry in self.data["together"]),
            frozenset(common | {word for words in self.words_of("english", ()) for word in words}),
            Points.of(self.data["points"], self.bit_of),
            {name: frozenset(entry["set_aside"]) for name, entry in self.data["traditions"].items()},
            filed=_filed(rules, masks),
        )

    def words_of(self, name: str, seen: tuple[str, ...]) -> set[tuple[str, ...]]:
        if name in seen or name not in self.classes:
            raise WrongLexicon(f"There is no class {name!r}, or it holds itself.")
        found: set[tuple[str, ...]] = set()
        for entry in self.classes[name]:
            if entry.startswith("@"):
                found |= self.words_of(entry[1:], (*seen, name))
            else:
                found |= {self.plain(form) for form in forms(entry)}
        if () in found:
            raise WrongLexicon(f"An entry of the class {name!r} consists of fillers.")
        return found

    def plain(self, phrase: str) -> tuple[str, ...]:
        if phrase in self.read:
            return self.read[phrase]
        words: list[str] = []
        for sentence in read(phrase, lambda raw: self.spellings.get(raw, (raw,)), self.fillers, {}):
            words += [word.plain for word in sentence.words]
        return self.read.setdefault(phrase, tuple(words))

    def bit_of(self, name: str) -> int:
        if name in self.bits:
            return self.bits[name]
        if name.startswith("@"):
            raise WrongLexicon(f"There is no class {name[1:]!r}.")
        words = (name,) if name == "'s" else self.plain(name.replace("_", " "))
        if not words:
            raise WrongLexicon(f"The word {name!r} in a pattern is a filler.")
        mask = self.bits.setdefault(name, 1 << len(self.bits))
        self.sizes[mask] = OFTEN if words[0] in self.often and len(words) == 1 else 1
        self.entries.setdefault(words[0], []).append((words, mask))
        return mask

    def rare(self, mask: int) -> int:
        rest, size = mask, 0
        while rest:
            bit = rest & -rest
            size += self.sizes[bit]
            rest ^= bit
        return size

    def rule(self, entry: Mapping[str, Any]) -> Rule:
        if entry["category"] not in CATEGORIES:
            raise WrongLexicon(f"Rule {entry['id']} has an unknown category.")
        return Rule(
            entry["id"],
            entry["category"],
            entry["level"],
            tuple(compile_pattern(text, self.bit_of, self.rare) for text in entry["see"]),
            entry.get("who", ""),
            entry.get("signal", ""),
            entry.get("urgent", False),
            entry.get("jest", False),
            entry.get("vague", False),
            frozenset(entry.get("despite", ())),
            tuple(entry.get("yes", ())),
            tuple(entry.get("no", ())),
        )


def _filed(rules: Sequence[Rule], entries: Iterable[int]) -> dict[int, tuple[tuple[int, Rule, Pattern], ...]]:
    """Under the bits of every word and phrase: the patterns whose rarest class they belong to."""
    under: dict[int, list[tuple[int, Rule, Pattern]]] = {}
    patterns = ((rule, pattern) for rule in rules for pattern in rule.patterns)
    for place, (rule, pattern) in enumerate(patterns):
        for bit in _bits_of(pattern.needs[0]):
            under.setdefault(bit, []).append((place, rule, pattern))
    files = {}
    for entry in set(entries):
        if filed := [one for bit in _bits_of(entry) for one in under.get(bit, ())]:
            files[entry] = tuple(filed)
    return files


def _bits_of(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _merged(entries: Iterable[tuple[tuple[str, ...], int]]) -> tuple[int, Phrases]:
    """What begins with one word: the bits of the word alone, and the longer phrases by their second word."""
    merged: dict[tuple[str, ...], int] = {}
    for words, mask in entries:
        merged[words] = merged.get(words, 0) | mask
    longer: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for words, mask in merged.items():
        if len(words) > 1:
            longer.setdefault(words[1], []).append((words, mask))
    alone = next((mask for words, mask in merged.items() if len(words) == 1), 0)
    return alone, {second: tuple(rows) for second, rows in longer.items()}


def _together(entry: Mapping[str, Any]) -> Together:
    signals = frozenset(entry["signals"])
    return Together(entry["id"], entry["category"], entry["level"], signals, entry.get("least", len(signals)))
