"""Lists to choose from for everyone at once, so that nobody's is full of people whom everybody is offered."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._assignment import Assignment
from companionway.reasoning.matching._candidates import NOBODY, Candidates
from companionway.reasoning.matching._solvers import BEST_SOLVER, Solver, fill_lists

Ints = NDArray[np.int64]

_FIRST_BONUS: Final = 40_000
_LEAST_BONUS: Final = 1_250


def suggestion_lists(
    candidates: Candidates,
    capacity: Ints,
    *,
    length: int = 5,
    exposure: int | None = None,
    first: Assignment | None = None,
    solver: Solver = BEST_SOLVER,
) -> Ints:
    """Up to `length` supporter ids for each member, in the order to show them; `NOBODY` fills up a row.

    A supporter is shown in proportion to their free places: `exposure` lists for each place, or by default
    as many as fill all lists evenly. The partner in `first` leads the list. The rest maximise the fit plus
    a bonus for each place in a list that halves from one to the next (40000, 20000, 10000 ...), so that
    everyone has a first suggestion before anyone has a second. Whoever has any candidate has a list, even
    beyond the limit. With OR-Tools this is one min-cost flow and the best possible; without, rounds in
    which each member takes their best candidate who still has room.
    """
    room = _room(candidates, capacity, length, exposure)
    lead = np.full(candidates.members.size, NOBODY, np.int64)
    if first is not None:
        lead[:] = first.partner
        np.subtract.at(room, lead[lead != NOBODY], 1)
        np.maximum(room, 0, out=room)
    chosen = candidates.at == lead[:, None]
    chosen &= candidates.at != NOBODY
    fill = _fill_by_flow if solver == "ortools" else _fill_in_rounds
    fill(candidates, chosen, room, length)
    alone = ~chosen.any(axis=1) & (candidates.at != NOBODY).any(axis=1)
    chosen[alone, 0] = True
    return _in_order(candidates, chosen, lead, length)


def exposure_gini(lists: Ints, supporters: Ints, capacity: Ints) -> float:
    """How unevenly places are shown: 0 if each free place is on as many lists, towards 1 if few get all.

    Gini coefficient of lists per place, each supporter weighing as many as their places.
    """
    shown = np.bincount(np.searchsorted(supporters, lists[lists != NOBODY]), minlength=supporters.size)
    offering = capacity > 0
    per_place = np.repeat(shown[offering] / capacity[offering], capacity[offering])
    if not per_place.sum():
        return 0.0
    ranked = np.sort(per_place)
    n = ranked.size
    return float((2 * np.arange(1, n + 1) - n - 1) @ ranked / (n * ranked.sum()))


def _room(candidates: Candidates, capacity: Ints, length: int, exposure: int | None) -> Ints:
    if exposure is not None:
        return capacity.astype(np.int64) * exposure
    places = max(1, int(capacity.sum()))
    wanted = length * int((candidates.at != NOBODY).any(axis=1).sum())
    share: Ints = -(-wanted * capacity.astype(np.int64) // places)
    return np.maximum(share, np.minimum(capacity, 1))


def _fill_by_flow(candidates: Candidates, chosen: NDArray[np.bool_], room: Ints, length: int) -> None:
    row, place = np.nonzero((candidates.at != NOBODY) & ~chosen)
    supporter = candidates.at[row, place].astype(np.int64)
    gain = candidates.scores[row, place].astype(np.int64)
    slots = np.maximum(0, length - chosen.sum(axis=1)).astype(np.int64)
    bonus = tuple(max(_LEAST_BONUS, _FIRST_BONUS >> n) for n in range(length))
    taken = fill_lists(row.astype(np.int64), supporter, gain, room, slots, bonus)
    chosen[row[taken], place[taken]] = True


def _fill_in_rounds(candidates: Candidates, chosen: NDArray[np.bool_], room: Ints, length: int) -> None:
    """Those with the fewest candidates choose first in every round."""
    turn = np.argsort(candidates.n_admissible, kind="stable").tolist()
    at = candidates.at.tolist()
    left = room.tolist()
    for size in range(length):
        for row in turn:
            if chosen[row].sum() > size:
                continue
            for place, supporter in enumerate(at[row]):
                if supporter == NOBODY:
                    break
                if left[supporter] > 0 and not chosen[row, place]:
                    left[supporter] -= 1
                    chosen[row, place] = True
                    break


def _in_order(candidates: Candidates, chosen: NDArray[np.bool_], lead: Ints, length: int) -> Ints:
    lists = np.full((candidates.members.size, length), NOBODY, np.int64)
    for row in range(candidates.members.size):
        at = candidates.at[row, chosen[row]].astype(np.int64)
        at = at[np.argsort(at != lead[row], kind="stable")][:length]
        lists[row, : at.size] = candidates.supporters[at]
    return lists
