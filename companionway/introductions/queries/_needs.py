"""What a supporter sees of somebody they have not met: the need, never the person.

Shown: the words the member wrote for whoever reads their request, and the items whose audience the member set to
"the person I talk with" or wider. Never shown: the name, or anything kept "only to find a fitting person"; such an
item may raise a score, and is neither named in a reason nor read by anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from companionway.introductions.models import Introduction, Request, RequestQuerySet
from companionway.introductions.policy import needs_visible_to
from companionway.introductions.queries._pool import fresh_pool
from companionway.introductions.queries._reasons import Reason, worth_saying
from companionway.introductions.queries._shared import Shared, readable
from companionway.introductions.queries._wishes import wishes_of
from companionway.introductions.states import IntroductionState
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning.matching import explain, rule_failures

SHOWN: Final = 20
LOOKED_AT: Final = 60
MOST_LOOKED_AT: Final = 600


@dataclass(frozen=True, slots=True)
class Need:
    """One request without its person."""

    public_id: str
    request_id: int
    asked_at: datetime
    words: str
    items: list[Shared]
    reasons: list[Reason]
    is_resting: bool


def needs_shown_to(supporter: Person, programme: Programme, *, mine: int | None = None) -> list[Need]:
    """Needs this supporter may answer, longest wait first; those they said "not now" to come after the others.

    `mine` is the id of what they offer there, where the caller has it already.
    """
    found: list[Need] = []
    mine = mine or _practice_id(supporter, programme)
    waiting = _waiting(supporter, programme)
    for start in range(0, MOST_LOOKED_AT, LOOKED_AT):
        chunk = list(waiting[start : start + LOOKED_AT])
        found += _needs(supporter, programme, chunk, mine)
        if len(found) >= SHOWN or len(chunk) < LOOKED_AT:
            break
    return sorted(found[:SHOWN], key=lambda need: (need.is_resting, need.asked_at))


def need_shown_to(supporter: Person, request: Request) -> Need | None:
    """This one need, if the hard rules allow the two to meet now; None as for what does not exist."""
    mine = _practice_id(supporter, request.programme)
    return next(iter(_needs(supporter, request.programme, [request], mine)), None)


def longer_waiting_need(supporter: Person, request: Request) -> tuple[Need, int] | None:
    """Who waits longest among those this supporter could have answered before this one, and how many do."""
    earlier = list(
        _waiting(supporter, request.programme).filter(asked_at__lt=request.asked_at)[:MOST_LOOKED_AT]
    )
    mine = _practice_id(supporter, request.programme) if earlier else None
    fits = [need for need in _needs(supporter, request.programme, earlier, mine) if not need.is_resting]
    return (fits[0], len(fits)) if fits else None


def need_in(
    introduction: Introduction, shared: dict[int, list[Shared]] | None = None
) -> tuple[str, list[Shared]]:
    """The words and items of a member, for the supporter who was asked by or with them."""
    member = introduction.request.member_id
    known = shared if shared is not None else readable([member])
    return wishes_of(introduction.request).words, known.get(member, [])


def _waiting(supporter: Person, programme: Programme) -> RequestQuerySet:
    visible = needs_visible_to(supporter).filter(programme=programme)
    return visible.select_related("member", "programme").in_waiting_order()


def _practice_id(supporter: Person, programme: Programme) -> int | None:
    found = practice.practice_of(supporter, programme)
    return found.pk if found else None


def _needs(
    supporter: Person, programme: Programme, requests: Sequence[Request], mine: int | None
) -> list[Need]:
    if mine is None or not requests:
        return []
    pool = fresh_pool(programme, requests, [mine], around=supporter)
    me = pool.supporters.get(mine)
    if me is None:
        return []
    fitting = [each for each in requests if not rule_failures(pool.members[each.pk], me, pool)]
    shared = readable([each.member_id for each in fitting])
    resting = _resting(supporter, fitting)
    return [
        Need(
            public_id=each.public_id,
            request_id=each.pk,
            asked_at=each.asked_at,
            words=wishes_of(each).words,
            items=shared.get(each.member_id, []),
            reasons=worth_saying(explain(pool.members[each.pk], me, reader="supporter")),
            is_resting=each.pk in resting,
        )
        for each in fitting
    ]


def _resting(supporter: Person, requests: Sequence[Request]) -> set[int]:
    rows = Introduction.objects.filter(
        request__in=[each.pk for each in requests], supporter=supporter, state=IntroductionState.RESTING
    )
    return set(rows.values_list("request_id", flat=True))
