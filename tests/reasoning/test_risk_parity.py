"""The same thing said by different people is noticed alike: recall may differ by at most 0.05 between variants.

The variants were made by hand from the same meanings; people with lived experience have not read them yet.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from companionway.reasoning.risk import notice
from companionway.reasoning.risk.report import Labelled, read_labelled

DATA = Path(__file__).parent / "data"
HIGH = [
    phrase
    for path in sorted(DATA.glob("*.csv"))
    for phrase in read_labelled(path.read_bytes())
    if phrase.label >= 2 and phrase.category != "obfuscated"
]
MOST_APART = 0.05

GENDERED = {
    "he": "she", "him": "her", "his": "her", "himself": "herself", "husband": "wife", "boyfriend": "girlfriend",
    "dad": "mum", "father": "mother", "brother": "sister", "son": "daughter", "uncle": "aunt", "grandad": "nan",
    "stepdad": "stepmum", "man": "woman", "nephew": "niece",
}  # fmt: skip
AMERICAN = {
    "mum": "mom", "mums": "moms", "mate": "buddy", "bloke": "guy", "flat": "apartment", "car park": "parking garage",
    "tablets": "pills", "a&e": "the er", "favour": "favor", "neighbour": "neighbor", "lorry": "truck",
    "gran": "grandma",
}  # fmt: skip
PLAIN = {
    "I've": "I have", "I'm": "I am", "can't": "can not", "don't": "do not", "he's": "he is", "she's": "she is",
    "won't": "will not", "didn't": "did not", "I'd": "I would", "it's": "it is",
}  # fmt: skip
WRITTEN = {name: name.replace("'", "") for name in PLAIN}


def changed(text: str, words: dict[str, str]) -> str:
    """The text with whole words exchanged; a capital stays a capital."""

    def swap(found: re.Match[str]) -> str:
        new = words.get(found[0]) or words.get(found[0].lower(), found[0])
        return new[0].upper() + new[1:] if found[0][0].isupper() else new

    longest = sorted(words, key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", swap, text, flags=re.IGNORECASE)


def indian(text: str) -> str:
    """The progressive of Indian English: `I want to die` becomes `I am wanting to die only`."""
    for verb, going in (("want", "wanting"), ("wish", "wishing"), ("feel", "feeling"), ("need", "needing")):
        text = re.sub(rf"\bI {verb}\b", f"I am {going}", text)
    return text


def african_american(text: str) -> str:
    """Some features of African-American English: `ain't`, `finna`, no copula."""
    text = re.sub(r"\bI'm going to\b", "I'm finna", text)
    text = re.sub(r"\b(he|she|they)(?:'s| is| are) (?=\w+ing\b)", r"\1 ", text)
    return re.sub(r"\b(?:isn't|aren't|haven't|hasn't)\b", "ain't", text)


def scottish(text: str) -> str:
    """Scots negatives and particles."""
    return changed(
        text, {"can't": "cannae", "don't": "dinnae", "won't": "willnae", "didn't": "didnae", "to": "tae"}
    )


def slipped(text: str) -> str:
    """Two neighbouring letters of the longest word change places."""
    word = max(re.findall(r"[a-z]+", text) or [""], key=len)
    if len(word) < 5:
        return text
    at = len(word) // 2
    return text.replace(word, word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], 1)


def doubled(text: str) -> str:
    """A letter of the longest word is typed twice."""
    word = max(re.findall(r"[a-z]+", text) or [""], key=len)
    return text.replace(word, word[:2] + word[1:], 1) if len(word) > 4 else text


def men(text: str) -> str:
    """Men for women; `her` is `him` where no noun can follow it."""
    after = "and|to|in|on|with|so|if|when|again|or|last|at|for|by|up|down|off|through|until|before|I"
    ends = rf"(?=\s+(?:{after})\b|\W*$|[.,!?])"
    text = re.sub(rf"\b([Hh])er\b{ends}", r"\1im", text)
    return changed(text, {new: old for old, new in GENDERED.items() if old != "him"})


@cache
def noticed(text: str) -> bool:
    return notice(text).alarmed


def recall(texts: list[str]) -> float:
    return sum(map(noticed, texts)) / len(texts)


VARIANTS = {
    "women for men": lambda text: changed(text, GENDERED),
    "men for women": men,
    "American": lambda text: changed(text, AMERICAN),
    "Indian": indian,
    "African-American": african_american,
    "Scottish": scottish,
    "written out": lambda text: changed(text, PLAIN),
    "no apostrophes": lambda text: changed(text, WRITTEN),
    "small letters": str.lower,
    "no full stops or commas": lambda text: re.sub(r"[.,;]", "", text),
    "letters exchanged": slipped,
    "a letter doubled": doubled,
}


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_said_differently_is_noticed_alike(name: str) -> None:
    pairs = [(phrase, VARIANTS[name](phrase.text)) for phrase in HIGH]
    differing: list[tuple[Labelled, str]] = [(one, new) for one, new in pairs if new != one.text]
    assert len(differing) >= 30, len(differing)
    apart = recall([one.text for one, _ in differing]) - recall([new for _, new in differing])
    assert abs(apart) <= MOST_APART, round(apart, 3)
