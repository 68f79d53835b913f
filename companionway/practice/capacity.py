"""What each person carries now and what holds them, told by the rooms upstairs that know, when they are ready."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

PLAIN_WEIGHT = 2
"""An ordinary relationship, in half relationships."""

Counter = Callable[[Collection[int]], dict[int, int]]
# One person in one programme.
Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Carried:
    """How many people each walks with, where nobody new may begin now, and places agreed above somebody's limits."""

    load: dict[int, int] = field(default_factory=dict)
    held: set[Where] = field(default_factory=set)
    extra: dict[Where, int] = field(default_factory=dict)


_load: list[Counter] = []
_weight: list[Counter] = []
_carried: list[Callable[[Collection[int]], Carried]] = []


def register_load(count: Counter) -> None:
    """`count(person_ids)` returns how many people each walks with now; nobody's id means none."""
    _load[:] = [count]


def register_weight(weigh: Counter) -> None:
    """`weigh(person_ids)` returns how heavy that is, in half relationships. Without it each one is ordinary."""
    _weight[:] = [weigh]


def register_carried(tell: Callable[[Collection[int]], Carried]) -> None:
    """`tell(person_ids)` returns all of `Carried` in one question. Without it nobody is held and nothing is extra."""
    _carried[:] = [tell]


def load_of(person_ids: Collection[int]) -> dict[int, int]:
    """How many people each walks with now, over all programmes."""
    return _load[0](person_ids) if _load and person_ids else {}


def carried_by(person_ids: Collection[int]) -> Carried:
    """What each carries and what holds them. Whoever is held takes nobody new; whoever they walk with stays."""
    if not person_ids:
        return Carried()
    return _carried[0](person_ids) if _carried else Carried(load_of(person_ids))


def weight_of(person_ids: Collection[int], load: dict[int, int]) -> dict[int, int]:
    """How much each carries now, in half relationships; `load` is what `load_of` says of them."""
    if not person_ids:
        return {}
    if _weight:
        return _weight[0](person_ids)
    return {person: PLAIN_WEIGHT * count for person, count in load.items()}
