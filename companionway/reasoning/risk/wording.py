"""What the raw words of one message were meant to be: written out, undisguised, guessed at, within a budget."""

from __future__ import annotations

from typing import Final

from companionway.reasoning.risk.lexicon import Lexicon
from companionway.reasoning.risk.spelling import undisguised

MOST_GUESSES: Final = 300
"""Unknown words of one message that are looked at for slips."""


class Wording:
    """The plain words of the raw ones of one message; the same raw word is looked at once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.guesses = MOST_GUESSES
        self.plain_of: dict[str, tuple[str, ...]] = {}
        self.sure: set[str] = set()
        """The plain words that were not guessed."""

    def plain(self, raw: str) -> tuple[str, ...]:
        """The plain words of a raw one (the project's own rules; see `spelling` for the guesses)."""
        known = self.plain_of.get(raw)
        if known is None:
            known = self.plain_of[raw] = self._resolve(raw)
        return known

    def _resolve(self, raw: str) -> tuple[str, ...]:
        words, speller = self.lexicon, self.lexicon.speller
        if raw in words.spellings:
            self.sure.update(words.spellings[raw])
            return words.spellings[raw]
        bare = raw.strip("'")
        if bare in speller.real or "'" in bare:
            self.sure.add(bare)
            return (bare,)
        if self.guesses <= 0:
            return (bare,)
        self.guesses -= 1
        if "*" in bare:
            return (speller.starred(bare.rstrip("!")) or bare.replace("*", ""),)
        squeezed = _thrice(bare)
        if squeezed in words.spellings:
            return words.spellings[squeezed]
        if not squeezed.isalpha():
            for plain in undisguised(squeezed):
                if plain in words.spellings:
                    return words.spellings[plain]
        return speller.guess(squeezed)


def _thrice(word: str) -> str:
    """Runs of three or more of a letter become two: `soooo` gives `soo`."""
    return "".join(
        letter
        for place, letter in enumerate(word)
        if not (place > 1 and word[place - 1] == letter == word[place - 2])
    )
