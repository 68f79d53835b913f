"""Where the marks of a plain picture stand: fear before and after each try, and contacts outside by month.

A picture and nothing more: no line to reach, no colour that judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from companionway.steps.book import Try

WIDE, LEFT, TOP, RUNG = 44, 40, 16, 12
MOST_SHOWN: Final = 12


def number_of(said: str) -> int | None:
    """0 to 10 where somebody wrote a number; words stay words."""
    typed = said.strip()
    if typed.isdecimal() and len(typed) < 3 and int(typed) <= 10:
        return int(typed)
    return None


@dataclass(frozen=True, slots=True)
class Mark:
    x: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    marks: list[Mark]
    width: int
    left: int = LEFT
    top: int = TOP
    bottom: int = TOP + 10 * RUNG
    height: int = TOP + 10 * RUNG + TOP


def of_tries(tries: Sequence[Try]) -> Picture | None:
    """The newest tries that have a number, oldest first; None where there is none."""
    pairs = [(number_of(each.before), number_of(each.after)) for each in tries]
    told = [pair for pair in pairs if pair != (None, None)][-MOST_SHOWN:]
    if not told:
        return None
    marks = [
        Mark(LEFT + WIDE // 2 + place * WIDE, _height(before), _height(after))
        for place, (before, after) in enumerate(told)
    ]
    return Picture(marks, LEFT + len(told) * WIDE)


def _height(number: int | None) -> int | None:
    return None if number is None else TOP + (10 - number) * RUNG


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    count: int
    month: date


def of_months(months: Sequence[tuple[date, int]]) -> list[Bar]:
    """Bars beside each other, as high as the fullest month lets them be."""
    most = max((count for _month, count in months), default=0) or 1
    bars = []
    for place, (month, count) in enumerate(months):
        height = round(10 * RUNG * count / most)
        bars.append(Bar(8 + place * WIDE, TOP + 10 * RUNG - height, height, count, month))
    return bars
