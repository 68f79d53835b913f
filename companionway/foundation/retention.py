"""How long things are kept: every class of data has a clock, or says why it has none. Rooms register both.

The defaults are ours and unverified by a lawyer: each organisation has to decide them (page "How long we keep things").
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from companionway.foundation.duties import duty
from companionway.foundation.events import KeptLongEnough, announce
from companionway.foundation.models import KeptFor

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clock:
    """One class of data. `run(before, now)` destroys what ended before then and returns how many rows it took."""

    key: str
    words: Any
    days: int
    least: int
    most: int
    source: Any
    models: tuple[str, ...]
    run: Callable[[datetime, datetime], int]


_clocks: dict[str, Clock] = {}
_without: dict[str, str] = {}


def clock(made: Clock) -> None:
    _clocks[made.key] = made


def without_clock(reasons: dict[str, str]) -> None:
    """Models ("app.Model") whose rows have no clock of their own, each with the reason."""
    _without.update(reasons)


def clocks() -> list[Clock]:
    return list(_clocks.values())


def reasons() -> dict[str, str]:
    return dict(_without)


def days_of(each: Clock) -> int:
    chosen = KeptFor.objects.filter(what=each.key).values_list("days", flat=True).first()
    return each.days if chosen is None else min(max(chosen, each.least), each.most)


def chosen_days() -> dict[str, int]:
    kept = dict(KeptFor.objects.values_list("what", "days"))
    return {each.key: min(max(kept.get(each.key, each.days), each.least), each.most) for each in clocks()}


@duty("foundation.retention", every=timedelta(days=1))
def run_clocks(now: datetime) -> dict[str, int]:
    """Every clock in a transaction of its own; one that fails is logged and the others go on."""
    gone = {}
    for each in clocks():
        try:
            with transaction.atomic():
                rows = each.run(now - timedelta(days=days_of(each)), now)
                if rows:
                    fact = KeptLongEnough(
                        actor_id=None, subject=f"clock:{each.key}", what=each.key, rows=rows
                    )
                    announce(fact, at=now)
                gone[each.key] = rows
        except Exception:
            logger.exception("the clock of %s failed and is tried again tomorrow", each.key)
    return gone
