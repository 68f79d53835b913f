"""Codes in words, to be printed and typed back: the way back in, and codes that open the door once."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.crypto import salted_hmac

FILE: Final = Path(__file__).parent / "words.txt"
# Seven of 512 words are 63 bits: beyond guessing, even for somebody who could try a million a second.
WORDS_IN_A_CODE: Final = 7


@cache
def word_list() -> tuple[str, ...]:
    return tuple(FILE.read_text(encoding="ascii").split())


def new_code() -> str:
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS_IN_A_CODE))


def tidied(typed: str) -> str:
    """A code as somebody typed it, back in its printed form: case, dashes, commas and line ends do not matter."""
    return " ".join(re.findall(r"[a-z]+", typed.casefold()))


def hash_of(code: str) -> str:
    """The lookup form of a one-time code. 63 random bits need no slow hash; the service's secret salts it."""
    return salted_hmac("people.one_time_code", tidied(code), algorithm="sha256").hexdigest()
