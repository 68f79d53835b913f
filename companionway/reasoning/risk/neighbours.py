"""Words near a word: what is left without a letter or two, neighbours exchanged, letters in another order."""

from __future__ import annotations

from itertools import combinations
from typing import Final

MIXED: Final = 6
"""From so many letters on a key may have lost one and its others stand in any order after the first; from one fewer,
they may stand in any order."""


def mixed(word: str) -> str:
    """The first letter and all letters in the order of the alphabet: the same for `taken` and `tkane`."""
    return word[0] + "".join(sorted(word))


def without_one(key: str) -> list[str]:
    places = range(1, len(key) - 1 if len(key) >= MIXED else 1)
    return [mixed(key[:place] + key[place + 1 :]) + key[-1] for place in places]


def shorter(word: str, most: int) -> set[str]:
    """The word, and what is left of it without one or two of its letters."""
    found = {word[:place] + word[place + 1 :] for place in range(len(word))}
    if most > 1:
        for one, two in combinations(range(len(word)), 2):
            found.add(word[:one] + word[one + 1 : two] + word[two + 1 :])
    found.add(word)
    return found


def swaps(word: str) -> set[str]:
    """The word with two neighbours exchanged, its first letter kept."""
    return {
        word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 1)
    } - {word}
