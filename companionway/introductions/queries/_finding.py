"""Who a member could ask: a few suggestions with reasons, or everybody who fits, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.core.paginator import Page, Paginator

from companionway.foundation.sealing import PERSON, key_of, open_facts
from companionway.introductions.models import SUGGESTIONS, Introduction, Request
from companionway.introductions.queries._pool import pool_around, pool_of, with_members
from companionway.introductions.queries._reasons import Reason, worth_saying
from companionway.introductions.queries._rows import member_rows
from companionway.introductions.states import IntroductionState, RequestState
from companionway.people.models import Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning.matching import (
    NOBODY,
    MemberRow,
    Suggestion,
    explain,
    listed,
    rule_failures,
    top_candidates,
)

LIST_LENGTH: Final = 5
PAGE_LENGTH: Final = 10
MOST_BROWSED: Final = 200


@dataclass(frozen=True, slots=True)
class Card:
    """A supporter as somebody sees them who has not met them: their own few words and the reasons. No name."""

    public_id: str
    about: str
    reasons: list[Reason]


def my_request(person: Person, programme: Programme | int) -> Request | None:
    """The person's request here that is open or having a pause, else the one by which they found somebody."""
    kept = Request.objects.filter(member=person, programme=programme).select_related("programme", "member")
    kept = kept.exclude(state=RequestState.WITHDRAWN)
    return kept.filter(met_at=None).first() or kept.order_by("-met_at").first()


def suggestions_for(person: Person, programme: Programme) -> list[Card]:
    """Up to five supporters who may be asked now, reasons best first; empty when nobody fits or nobody is sought.

    First the list made for everybody together (so that nobody is on all lists), as far as it still holds; then
    the best others. Each is looked at afresh.
    """
    request = my_request(person, programme)
    if request is None or request.state != RequestState.OPEN:
        return []
    asked = _asked(request)
    me = member_rows([request])
    ids, partner = _kept_list(request)
    ids = [each for each in ids if each not in asked]
    best = _best(request, me, len(asked) + 2 * LIST_LENGTH)
    ids += [each for each in best if each not in asked and each not in ids]
    return _cards(request, me, ids, partner)[:LIST_LENGTH]


def browse(request: Request, number: str | int) -> tuple[list[Card], Page[int]]:
    """One page of everybody in the programme whom this member may ask, best first. Who does not fit is not there."""
    asked, me = _asked(request), member_rows([request])
    ids = [each for each in _best(request, me, MOST_BROWSED) if each not in asked]
    page = Paginator(ids, PAGE_LENGTH).get_page(number)
    return _cards(request, me, list(page.object_list), None), page


def card_for(request: Request, public_id: str) -> Card | None:
    """One supporter whom this member may ask now, or None, as for somebody who does not exist."""
    ids = practice.ids_of(request.programme, [public_id])
    return next(iter(_cards(request, member_rows([request]), ids, None)), None)


def about_of_supporters(programme: Programme, person_ids: Sequence[int]) -> dict[int, str]:
    """The few words of each of these supporters, by person id."""
    practices = practice.practices_of(programme, person_ids)
    words = practice.abouts(practices)
    return {each.person_id: words.get(each.pk, "") for each in practices}


def _best(request: Request, me: Sequence[MemberRow], most: int) -> list[int]:
    seen = with_members(pool_of(request.programme), me)
    found = top_candidates(np.array([request.pk], np.int64), seen, most)
    return [each for row in found.ids.tolist() for each in row if each != NOBODY]


def _cards(request: Request, me: Sequence[MemberRow], ids: Sequence[int], partner: int | None) -> list[Card]:
    if not ids:
        return []
    offered = practice.offered_by(ids)
    fresh = pool_around(request.member, request.programme, me, offered)
    allowed: list[Suggestion] = listed(request.pk, fresh, ids, partner=partner)
    shown = {one.supporter_id for one in allowed}
    rows = {each.practice.pk: each.practice for each in offered if each.practice.pk in shown}
    words = practice.abouts(rows.values())
    return [
        Card(rows[one.supporter_id].public_id, words.get(one.supporter_id, ""), worth_saying(one.why))
        for one in allowed
        if one.supporter_id in rows
    ]


def _asked(request: Request) -> set[int]:
    """Practices whose people are being asked already."""
    live = [IntroductionState.ASKED, IntroductionState.RESTING]
    people = Introduction.objects.filter(request=request, state__in=live).values("supporter_id")
    return set(practice.ids_of_people(request.programme, people))


def _kept_list(request: Request) -> tuple[list[int], int | None]:
    if not request.sealed_suggestions:
        return [], None
    facts = open_facts(key_of(PERSON, request.member_id), request.sealed_suggestions, SUGGESTIONS) or {}
    return list(facts.get("ids", [])), facts.get("partner")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a coordinator could propose: a name, and the reasons that both would read."""

    public_id: str
    name: str
    reasons: list[Reason]


def candidates_for(request: Request) -> list[Candidate]:
    """The best few for a coordinator to propose to this member; nobody whom a hard rule keeps away."""
    asked, me = _asked(request), member_rows([request])
    ids = [each for each in _best(request, me, len(asked) + 2 * LIST_LENGTH) if each not in asked]
    offered = practice.offered_by(ids)
    fresh = pool_around(request.member, request.programme, me, offered)
    rows = {each.practice.pk: each.practice for each in offered}
    member = fresh.members[request.pk]
    fitting = [each for each in ids if each in fresh.supporters and each in rows]
    fitting = [each for each in fitting if not rule_failures(member, fresh.supporters[each], fresh)]
    return [
        Candidate(
            rows[each].public_id,
            rows[each].person.name,
            worth_saying(explain(member, fresh.supporters[each], reader="both")),
        )
        for each in fitting[:LIST_LENGTH]
    ]
