"""Whom a reaction upstairs may tell about a concern: asked anew at that moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from companionway.concerns import climbing
from companionway.concerns.models import Concern


@dataclass(frozen=True, slots=True)
class Told:
    """`raisers`, and whom never to tell."""

    raisers: set[int] = field(default_factory=set)
    never: set[int] = field(default_factory=set)
    is_over: bool = True


def told_of(concern_id: int) -> Told:
    """Nobody, when the concern is gone."""
    concern = Concern.objects.filter(pk=concern_id).first()
    if concern is None:
        return Told()
    raisers = climbing.raisers_of(concern)
    apart = climbing.kept_from(concern)
    never = apart - raisers
    return Told(raisers, never, concern.is_over)
