"""The names of endings: the practice model's own, and three that the house itself may give."""

from __future__ import annotations

from typing import Final

from companionway.people.models import Programme
from companionway.people.practice_models import PracticeModel

SOMEONE_ELSE: Final = "someone_else"
LEFT: Final = "left_the_service"


def is_a_kind_of(programme: Programme, kind: str) -> bool:
    return kind in {each.key for each in PracticeModel.of(programme).ending.kinds}
