"""How long it took until somebody had it: drills apart from what was real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from companionway.concerns.models import Concern
from companionway.people.models import Organisation

BACK: Final = timedelta(days=365)
SHOWN: Final = 24


@dataclass(frozen=True)
class Times:
    """Minutes until acknowledged over the last year (nearest rank), and how many nobody ever had."""

    rows: list[Concern]
    count: int
    p50: float | None
    p95: float | None
    worst: float | None
    never: int


def minutes_of(concern: Concern) -> float | None:
    if concern.first_held_at is None:
        return None
    return max((concern.first_held_at - concern.raised_at).total_seconds() / 60, 0)


def times_of(organisation: Organisation, now: datetime, *, is_drill: bool) -> Times:
    """Stood down before anybody had it is no failure and is left out; still climbing counts as not yet had."""
    found = Concern.objects.filter(organisation=organisation, is_drill=is_drill, raised_at__gte=now - BACK)
    rows = list(found.select_related("held_by").order_by("-pk"))
    taken = sorted(each for each in map(minutes_of, rows) if each is not None)
    never = sum(1 for each in rows if each.first_held_at is None and not each.is_over)
    return Times(rows[:SHOWN], len(taken), _rank(taken, 0.50), _rank(taken, 0.95), _rank(taken, 1.0), never)


def _rank(ordered: list[float], share: float) -> float | None:
    """The nearest-rank percentile: a value that was really measured."""
    return ordered[max(ceil(share * len(ordered)), 1) - 1] if ordered else None
