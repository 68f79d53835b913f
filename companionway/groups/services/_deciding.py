"""Proposals and polls. Who voted is a mark; what was voted is a number; nothing joins the two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.groups import marks, opening, policy, queries
from companionway.groups.events import (
    PollClosed,
    PollOpened,
    ProposalDecided,
    ProposalHeardAgain,
    ProposalMade,
    VoteCounted,
)
from companionway.groups.models import Group, Pin, Poll, PollOption, Proposal, Voted
from companionway.groups.moving import held, named, taken, tell, write_version
from companionway.groups.services import _leaving_out
from companionway.groups.states import MOVES, STANDS, ProposalKind, ProposalState, Voice
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.reasoning.deciding import HEAR_AGAIN, Votes, decide

MOST_SENTENCES, MOST_OPTIONS = 30, 8
OFFERED = (ProposalKind.AGREEMENT, ProposalKind.MOTION, ProposalKind.PIN)


@transaction.atomic
def propose(
    *,
    actor: Person,
    group: Group,
    kind: str,
    words: str = "",
    sentences: Sequence[str] = (),
    now: datetime,
) -> Proposal:
    """Put something to the group: other words for its agreement, a motion, or words for the head of its space.

    It stands for a week and is decided by the group's own rule. Raises Refused.
    """
    locked = taken(actor, group)
    require(policy.may_propose(actor, locked))
    said = [each.strip() for each in sentences if each.strip()]
    if kind not in OFFERED:
        raise Refused(_("Please choose one of the answers listed."))
    if kind == ProposalKind.AGREEMENT:
        _check_sentences(locked, said)
    elif not words.strip():
        raise Refused(_("Please write what you propose."))
    if kind == ProposalKind.PIN and locked.space_id is None:
        raise Refused(_("This group has no place to write in."))
    by, name = named(locked, actor), new_public_id()
    row = Proposal(group=locked, kind=kind, by=by, public_id=name, opened_at=now, closes_at=now + STANDS)
    facts = {"sentences": said} if kind == ProposalKind.AGREEMENT else {"words": words.strip()}
    opening.put(row, facts)
    row.save()
    tell(ProposalMade, locked, actor=by, proposal_id=row.pk, now=now)
    return row


def _check_sentences(group: Group, sentences: list[str]) -> None:
    if not sentences or len(sentences) > MOST_SENTENCES:
        raise Refused(_("Please write between one and thirty sentences, each on its own line."))
    if sentences == queries.agreement_of(group):
        raise Refused(_("This is what the group has agreed already."))
    if group.proposals.filter(kind=ProposalKind.AGREEMENT, state=ProposalState.OPEN).exists():
        raise Refused(_("Other words are being decided just now. When that is done, you can propose yours."))


@transaction.atomic
def vote(*, actor: Person, proposal: Proposal, voice: str, device: str = "", now: datetime) -> None:
    """Yes, no, or standing aside. Once each. Raises Refused."""
    group = taken(actor, proposal.group)
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    require(policy.may_vote(actor, group, row, now))
    if voice not in Voice.values:
        raise Refused(_("Please choose one of the answers listed."))
    _mark(actor, group, row, device)
    Proposal.objects.filter(pk=row.pk).update(**{voice: F(voice) + 1})
    tell(VoteCounted, group, now=now)


def _mark(actor: Person, group: Group, thing: Proposal | Poll, device: str) -> None:
    if not group.programme.keeps_register and not device:
        raise Refused(_("Your device has to remember that you voted. Please allow it to, and try again."))
    on = thing.place
    try:
        with transaction.atomic():
            Voted.objects.create(on=on, mark=marks.mark_of(actor, group.programme, on, device))
    except IntegrityError as twice:
        raise Refused(_("You have voted on this already. It is counted, and nobody sees how.")) from twice


@transaction.atomic
def decide_due(*, now: datetime) -> int:
    """What has stood long enough is decided by each group's own rule. How many were."""
    due = Proposal.objects.filter(state=ProposalState.OPEN, closes_at__lte=now).select_related("group")
    done = 0
    for found in due.order_by("closes_at", "pk"):
        group = held(found.group)
        row = Proposal.objects.select_for_update().get(pk=found.pk)
        if row.state == ProposalState.OPEN:
            _decide(group, row, now)
            done += 1
    return done


