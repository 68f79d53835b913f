"""What each person carries now, told by the room upstairs that knows (support registers when it is ready)."""

from __future__ import annotations

from collections.abc import Callable, Collection

PLAIN_WEIGHT = 2
"""An ordinary relationship, in half relationships."""

Counter = Callable[[Collection[int]], dict[int, int]]
_load: list[Counter] = []
_weight: list[Counter] = []


def register_load(count: Counter) -> None:
    """`count(person_ids)` returns how many people each walks with now; nobody's id means none."""
    _load[:] = [count]


def register_weight(weigh: Counter) -> None:
    """`weigh(person_ids)` returns how heavy that is, in half relationships. Without it each one is ordinary."""
    _weight[:] = [weigh]


def load_of(person_ids: Collection[int]) -> dict[int, int]:
    """How many people each walks with now, over all programmes."""
    return _load[0](person_ids) if _load and person_ids else {}


def weight_of(person_ids: Collection[int], load: dict[int, int]) -> dict[int, int]:
    """How much each carries now, in half relationships; `load` is what `load_of` says of them."""
    if not person_ids:
        return {}
    if _weight:
        return _weight[0](person_ids)
    return {person: PLAIN_WEIGHT * count for person, count in load.items()}
