"""Sealing and opening this room's words. Private to the room: who may read is decided before anybody calls this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from companionway.foundation import sealing
from companionway.safety.models import KEEP_APART, KeepApartWish, KeptApart, Report

WORDS: Final = "words"
EXTRACT: Final = "extract"
ANSWER: Final = "answer"
REASON: Final = "reason"


@dataclass(frozen=True, slots=True)
class ReportWords:
    """A report, opened: what was said, the message attached (or ""), the answer (or "")."""

    words: str
    extract: str
    answer: str


def open_report(report: Report) -> ReportWords:
    try:
        key = sealing.key_of(sealing.REPORT, report.pk)
    except sealing.KeyDestroyed:
        return ReportWords("", "", "")
    parts = ((report.sealed_words, WORDS), (report.sealed_extract, EXTRACT), (report.sealed_answer, ANSWER))
    return ReportWords(*(key.open(sealed, place) if sealed else "" for sealed, place in parts))


def seal_wish(wish: KeepApartWish, words: str) -> bytes:
    return sealing.key_of(sealing.PERSON, wish.person_id).seal(words, f"keep apart wish {wish.public_id}")


def open_wish(wish: KeepApartWish) -> str:
    return sealing.key_of(sealing.PERSON, wish.person_id).open(
        wish.sealed_words, f"keep apart wish {wish.public_id}"
    )


def open_reason(pair: KeptApart) -> str:
    return sealing.key_of(KEEP_APART, pair.pk).open(pair.sealed_reason, REASON) if pair.sealed_reason else ""
