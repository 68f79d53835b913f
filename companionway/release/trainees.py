"""Who learns where, remembered: whoever is no trainee costs the sending path a look into a set, and no question.

The set is dropped on every change, here and in the other processes; the database's own rule stands behind it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.db import transaction

from companionway.conversations import gates
from companionway.foundation import bus
from companionway.foundation.models import Record
from companionway.foundation.watching import noticed
from companionway.release import events
from companionway.release.models import Traineeship

KEPT_SECONDS = 30.0
# (person, programme) of everybody who learns now, and until when that is believed.
_kept: tuple[float, frozenset[tuple[int, int]]] = (0.0, frozenset())


def among(programme_id: int, people: frozenset[int]) -> frozenset[int]:
    learning = _learning()
    return frozenset(each for each in people if (each, programme_id) in learning) if learning else frozenset()


def is_one(person_id: int) -> bool:
    """Whether they learn anywhere."""
    return any(person_id == each for each, _programme in _learning())


def _learning() -> frozenset[tuple[int, int]]:
    global _kept
    until, found = _kept
    if until <= time.monotonic():
        rows = Traineeship.objects.filter(ended_at=None).values_list("person_id", "programme_id")
        found = frozenset(rows)
        _kept = time.monotonic() + KEPT_SECONDS, found
    return found


def forget_here(_fact: object = None) -> None:
    global _kept
    _kept = 0.0, frozenset()


def forget() -> None:
    """At once for the deed itself, and everywhere when it is committed."""
    forget_here()
    transaction.on_commit(_forget_everywhere)


def _forget_everywhere() -> None:
    forget_here()
    bus.post("trainees", 0)


bus.hear("trainees", forget_here)


@noticed(events.TraineeshipBegan, events.StageChanged, events.TraineeshipEnded)
def changed_elsewhere(_records: Sequence[Record]) -> None:
    """A process that the bus does not reach learns of it from the record."""
    forget_here()
    gates.forget_places()
