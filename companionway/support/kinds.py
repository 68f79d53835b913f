"""How endings are called: the practice model's own kinds, and one that only the house itself gives."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from companionway.people.models import Programme
from companionway.people.practice_models import PracticeModel

SOMEONE_ELSE: Final = "someone_else"
LEFT: Final = "left_the_service"


def kinds_of(programme: Programme) -> list[tuple[str, str]]:
    """(key, words) of every ending that somebody may state; none where endings are never explained."""
    if not programme.keeps_ending_reasons:
        return []
    ending = PracticeModel.of(programme).ending
    return [(kind, ending.labels.get(kind, kind)) for kind in ending.kinds]


def words_of(programme: Programme, kind: str) -> str:
    """How the kept kind is said on a page; empty when there is none."""
    if kind == LEFT:
        return _("One of you left the service")
    return PracticeModel.of(programme).ending.labels.get(kind, "") if kind else ""
