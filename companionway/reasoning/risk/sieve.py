"""A first, cheap look at a message: whether `notice` could have anything to say about it at all.

Every condition here is weaker than the one in `notice`: order, distance, clause and sentence are left out. So where
this says no, no pattern has all its words, and `notice` finds nothing, sets nothing aside and has checked the message.
That is a property that the tests hold against every labelled phrase and made-up text. Source: the design for noticing
words (under a millisecond a message, in the process that sends it).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from companionway.reasoning.risk.lexicon import NO_PHRASES, Lexicon, lexicon
from companionway.reasoning.risk.reading import MOST_SENTENCES, MOST_WORDS, WORD, folded, written_out
from companionway.reasoning.risk.wording import MOST_GUESSES, Wording

A_FEW: Final = 6
"""From so many words on, a text without one common word is not taken for this language."""
LONGEST_LOOK: Final = 2_000
"""Longer messages are looked at at once."""
ENDS: Final = ".!?…\n"


def may_hold(text: str, *, language: str = "en") -> bool:
    """Whether `notice` could find, set aside or leave unchecked anything in this message; False is certain.

    Ask it before `notice` to save time; `WrongLexicon` when there is no lexicon of that language.
    """
    if len(text) > LONGEST_LOOK:
        return True
    return _sieve(language).may_hold(text)


@cache
def _sieve(language: str) -> _Sieve:
    return _Sieve(lexicon(language))


class _Sieve:
    """The sieve of one language. It remembers only words of the lexicon, never what somebody wrote."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.common = words.bit("common")
        self.named = words.bit("name")
        self.remembered: dict[str, tuple[str, ...]] = {}

    def may_hold(self, text: str) -> bool:
        small, places = folded(text, self.words.pictures)
        if places is not None and mostly_foreign(text):
            return True
        raws = WORD.findall(small)
        sentences = len(raws) // MOST_WORDS + sum(map(small.count, ENDS)) + 1
        if sentences >= MOST_SENTENCES or len(set(raws)) * 3 > MOST_GUESSES or self.run_together(raws):
            return True
        plain = self.plain(raws)
        mask, entries = self.bits(set(plain))
        if len(plain) >= A_FEW and not mask & self.common:
            return True
        return self.calls_for_a_pattern(mask, entries)

    def run_together(self, raws: list[str]) -> bool:
        """Whether pieces beside each other may be one word: they are put together before they are looked up."""
        joined, last = self.words.speller.joined, ""
        for raw in raws:
            if (len(raw) == 1 == len(last)) or joined(last, raw):
                return True
            last = raw
        return False

    def plain(self, raws: Iterable[str]) -> list[str]:
        """At least the words that the reader would make of these."""
        found: list[str] = []
        wording = Wording(self.words)
        for raw in raws:
            known = self.remembered.get(raw)
            if known is None:
                known = self.read(raw, wording)
                if raw in self.words.speller.real:
                    self.remembered[raw] = known
            found += known
        return found

    def read(self, raw: str, wording: Wording) -> tuple[str, ...]:
        """All words that the reader would make of a raw one, and the ones on the way to them."""
        found: list[str] = []
        for whole in wording.plain(raw):
            for part in written_out(whole):
                found += [part, *wording.plain(part)]
        return tuple(found)

    def bits(self, plain: set[str]) -> tuple[int, list[int]]:
        """Every class of which a word is here, and every phrase whose first two words are."""
        mask, entries = self.named, [self.named]
        for word in plain:
            alone, longer = self.words.phrases.get(word, NO_PHRASES)
            if alone:
                mask |= alone
                entries.append(alone)
            if longer and not plain.isdisjoint(longer):
                for second in longer.keys() & plain:
                    for _, bits in longer[second]:
                        mask |= bits
                        entries.append(bits)
        return mask, entries

    def calls_for_a_pattern(self, mask: int, entries: Iterable[int]) -> bool:
        """Whether the words of some pattern are all here."""
        filed = self.words.filed
        for entry in entries:
            for _, _, pattern in filed.get(entry, ()):
                for need in pattern.needs:
                    if not mask & need:
                        break
                else:
                    return True
        return False


def mostly_foreign(text: str) -> bool:
    """Whether most letters of a text belong to another alphabet."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 20 and sum(map(str.isascii, letters)) * 2 < len(letters)
