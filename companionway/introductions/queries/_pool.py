"""Who may be introduced to whom: one kept snapshot of a programme's supporters, and fresh looks at a few of them.

The snapshot makes pages quick at any size. What it says is looked at once more, with fresh rows, before anything
is shown, asked or agreed, so a block or a full week since then always counts.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterable, Sequence

from django.db.models import Q

from companionway.introductions.models import Introduction, PoolVersion, Request
from companionway.introductions.queries._rows import member_rows, supporter_rows
from companionway.introductions.states import Closing, IntroductionState
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning.matching import MemberRow, Pool
from companionway.safety import queries as safety
from companionway.support import queries as support

_lock = threading.Lock()
_kept: dict[int, Pool] = {}

_OVER = Q(state=IntroductionState.MET) | Q(state=IntroductionState.CLOSED, closed_because=Closing.ANSWERED)


def version_of(programme: Programme) -> int:
    """Counts the changes that decide who may be introduced here."""
    row = PoolVersion.objects.filter(programme=programme).values_list("version", flat=True).first()
    return row or 0


def pool_of(programme: Programme) -> Pool:
    """The kept snapshot of this programme's supporters (no members in it), made anew when something changed."""
    version = version_of(programme)
    with _lock:
        kept = _kept.get(programme.pk)
    if kept is not None and kept.version == version:
        return kept
    pool = Pool(
        (),
        supporter_rows(practice.offered_in(programme), programme),
        never_with=safety.never_with_pairs()
        | _over_pairs(programme)
        | support.ended_pairs()
        | support.together_now([programme.pk]),
        version=version,
    )
    with _lock:
        _kept[programme.pk] = pool
    return pool


def forget_pools() -> None:
    """Drop every kept snapshot (tests, and after a restore)."""
    with _lock:
        _kept.clear()


def with_members(pool: Pool, members: Iterable[MemberRow]) -> Pool:
    """The same supporters, compared with these members: their columns are shared, not laid out again."""
    seen = copy.copy(pool)
    seen.members = {row.id: row for row in members}
    return seen


def fresh_pool(
    programme: Programme, requests: Sequence[Request], practice_ids: Iterable[int], *, around: Person
) -> Pool:
    """A small snapshot from rows read now: some requests and some practices of one programme.

    `around` is the person whom all of it is about (the member of the one request, or the one supporter): whom
    they are kept from, by either side's wish, is asked now.
    """
    return pool_around(around, programme, member_rows(requests), practice.offered_by(practice_ids))


def pool_around(
    around: Person, programme: Programme, members: Sequence[MemberRow], offered: Sequence[practice.Offered]
) -> Pool:
    """The same from rows that were read a moment ago for the same page."""
    apart = safety.people_kept_from(around.pk) | over_with(around, programme)
    return Pool(
        members,
        supporter_rows(offered, programme),
        never_with={(around.pk, other) for other in apart},
        version=-1,
    )


def over_with(person: Person, programme: Programme) -> set[int]:
    """People with whom this person's story is over or on its way: met before, walking now, or somebody said no."""
    either = Q(request__member=person) | Q(supporter=person)
    rows = Introduction.objects.filter(_OVER, either, request__programme=programme)
    pairs = rows.values_list("request__member_id", "supporter_id")
    known = {person for pair in pairs for person in pair}
    walks = support.relationships_of(person).values_list("member_id", "supporter_id")
    return (known | {each for pair in walks for each in pair}) - {person.pk}


def _over_pairs(programme: Programme) -> set[tuple[int, int]]:
    rows = Introduction.objects.filter(_OVER, request__programme=programme)
    return set(rows.values_list("request__member_id", "supporter_id"))
