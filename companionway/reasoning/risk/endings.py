"""Regular endings of English words, so that a lexicon needs one entry for `stab`, `stabs`, `stabbed`, `stabbing`."""

from __future__ import annotations

from typing import Final

VOWELS: Final = "aeiou"
STRESSED: Final = frozenset(
    ("strangle", "unalive", "scrap", "strap", "strip", "slash", "commit", "admit", "throb")
)
"""Longer words that double their last letter."""


def forms(entry: str) -> list[str]:
    """An entry of a class with the endings its mark asks for, the word itself first.

    `~stab` gives stab, stabs, stabbed, stabbing; `+pill` gives pill, pills; a phrase bends in its first word. The
    endings are the regular ones of English spelling; irregular forms stand in the lexicon beside their word.
    """
    mark, rest = entry[0], entry[1:]
    if mark not in "~+":
        return [entry]
    base, space, tail = rest.partition(" ")
    many = _with_s(base)
    if mark == "+":
        return [base + space + tail, many + space + tail]
    return [form + space + tail for form in (base, many, *_past_and_going(base))]


def _with_s(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in VOWELS else base + "s"


def _past_and_going(base: str) -> tuple[str, str]:
    if base.endswith("e"):
        return base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ied", base + "ing"
    last, before = base[-1], base[-3:-1]
    doubled = (
        len(before) == 2 and before[1] in VOWELS and before[0] not in VOWELS and last not in "wxy" + VOWELS
    )
    stem = base + last if doubled and (len(base) < 5 or base in STRESSED) else base
    return stem + "ed", stem + "ing"


def listed(words: str) -> list[str]:
    """The words and phrases between commas, blanks and lines inside them made one blank."""
    return [entry for part in words.split(",") if (entry := " ".join(part.split()))]
