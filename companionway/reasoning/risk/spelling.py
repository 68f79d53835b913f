"""What a written word was probably meant to be: disguised letters, typing slips, words run together.

A word that is itself good English (the lexicon lists those that lie near) is never guessed at. Words that the rules
look for, the keys, are guessed at widely; every other word of the lexicon only across one slip, so that a `nevr` still
negates and a `tmie` is still a time. All look-ups are in dictionaries built once; nothing is searched.
Source of the method: deletion neighbourhoods (Garbe, SymSpell, 2012) with optimal string alignment (Boytsov, ACM
Journal of Experimental Algorithmics 16, 2011); which slips are likelier follows the kinds that Damerau counted
(Communications of the ACM 7(3), 1964) and the rows of a keyboard; sounds as in `sounds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise, product

from companionway.reasoning.risk.neighbours import MIXED, mixed, shorter, swaps, without_one
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
LONG_SPELLING = 6
"""Odd spellings and words with another plain form, like `nobody`, of this length are themselves misspelt."""
SHORT, LONG = 4, 8
"""From four letters one slip is forgiven, from eight two; shorter words only two letters that changed places."""
MOST_GUESSES = 16
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE = frozenset(pair for row in ROWS for one, two in pairwise(row) for pair in (one + two, two + one))
"""Letters that lie beside each other on a keyboard."""
ALIKE = frozenset(
    one + two for group in ("aeiouy", "cksq", "sz", "vf", "td", "gj") for one in group for two in group
)
"""Letters that are written for each other by ear."""
UNLIKELY, TWO_SLIPS = 3, 4


class Speller:
    """Guesses which word was meant. `known` are all words of the lexicon, `keys` those worth guessing at widely,
    `real` good English words that are never a slip, `spellings` what odd spellings inside a run of words mean,
    `uses` how many phrases of the lexicon hold a word (of two that are equally near the one used more is meant),
    `small` the commonest words, the only ones of one or two letters that a run of words is taken apart into,
    `struck_out` those that people hide behind stars most (swearing)."""

    def __init__(
        self,
        known: Iterable[str],
        keys: Iterable[str],
        real: Iterable[str],
        spellings: Mapping[str, tuple[str, ...]] | None = None,
        uses: Mapping[str, int] | None = None,
        small: Iterable[str] = (),
        struck_out: Iterable[str] = (),
    ) -> None:
        self.spellings = dict(spellings or {})
        self.known = frozenset(known) | {raw for raw in self.spellings if len(raw) >= LONG_SPELLING}
        self.keys = frozenset(key for key in keys if key.isalpha())
        self.real = frozenset(real) | self.known
        self.uses = dict(uses or {})
        self.small = frozenset(small)
        self.struck_out = tuple(struck_out)
        self._near: dict[str, list[str]] = {}
        self._swapped: dict[str, str] = {}
        self._sounds: dict[str, list[str]] = {}
        self._bones: dict[str, list[str]] = {}
        self._shapes: dict[tuple[str, int], list[str]] = {}
        for word in sorted(word for word in self.known | self.keys if word.isalpha()):
            key = word in self.keys
            if len(word) > 2:
                self._bones.setdefault(bones(word), []).append(word)
                self._shapes.setdefault((word[0], len(word)), []).append(word)
            if len(heard := sound(word)) > 2:
                self._sounds.setdefault(heard, []).append(word)
            if len(word) >= SHORT:
                for left in shorter(word, 2 if key and len(word) >= LONG else 1):
                    self._near.setdefault(left, []).append(word)
        keys = [key for key in sorted(self.keys) if len(key) >= MIXED - 1]
        self._mixed = {letters: key for key in keys for letters in without_one(key)} | {
            mixed(key): key for key in keys
        }
        for word in [*sorted(self.keys), *sorted(self.known - self.keys)]:
            for swap in swaps(word) if len(word) == SHORT - 1 else ():
                self._swapped.setdefault(swap, word)

    def guess(self, word: str) -> tuple[str, ...]:
        """The known words that `word` stands for, or the word itself when there is no good guess."""
        if word in self.spellings:
            return self.spellings[word]
        if word in self.real or len(word) > LONGEST_RUN or len(word) < 3:
            return (word,)
        if len(word) > LONGEST:
            return self._apart(word) or (word,)
        if word.isalpha():
            return self._meant(word) or (word,)
        plain = undisguised(word)
        for one in plain:
            if one in self.known:
                return self.spellings.get(one, (one,))
        for one in plain:
            if one not in self.real and (found := self._meant(one)):
                return found
        return (word,)

    def joined(self, one: str, two: str, *, tight: bool = False) -> bool:
        """Whether two pieces are one word with a space in it, as in `di e` or `swallow ed`, or `tight` with a mark in
        it, as in `my.self`: one of the pieces is no word, or tight ones make a key."""
        whole = one + two
        if len(whole) < 3 or whole not in self.known or not whole.isalpha():
            return False
        if self._whole(one) and self._whole(two):
            return whole in self.keys and (tight or len(whole) >= LONG)
        if tight and len(one) == 1 and self._whole(two):
            return False  # the s-word is no sword
        return whole in self.keys or (len(whole) >= SHORT and not (len(one) == 1 and self._whole(two)))

    def _whole(self, piece: str) -> bool:
        return (piece in self.spellings or piece in self.real) and (len(piece) > 2 or piece in self.small)

    def starred(self, word: str) -> str | None:
        """The word behind letters that were struck out with stars, as in `r*ped` or `r**ed`."""
        if len(word) > LONGEST or not word[:1].isalpha():
            return None
        shape = re.compile(re.escape(word).replace("\\*", "[a-z]"))
        if found := next((one for one in self.struck_out if shape.fullmatch(one)), None):
            return found
        fitting = [one for one in self._shapes.get((word[0], len(word)), ()) if shape.fullmatch(one)]
        if len(word) - word.count("*") >= 2 and fitting:
            return min(fitting, key=self._rank)
        return self._shortened(word)

    def _shortened(self, word: str) -> str | None:
        """The key behind more or fewer stars than letters."""
        head, _, tail = word.partition("*")
        tail, hidden = tail.lstrip("*"), word.count("*")
        if not head or "*" in tail or len(head) + len(tail) < 2:
            return None
        fitting = [
            key
            for key in self.keys
            if key.startswith(head)
            and key.endswith(tail)
            and 0 < len(key) - len(head) - len(tail) <= hidden + 1
        ]
        return min(fitting, key=lambda key: (abs(len(key) - len(word)), key), default=None)

    def _rank(self, word: str) -> tuple[bool, int, str]:
        """Keys first, then what the lexicon uses most."""
        return word not in self.keys, -self.uses.get(word, 0), word

    def _meant(self, word: str) -> tuple[str, ...] | None:
        if found := self._slip(word):
            return self.spellings.get(found, (found,))
        return self._apart(word) or self._heard(word)

    def _slip(self, word: str) -> str | None:
        if (plain := squeezed(word)) != word and plain in self.known:
            return plain
        if word.endswith("in") and word + "g" in self.known:
            return word + "g"
        if word.endswith("z") and word[:-1] + "s" in self.known:
            return word[:-1] + "s"
        if word in self._swapped:
            return self._swapped[word]
        if len(word) < SHORT or (without_vowels(word) and word in self._bones):
            return None
        best: tuple[int, bool, tuple[bool, int, str]] | None = None
        for left in shorter(word, 2 if len(word) >= LONG - 1 else 1):
            for near in self._near.get(left, ()):
                cost = slip_cost(word, near)
                if cost > UNLIKELY - (near not in self.keys) and not (
                    cost == TWO_SLIPS and near in self.keys
                ):
                    continue
                found = (cost, cost == TWO_SLIPS and word[-1] != near[-1], self._rank(near))
                if not best or found < best:
                    best = found
        return best[2][2] if best else self._mixed.get(mixed(word)) or self._mixed.get(mixed(word) + word[-1])

    def _heard(self, word: str) -> tuple[str, ...] | None:
        """The word that sounds like this one, or has its consonants when the vowels were left out."""
        near: Iterable[str] = self._bones.get(bones(word), ()) if without_vowels(word) else ()
        if not near:
            heard = [*self._sounds.get(sound(word), ())]
            if word.endswith("in"):
                heard += self._sounds.get(sound(word + "g"), ())
            if "f" in word or "v" in word:
                heard += self._sounds.get(sound(word).replace("f", "0").replace("v", "0"), ())
            near = [
                one for one in heard if one in self.keys or (one[0] == word[0] and distance(word, one) < 3)
            ]
        best = min(
            near, key=lambda one: (one not in self.keys, distance(word, one), self._rank(one)), default=None
        )
        return self.spellings.get(best, (best,)) if best else None

    def _apart(self, word: str) -> tuple[str, ...] | None:
        """Known words run together, as few as will do."""
        if len(word) < 5:
            return None
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(word) + 1):
            found: tuple[str, ...] | None = None
            for start in range(max(end - LONGEST_PART, 0), end):
                head, part = best[start], word[start:end]
                if head is None or len(part) < 3 and part not in self.small:
                    continue
                if part not in self.known and part not in self.spellings:
                    continue
                if found is None or len(head) + 1 < len(found):
                    found = (*head, part)
            best.append(found)
        parts = best[-1]
        if not parts or len(parts) < 2:
            return None
        return tuple(word for part in parts for word in self.spellings.get(part, (part,)))


def slip_cost(word: str, meant: str) -> int:
    """How unlikely a slip is: 0 letters that changed places, 1 the usual slips, 2 others, 3 at the first letter, 4 two
    slips with the first letter right, 5 no slip."""
    far = distance(word, meant)
    first = word[0] == meant[0]
    if far != 1:
        return 5 if far > 2 or not first or len(meant) < LONG else TWO_SLIPS
    if len(word) == len(meant):
        place = next(at for at, letter in enumerate(word) if letter != meant[at])
        pair = word[place] + meant[place]
        if word[place + 1 :] != meant[place + 1 :]:
            return 0 if first else 1
        likely = pair in BESIDE or pair in ALIKE
        return (1 if likely else 2) if first else (2 if likely and len(word) > SHORT else 5)
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    place = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if place == 0:
        return 2 if longer == meant else 5
    if longer == meant:
        return 1
    around = longer[place - 1] + longer[place + 1 : place + 2]
    return 1 if any(longer[place] == one or longer[place] + one in BESIDE for one in around) else 2


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
