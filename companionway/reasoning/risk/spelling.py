"""What a written word was probably meant to be: disguised letters, typing slips, words run together.

Only words that the rules look for are ever guessed at, and never from a word that is itself good English (the
lexicon lists those that lie near). All look-ups are in dictionaries built once; nothing is searched.
Source of the method: deletion neighbourhoods (Garbe, SymSpell, 2012) with optimal string alignment (Boytsov, ACM
Journal of Experimental Algorithmics 16, 2011); sounds as in `sounds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product

from companionway.reasoning.risk.sounds import bones, sound, without_vowels

LETTERS = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "#": "h", "€": "e",
}  # fmt: skip
LONGEST = 24
"""Longer words are left as they are: nobody types one key word of that length."""
LONGEST_RUN = 40
"""Words run together are taken apart up to this length."""
LONGEST_PART = 14
A_SENTENCE = 4
SHORT, LONG = 5, 8
"""From five letters one slip is forgiven, from eight two; shorter words only two letters that changed places."""
MOST_GUESSES = 16


class Speller:
    """Guesses which key word was meant. `known` are all words of the lexicon, `keys` those worth guessing at,
    `real` good English words that are never a slip, `spellings` what odd spellings inside a run of words mean."""

    def __init__(
        self,
        known: Iterable[str],
        keys: Iterable[str],
        real: Iterable[str],
        spellings: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.known = frozenset(known)
        self.spellings = dict(spellings or {})
        self.keys = frozenset(key for key in keys if key.isalpha())
        self.real = frozenset(real) | self.known
        self._near: dict[str, list[str]] = {}
        self._swapped: dict[str, str] = {}
        self._sounds: dict[str, list[str]] = {}
        self._bones: dict[str, list[str]] = {}
        for key in sorted(self.keys):
            if len(key) > 2:
                self._bones.setdefault(bones(key), []).append(key)
            if len(heard := sound(key)) > 2:
                self._sounds.setdefault(heard, []).append(key)
            if len(key) >= SHORT:
                for shorter in _shorter(key, 2 if len(key) >= LONG else 1):
                    self._near.setdefault(shorter, []).append(key)
        for word in [*sorted(self.keys), *sorted(self.known - self.keys)]:
            for swap in _swaps(word) if word in self.keys or len(word) >= SHORT else ():
                self._swapped.setdefault(swap, word)

    def guess(self, word: str) -> tuple[str, ...]:
        """The known words that `word` stands for, or the word itself when there is no good guess."""
        if word in self.real or len(word) > LONGEST_RUN or len(word) < 3:
            return (word,)
        if len(word) > LONGEST:
            return self._apart(word) or (word,)
        if not word.isalpha():
            for plain in undisguised(word):
                if plain in self.known:
                    return (plain,)
                if plain not in self.real and (found := self._slip(plain)):
                    return (found,)
            return (word,)
        found = self._slip(word)
        return (found,) if found else self._apart(word) or self._heard(word) or (word,)

    def joined(self, one: str, two: str) -> bool:
        """Whether two pieces are one key word with a space in it, as in `di e` or `sui cide`."""
        whole = one + two
        return whole in self.keys and len(whole) > 2 and not (one in self.real and two in self.real)

    def starred(self, word: str) -> str | None:
        """The key word behind letters that were struck out with stars, as in `r**ed`."""
        head, _, tail = word.partition("*")
        tail, hidden = tail.lstrip("*"), word.count("*")
        if not head or "*" in tail or len(head) + len(tail) < 2 or len(word) > LONGEST:
            return None
        fitting = [
            key
            for key in self.keys
            if key.startswith(head)
            and key.endswith(tail)
            and 0 < len(key) - len(head) - len(tail) <= hidden + 1
        ]
        return min(fitting, key=lambda key: (abs(len(key) - len(word)), key), default=None)

    def _slip(self, word: str) -> str | None:
        if (plain := squeezed(word)) != word and plain in self.known:
            return plain
        if word.endswith("in") and word + "g" in self.known and word + "g" in self.keys:
            return word + "g"
        if word.endswith("z") and word[:-1] + "s" in self.known:
            return word[:-1] + "s"
        if word in self._swapped:
            return self._swapped[word]
        if len(word) < SHORT - 1:
            return None
        best: tuple[int, bool, str] | None = None
        for shorter in _shorter(word, 2 if len(word) >= LONG - 1 else 1):
            for key in self._near.get(shorter, ()):
                far = distance(word, key)
                found = (far, word[-1] != key[-1], key)
                if far <= (2 if len(key) >= LONG else 1) and word[0] == key[0] and (not best or found < best):
                    best = found
        return best[2] if best else None

    def _heard(self, word: str) -> tuple[str, ...] | None:
        """The key word that sounds like this one, or has its consonants when the vowels were left out."""
        if without_vowels(word):
            near: Iterable[str] = self._bones.get(bones(word), ())
        elif not (word.endswith("in") and (near := self._sounds.get(sound(word + "g"), ()))):
            near = self._sounds.get(sound(word), ())
        best = min(near, key=lambda key: (distance(word, key), len(key), key), default=None)
        return (best,) if best else None

    def _apart(self, word: str) -> tuple[str, ...] | None:
        """Known words run together, as few as will do: four or more of them, or one of them a key word."""
        if len(word) < 6:
            return None
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(word) + 1):
            found: tuple[str, ...] | None = None
            for start in range(max(end - LONGEST_PART, 0), end):
                head, part = best[start], word[start:end]
                if head is None or (len(part) == 1 and part not in ("i", "a")):
                    continue
                if part not in self.known and part not in self.spellings:
                    continue
                if found is None or len(head) + 1 < len(found):
                    found = (*head, part)
            best.append(found)
        parts = best[-1]
        if (
            not parts
            or len(parts) < 2
            or (len(parts) < A_SENTENCE and not any(one in self.keys for one in parts))
        ):
            return None
        return tuple(word for part in parts for word in self.spellings.get(part, (part,)))


def undisguised(word: str) -> list[str]:
    """The words that digits and signs in a word may stand for, at most sixteen: `su1c1de` gives `suicide`."""
    choices = [LETTERS.get(sign, sign) for sign in word]
    if sum(len(choice) > 1 for choice in choices) > 4:
        return []
    plain = ["".join(letters) for letters in product(*choices)][:MOST_GUESSES]
    return [one for one in plain if one.isalpha()]


def squeezed(word: str) -> str:
    """A word with every run of one letter written once: `hitts` gives `hits`."""
    return "".join(letter for place, letter in enumerate(word) if not place or word[place - 1] != letter)


def distance(one: str, two: str) -> int:
    """Slips between two words (a letter missing, added, changed, or two changed places); 3 means three or more."""
    if abs(len(one) - len(two)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, left in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(two, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == two[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)


def _shorter(word: str, most: int) -> set[str]:
    """The word, and what is left of it without one or two of its letters."""
    found = {word[:place] + word[place + 1 :] for place in range(len(word))}
    if most > 1:
        for one, two in combinations(range(len(word)), 2):
            found.add(word[:one] + word[one + 1 : two] + word[two + 1 :])
    found.add(word)
    return found


def _swaps(word: str) -> set[str]:
    """The word with two neighbours exchanged, its first letter kept."""
    return {
        word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 1)
    } - {word}
