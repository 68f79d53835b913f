"""A proposal for the whole waiting list, and how it would treat different groups of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast

import numpy as np
from numpy.typing import NDArray

from companionway.introductions.models import Introduction, Request
from companionway.introductions.queries._pool import pool_of, with_members
from companionway.introductions.queries._reasons import Reason, worth_saying
from companionway.introductions.queries._rows import member_rows
from companionway.people.models import Organisation, Programme, Purpose
from companionway.people.queries import consenting
from companionway.practice import queries as practice
from companionway.reasoning.matching import (
    IN_PERSON,
    NOBODY,
    Assignment,
    Everyone,
    FairnessReport,
    MemberRow,
    Objective,
    Pool,
    assign,
    everyone,
    explain,
    fairness,
    fit_order,
    suggestion_lists,
    waiting_order,
)
from companionway.reasoning.topics import LANGUAGES

Values = Literal["waiting_order", "worst_off", "fit"]
VALUES: Final[dict[str, Objective]] = {"waiting_order": "fit", "worst_off": "worst_off", "fit": "fit"}
"""What the organisation may put first, and the pairs it then makes of those who are served. With "fit", the fit also
decides who is served when places are short, once everybody who has waited `LONG_WAIT_DAYS` is."""
LONG_WAIT_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Batch:
    """Everybody who waits in one programme, beside everybody with room."""

    requests: list[Request]
    pool: Pool
    everyone: Everyone
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
    """Work out the proposal: as many people as there are places for, in the order the organisation chose; then pairs.

    Nobody could be added, and no pair could be better, over all pairs there are: it carries its proof. Whoever is
    being asked already keeps that place: their request and that place stay out.
    """
    asked = Introduction.objects.asked().filter(request__programme=programme)
    pairs = list(asked.values_list("request_id", "supporter_id"))
    busy = {request for request, _supporter in pairs}
    rows = Request.objects.open().filter(programme=programme).exclude(pk__in=busy)
    requests = list(rows.select_related("member", "programme").in_waiting_order())
    pool = with_members(pool_of(programme), member_rows(requests))
    members = np.array([each.pk for each in requests], np.int64)
    found = everyone(members, pool)
    capacity = np.maximum(pool.free - _held([supporter for _request, supporter in pairs], pool), 0)
    waited = np.array([(now - each.asked_at).days for each in requests], np.int64)
    chosen = values_of(programme.organisation) if values_first is None else values_first
    order = served_first(found, waited, chosen)
    done = assign(found, capacity, order, objective=VALUES.get(chosen, "fit"))
    return Batch(requests, pool, found, capacity, done)


def served_first(found: Everyone, waited_days: NDArray[np.int64], values_first: str) -> NDArray[np.int64]:
    """Row numbers in the order in which people are served under this choice of the organisation's."""
    if values_first != "fit":
        return waiting_order(found.members, waited_days)
    return fit_order(found, (waited_days <= LONG_WAIT_DAYS).astype(np.int64))


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
    lists = suggestion_lists(made.everyone, made.capacity, first=made.assignment)
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
    """What this organisation puts first: longest wait, then fit, unless it chose something that is still offered."""
    return cast(Values, of.values_first) if of.values_first in VALUES else "waiting_order"


GROUPS: Final = ("another_language", "in_person_only", "special_training")


def _flags(rows: list[MemberRow], group: str) -> NDArray[np.bool_]:
    english = LANGUAGES.mask(["en"])
    tests = {
        "another_language": [not row.langs & english for row in rows],
        "in_person_only": [row.usable_modes == IN_PERSON for row in rows],
        "special_training": [row.need_level > 0 for row in rows],
    }
    return np.array(tests[group], np.bool_)


def _held(asked: list[int], pool: Pool) -> NDArray[np.int64]:
    """Places that an open question to these people may take: no more is proposed than there is room for."""
    person_at = {row.who: at for at, row in enumerate(pool.supporters.values())}
    held = np.zeros(pool.size, np.int64)
    for person in asked:
        if person in person_at:
            held[person_at[person]] += 1
    return held