def _decide(group: Group, row: Proposal, now: datetime) -> None:
    eligible = queries.eligible_in(group, row.votes)
    rules = GroupRules.of(group.programme)
    votes = Votes(row.yes, row.no, row.aside, eligible, row.heard_at is not None)
    # Where no list is kept, whoever votes is all there are: a quorum asks nothing more.
    found = decide(group.decides_by, votes, rules.quorum_percent if rules else 0)
    if group.is_going_on and found.outcome == HEAR_AGAIN and _leaving_out.enough_for(row):
        _hear_again(group, row, now)
        return
    passed = group.is_going_on and found.passed and _leaving_out.enough_for(row)
    state = ProposalState.PASSED if passed else ProposalState.NOT_PASSED
    assert state in MOVES[row.state]
    facts = opening.facts_of(row)
    row.state, row.decided_at = state, now
    opening.put(row, facts)
    row.save(update_fields=["state", "decided_at", "sealed"])
    Voted.objects.filter(on=row.place).delete()
    if passed:
        _carry_out(group, row, facts, now)
    _leaving_out.carry_out(group, row, passed, now)
    tell(ProposalDecided, group, proposal_id=row.pk, passed=passed, now=now)


def _hear_again(group: Group, row: Proposal, now: datetime) -> None:
    """Everybody votes anew, after those who were not for it could speak once more."""
    row.yes = row.no = row.aside = 0
    row.heard_at, row.closes_at = now, now + STANDS
    row.save(update_fields=["yes", "no", "aside", "heard_at", "closes_at"])
    Voted.objects.filter(on=row.place).delete()
    tell(ProposalHeardAgain, group, proposal_id=row.pk, now=now)


def _carry_out(group: Group, row: Proposal, facts: dict[str, Any], now: datetime) -> None:
    if row.kind == ProposalKind.AGREEMENT and facts.get("sentences"):
        write_version(group, facts["sentences"], now)
    if row.kind == ProposalKind.PIN and facts.get("words"):
        pin = Pin(group=group, public_id=new_public_id(), pinned_at=now)
        opening.put(pin, {"words": facts["words"]})
        pin.save()


@transaction.atomic
def open_poll(*, actor: Person, group: Group, question: str, options: Sequence[str], now: datetime) -> Poll:
    """Ask the group something, with answers to choose from. What was answered is shown when it is over."""
    locked = taken(actor, group)
    require(policy.may_propose(actor, locked))
    said = list(dict.fromkeys(each.strip() for each in options if each.strip()))
    if not question.strip():
        raise Refused(_("Please write what you ask."))
    if not 2 <= len(said) <= MOST_OPTIONS:
        raise Refused(_("Please give between two and eight answers to choose from, each on its own line."))
    by = named(locked, actor)
    poll = Poll(group=locked, by=by, public_id=new_public_id(), opened_at=now, closes_at=now + STANDS)
    opening.put(poll, {"question": question.strip(), "options": said})
    poll.save()
    PollOption.objects.bulk_create(PollOption(poll=poll, place=place) for place in range(1, len(said) + 1))
    tell(PollOpened, locked, actor=by, poll_id=poll.pk, now=now)
    return poll


@transaction.atomic
def answer_poll(*, actor: Person, poll: Poll, place: int, device: str = "", now: datetime) -> None:
    """One answer, once. Raises Refused."""
    group = taken(actor, poll.group)
    row = Poll.objects.select_for_update().get(pk=poll.pk)
    require(policy.may_vote(actor, group, row, now))
    if not row.options.filter(place=place).exists():
        raise Refused(_("Please choose one of the answers listed."))
    _mark(actor, group, row, device)
    row.options.filter(place=place).update(votes=F("votes") + 1)
    tell(VoteCounted, group, now=now)


@transaction.atomic
def close_polls(*, now: datetime) -> int:
    """Polls that have stood long enough are over; marks of who voted go. How many."""
    due = list(Poll.objects.filter(closed_at=None, closes_at__lte=now).select_related("group").order_by("pk"))
    for poll in due:
        group = held(poll.group)
        row = Poll.objects.select_for_update().filter(pk=poll.pk, closed_at=None).first()
        if row is not None:
            facts = opening.facts_of(row)
            row.closed_at = now
            opening.put(row, facts)
            row.save(update_fields=["closed_at", "sealed"])
            Voted.objects.filter(on=poll.place).delete()
            tell(PollClosed, group, poll_id=poll.pk, now=now)
    return len(due)
