"""A coordinator proposes; the two decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.introductions import policy
from companionway.introductions.events import LevelNeeded, ProposalsMade, Proposed, ValuesChosen
from companionway.introductions.models import SUGGESTIONS, Introduction, Request
from companionway.introductions.queries import VALUES, lists_for_everybody, member_rows, pool_of, with_members
from companionway.introductions.services._bringing import begin, not_able
from companionway.introductions.services._moving import locked_request, of_request, of_two
from companionway.introductions.services._passing import Passing, record_passed_over
from companionway.introductions.states import Door, IntroductionState
from companionway.people.models import Organisation, Person, Programme
from companionway.practice import queries as practice
from companionway.reasoning.matching import passed_over


@transaction.atomic
def propose(
    *, actor: Person, request: Request, practice_public_id: str, passing: Passing | None = None, now: datetime
) -> Introduction:
    """Propose one introduction to both people, with its reasons; both then say yes, not now or no.

    When somebody whom this supporter could meet waits longer and nobody is being asked for them, a written reason
    is owed (`ReasonOwed`).
    """
    (row,) = _propose(actor, [(request, practice_public_id)], passing, now)
    announce(Proposed(**of_two(actor.pk, row)), at=now)
    return row


@transaction.atomic
def propose_list(
    *,
    actor: Person,
    programme: Programme,
    pairs: Sequence[tuple[Request, str]],
    passing: Passing | None = None,
    now: datetime,
) -> list[Introduction]:
    """Propose several introductions of one programme at once: all of them, or none."""
    require(policy.may_coordinate(actor, programme))
    if not pairs or any(request.programme_id != programme.pk for request, _practice in pairs):
        raise Refused(_("Please choose at least one introduction of this programme."))
    rows = _propose(actor, pairs, passing, now)
    ids = tuple(row.pk for row in rows)
    announce(
        ProposalsMade(actor_id=actor.pk, subject=f"programme:{programme.pk}", introduction_ids=ids), at=now
    )
    return rows


@transaction.atomic
def choose_values(
    *, actor: Person, organisation: Organisation, values_first: str, now: datetime
) -> Organisation:
    """Choose what the organisation puts first when it proposes, when there are not enough places."""
    require(policy.may_choose_values(actor, organisation))
    if values_first not in VALUES:
        raise Refused(_("Please choose one of the answers listed."))
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    locked.values_first = values_first
    locked.save(update_fields=["values_first"])
    told = ValuesChosen(actor_id=actor.pk, subject=f"organisation:{locked.pk}", values_first=values_first)
    announce(told, at=now)
    return locked


@transaction.atomic
def set_need_level(*, actor: Person, request: Request, level: int, now: datetime) -> Request:
    """Record the level of training somebody needs beside them, so that nobody without it is asked."""
    locked = locked_request(actor, request)
    require(policy.may_propose(actor, locked))
    locked.need_level, locked.changed_at = level, now
    locked.save(update_fields=["need_level", "changed_at"])
    announce(LevelNeeded(**of_request(actor.pk, locked, locked.member_id)), at=now)
    return locked


@transaction.atomic
def make_suggestions(*, programme: Programme, now: datetime) -> int:
    """Make everybody's suggestion list together, so that nobody is on all of them. Done by the clock; returns how many.

    It decides nothing: every list is looked at afresh before it is shown.
    """
    made = lists_for_everybody(programme, now)
    for request, ids, partner in made:
        facts = {"ids": ids, "partner": partner}
        request.sealed_suggestions = seal_facts(key_of(PERSON, request.member_id), facts, SUGGESTIONS)
        request.suggested_at = now
    rows = [request for request, _ids, _partner in made]
    Request.objects.bulk_update(rows, ["sealed_suggestions", "suggested_at"], batch_size=500)
    return len(rows)


def _propose(
    actor: Person, pairs: Sequence[tuple[Request, str]], passing: Passing | None, now: datetime
) -> list[Introduction]:
    requests = [
        locked_request(actor, request) for request, _practice in sorted(pairs, key=lambda pair: pair[0].pk)
    ]
    for request in requests:
        require(policy.may_propose(actor, request))
    by_pk, programme = {each.pk: each for each in requests}, requests[0].programme
    asked = {public_id for _request, public_id in pairs}
    practices = {each.public_id: each for each in practice.by_ids(practice.ids_of(programme, list(asked)))}
    if asked - practices.keys():
        raise not_able()
    chosen = [(by_pk[request.pk], practices[public_id]) for request, public_id in pairs]
    left_waiting = _left_waiting(programme, [(request.pk, each.pk) for request, each in chosen])
    rows = [begin(request, each.person, Door.PROPOSAL, now, proposed_by=actor) for request, each in chosen]
    if left_waiting:
        longest = Request.objects.get(pk=left_waiting[0])
        record_passed_over(
            actor=actor,
            request=longest,
            introduction=rows[0],
            passing=passing,
            how_many=len(left_waiting),
            now=now,
        )
    return rows


def _left_waiting(programme: Programme, pairs: list[tuple[int, int]]) -> list[int]:
    """Request ids passed over by these pairs, longest wait first; those for whom somebody is being asked are not."""
    asked = Introduction.objects.filter(state=IntroductionState.ASKED).values("request")
    introduced = {request for request, _practice in pairs}
    open_ones = Request.objects.open().filter(programme=programme).exclude(pk__in=asked)
    waiting = list(open_ones.select_related("member", "programme").in_waiting_order())
    waiting += [
        r for r in Request.objects.filter(pk__in=introduced).select_related("member") if r not in waiting
    ]
    waiting.sort(key=lambda each: (each.asked_at, each.pk))
    pool = with_members(pool_of(programme), member_rows(waiting))
    known = [(request, each) for request, each in pairs if each in pool.supporters]
    return [each.member_id for each in passed_over(known, [row.pk for row in waiting], pool)]
