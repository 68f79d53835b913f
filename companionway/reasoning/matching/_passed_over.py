"""Who waits longer and could have had the place: a coordinator owes each of them a written reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._rules import admissible


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A member left waiting, the supporters they could have met, and those who came later and do."""

    member_id: int
    supporter_ids: tuple[int, ...]
    in_favour_of: tuple[int, ...]


def passed_over(proposal: Iterable[tuple[int, int]], waiting: Sequence[int], pool: Pool) -> list[PassedOver]:
    """The people passed over by these (member id, supporter id) introductions, longest-waiting first.

    `waiting` are member ids, longest-waiting (or highest band) first. Somebody is passed over if they get no
    introduction here although a supporter whom all hard rules allow them, with a free place in this pool,
    goes to someone who comes after them. An empty answer means no written reason is owed. Proposals of
    `assign` over all pairs in the same order never pass anyone over. Somebody introduced who is not in
    `waiting` comes after everybody.
    """
    pairs = list(proposal)
    place = {member: at for at, member in enumerate(waiting)}
    introduced = {member for member, _ in pairs}
    latest = max((place.get(member, len(waiting)) for member, _ in pairs), default=0)
    given = np.array([pool.position[supporter] for _, supporter in pairs], np.intp)
    report = []
    for member_id in waiting[:latest]:
        if member_id in introduced:
            continue
        allowed = admissible(pool.members[member_id], pool)[given]
        taken = [
            (supporter, other)
            for (other, supporter), could in zip(pairs, allowed.tolist(), strict=True)
            if could and place.get(other, len(waiting)) > place[member_id]
        ]
        if taken:
            report.append(
                PassedOver(
                    member_id,
                    tuple(dict.fromkeys(supporter for supporter, _ in taken)),
                    tuple(dict.fromkeys(other for _, other in taken)),
                )
            )
    return report
