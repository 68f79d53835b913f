"""How a word sounds, roughly, so that `suiside` and `ovadose` are heard as the words they were meant to be.

Every vowel is one sign, an `r` after a vowel is silent, and letters that sound alike are written alike.
Source of the method: the phonetic keys of Russell's Soundex (US patent 1,261,167, 1918) and Philips' Metaphone
(Computer Language 7(12), 1990), cut down to the slips that English spellers make and with all vowels alike.
"""

from __future__ import annotations

import re
from typing import Final

VOWELS: Final = frozenset("aeiouy")
SILENT: Final = (
    (re.compile(r"^(wr)"), "r"),
    (re.compile(r"^(kn|gn)"), "n"),
    (re.compile(r"^wh"), "w"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ough|augh"), "o"),
    (re.compile(r"igh"), "i"),
    (re.compile(r"dge|dg(?=[ei])"), "j"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"sc(?=[eiy])"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|q|c(?!h)"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=[^aeiouy])le$"), "el"),
    (re.compile(r"(?<=[^dt])ed$"), "d"),
    (re.compile(r"mb$"), "m"),
    (re.compile(r"th"), "0"),
    (re.compile(r"[aeiouy]+[rh]?(?![aeiouy])|[aeiouy]+"), "*"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[^*]{2})\*$|(?<=[^*])\*$"), ""),
)
DROPPED: Final = re.compile(r"[aeiou]")


def sound(word: str) -> str:
    """The sound of a word: `suicidal` and `suisidel` both give `s*s*d*l`."""
    for letters, heard in SILENT:
        word = letters.sub(heard, word)
    return word


def bones(word: str) -> str:
    """A word's first letter and its other consonants, doubled ones once: `kll` and `kill` both give `kl`."""
    word = word[1:] if word.startswith(("wr", "kn")) else word
    kept = word[:1] + DROPPED.sub("", word[1:])
    return "".join(letter for place, letter in enumerate(kept) if not place or kept[place - 1] != letter)


def without_vowels(word: str) -> bool:
    """Whether somebody has left the vowels out."""
    return len(word) > 2 and not DROPPED.search(word[1:])
