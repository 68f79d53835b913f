"""Whether a text names somebody, says how to reach or find somebody, or repeats what somebody wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

SAME_WORDS: Final = 6
"""So many words in a row that stand in both texts are a quotation, not a coincidence."""
SHORTEST_NAME: Final = 2

# A day is no telephone number.
_DAY: Final = re.compile(r"(?<![\d./-])\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?![\d/-])")

Found = Literal["name", "way_to_reach", "quotation"]

_WORDS: Final = re.compile(r"[^\W_]+", re.UNICODE)
_REACH: Final = re.compile(
    r"""
    [\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+          # an address for e-mail
    | (?:https?://|www\.)\S+                         # an address of a page
    | \b[\w-]+\.(?:com|org|net|uk|eu|io|me|info|app|co|de|fr|ie|nl|be|es|it|ch|au|nz|ca|in)\b(?:/\S*)?
    | (?<!\w)/(?:with|messages|me|find|desk|together|supervision)/\S*   # a place in this service
    | (?<![\w])\+?\d(?:[\s().-]?\d){6,}              # a telephone number
    | (?<!\w)@\w{2,}                                 # a handle
    """,
    re.VERBOSE | re.IGNORECASE,
)


def words_of(text: str) -> list[str]:
    """Words without case, accents and signs, so that small changes do not hide them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORDS.findall("".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"}))


def names_in(text: str, names: Iterable[str]) -> bool:
    """Whether any of `names` (or a part of one with at least three letters) is a word of the text.

    "Mina", "mina's", "MÍNA", "Minas" and "M i n a" are all the same name.
    """
    said = _with_spelt_out(words_of(text))
    joined = " " + " ".join(said) + " "
    for name in names:
        parts = words_of(name)
        whole = " ".join(parts)
        if len(whole) >= SHORTEST_NAME and (f" {whole} " in joined or f" {whole}s " in joined):
            return True
        if any(len(part) >= 3 and (part in said or f"{part}s" in said) for part in parts):
            return True
        if len(parts) > 1 and "".join(parts) in said:
            return True
    return False


def _with_spelt_out(words: list[str]) -> list[str]:
    """The words, and each run of single letters also as the one word that it spells."""
    spelt, run = [], ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
        else:
            spelt += [run] if len(run) > 1 else []
            run = ""
    return words + spelt


def reaches_somebody(text: str) -> bool:
    """Whether it has an address, a link, a handle or a telephone number in it."""
    return _REACH.search(_DAY.sub(" ", unicodedata.normalize("NFKC", text))) is not None


def repeats(text: str, others: Iterable[str], *, same: int = SAME_WORDS) -> bool:
    """Whether `same` words in a row of the text stand in one of `others`."""
    said = words_of(text)
    mine = {tuple(said[at : at + same]) for at in range(len(said) - same + 1)}
    for other in others:
        theirs = words_of(other)
        if any(tuple(theirs[at : at + same]) in mine for at in range(len(theirs) - same + 1)):
            return True
    return False


def may_not_cross(text: str, *, names: Iterable[str], written: Iterable[str]) -> Found | None:
    """The first thing in the text that may not leave: a name of somebody, a way to reach or find one, their words."""
    if names_in(text, names):
        return "name"
    if reaches_somebody(text):
        return "way_to_reach"
    return "quotation" if repeats(text, written) else None
