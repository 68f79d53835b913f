"""A proposal for the whole waiting list, and how it would treat different groups of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from companionway.introductions.models import Introduction, Request
from companionway.introductions.queries._pool import pool_of, with_members
from companionway.introductions.queries._reasons import Reason, worth_saying
from companionway.introductions.queries._rows import member_rows
from companionway.introductions.states import IntroductionState
from companionway.people.models import Organisation, Programme, Purpose
from companionway.people.queries import consenting
from companionway.practice import queries as practice
from companionway.reasoning.matching import (
    IN_PERSON,
    NOBODY,
    Assignment,
    Candidates,
    FairnessReport,
    MemberRow,
    Objective,
    Pool,
    assign,
    explain,
    fairness,
    suggestion_lists,
    top_candidates,
    waiting_order,
)
from companionway.reasoning.topics import LANGUAGES

VALUES: Final[dict[str, Objective]] = {"waiting_order": "worst_off", "fit": "fit"}
"""What the organisation may put first, and what it means once the longest waiting are served first, as always:
nobody far below the others, or the best fit in total."""
CANDIDATES_EACH: Final = 200
Values = Literal["waiting_order", "fit"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Everybody who waits in one programme, beside everybody with room."""

    requests: list[Request]
    pool: Pool
    candidates: Candidates
    capacity: NDArray[np.int64]
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class Pair:
    """One proposed introduction, as the coordinator reads it."""

    request: Request
    member: str
    practice_id: str
    supporter: str
    days: int
    reasons: list[Reason]

    @property
    def key(self) -> str:
        """Names the pair in a form; both halves are looked up again, among what the coordinator may see."""
        return f"{self.request.public_id}.{self.practice_id}"


def batch(programme: Programme, now: datetime, values_first: str | None = None) -> Batch:
    """Work out the proposal: longest wait first, as many people as there are places for, then the fit.

    Whoever is being asked already keeps that place: their request and that place stay out.
    """
    asked = Introduction.objects.asked().filter(request__programme=programme)
    busy = set(asked.values_list("request_id", flat=True))
    rows = Request.objects.open().filter(programme=programme).exclude(pk__in=busy)
    requests = list(rows.select_related("member", "programme").in_waiting_order())
    pool = with_members(pool_of(programme), member_rows(requests))
    members = np.array([each.pk for each in requests], np.int64)
    found = top_candidates(members, pool, CANDIDATES_EACH)
    capacity = np.maximum(pool.free - _held(programme, pool), 0)
    waited = np.array([(now - each.asked_at).days for each in requests], np.int64)
    chosen = values_first or programme.organisation.values_first
    done = assign(found, capacity, waiting_order(members, waited), objective=VALUES.get(chosen, "worst_off"))
    return Batch(requests, pool, found, capacity, done)


def proposal(programme: Programme, now: datetime) -> list[Pair]:
    """The proposed introductions, longest wait first, with the reasons both would read. Nothing is decided by it."""
    made = batch(programme, now)
    by_id = {each.pk: each for each in made.requests}
    pairs = made.assignment.pairs()
    practices = {each.pk: each for each in practice.by_ids([supporter for _member, supporter in pairs])}
    shown = [
        Pair(
            request=by_id[member],
            member=by_id[member].member.name,
            practice_id=practices[supporter].public_id,
            supporter=practices[supporter].person.name,
            days=(now - by_id[member].asked_at).days,
            reasons=worth_saying(
                explain(made.pool.members[member], made.pool.supporters[supporter], reader="both")
            ),
        )
        for member, supporter in pairs
        if supporter in practices
    ]
    return sorted(shown, key=lambda pair: (pair.request.asked_at, pair.request.pk))


def lists_for_everybody(programme: Programme, now: datetime) -> list[tuple[Request, list[int], int | None]]:
    """For each open request its suggestion list (practice ids) and the partner the whole proposal keeps for it."""
    made = batch(programme, now)
    lists = suggestion_lists(made.candidates, made.capacity, first=made.assignment)
    partners = dict(made.assignment.pairs())
    return [
        (request, [each for each in row if each != NOBODY], partners.get(request.pk))
        for request, row in zip(made.requests, lists.tolist(), strict=True)
    ]


def fairness_of(programme: Programme, now: datetime) -> FairnessReport:
    """How the proposal would treat groups of people who wait; only people who agreed to be counted are in it.

    Groups come from practical needs alone; small ones are hidden by `reasoning`. Diagnosis and identity are not groups.
    """
    made = batch(programme, now)
    agreed = consenting([each.member_id for each in made.requests], Purpose.SERVICE_FIGURES)
    counted = np.array([each.member_id in agreed for each in made.requests], np.bool_)
    rows = [made.pool.members[each.pk] for each in made.requests]
    groups = {name: _flags(rows, name) & counted for name in GROUPS}
    waited = np.array([(now - each.asked_at).days for each in made.requests], np.int64)
    return fairness(made.assignment, groups, waited_days=waited)


def values_of(of: Organisation) -> Values:
    return "fit" if of.values_first == "fit" else "waiting_order"


GROUPS: Final = ("another_language", "in_person_only", "special_training")


def _flags(rows: list[MemberRow], group: str) -> NDArray[np.bool_]:
    english = LANGUAGES.mask(["en"])
    tests = {
        "another_language": [not row.langs & english for row in rows],
        "in_person_only": [row.usable_modes == IN_PERSON for row in rows],
        "special_training": [row.need_level > 0 for row in rows],
    }
    return np.array(tests[group], np.bool_)


def _held(programme: Programme, pool: Pool) -> NDArray[np.int64]:
    """Places that an open question may take, so that no more is proposed than there is room for."""
    asked = Introduction.objects.filter(state=IntroductionState.ASKED, request__programme=programme)
    person_at = {row.who: at for at, row in enumerate(pool.supporters.values())}
    held = np.zeros(pool.size, np.int64)
    for person in asked.values_list("supporter_id", flat=True):
        if person in person_at:
            held[person_at[person]] += 1
    return held
