"""Somebody stays away from one group for a while: put to it, decided, looked at again; or decided by the team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation import live
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.groups import opening, policy, queries
from companionway.groups.events import (
    AskedToLookAgain,
    LeavingOutPut,
    LeftOutOfGroup,
    ProposalMade,
    WelcomeBack,
)
from companionway.groups.models import Agreed, Group, LeftOut, Membership, OnTree, Proposal, Waiting
from companionway.groups.moving import held, named, taken, tell
from companionway.groups.services._joining import offer_places
from companionway.groups.states import (
    ABOUT_SOMEBODY,
    FEWEST_ANSWERS,
    MOST_DAYS_BY_GROUP,
    MOST_DAYS_OUT,
    PLACE_KEPT_DAYS,
    STANDS,
    ProposalKind,
)
from companionway.people.models import Person

LEAST_REASON, MOST_WORDS = 10, 1000


@transaction.atomic
def put_leaving_out(
    *, actor: Person, group: Group, person: Person, sentence: str, days: int, reason: str, now: datetime
) -> LeftOut:
    """Put to the group that somebody stays away for a while. The group reads which sentence of its own it is about.

    Not who. They read the reason at once, and can answer. Decided after a week by the group's own rule.
    Source: journeys.md J5. Raises Refused.
    """
    locked = taken(actor, group)
    require(policy.may_put_leaving_out(actor, person, locked, now))
    if not 1 <= days <= MOST_DAYS_BY_GROUP:
        raise Refused(_("Somebody stays away for between one and ninety days."))
    if sentence not in queries.agreement_of(locked):
        raise Refused(_("Please choose a sentence that the group has agreed."))
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(_("Please say why, in a sentence. They will read it."))
    row = LeftOut(
        group=locked,
        public_id=new_public_id(),
        person=person,
        by=actor,
        is_by_group=True,
        days=days,
        put_at=now,
    )
    row.sealed_reason = opening.seal_between(person.pk, actor.pk, reason.strip()[:MOST_WORDS], row.place)
    row.proposal = _put(locked, ProposalKind.AWAY, {"words": sentence, "days": days}, now)
    row.save()
    tell(LeavingOutPut, locked, about=named(locked, person), now=now)
    return row


def _put(group: Group, kind: str, facts: dict[str, object], now: datetime) -> Proposal:
    """By nobody: neither who put it nor whom it is about stands in it."""
    made = Proposal(
        group=group, kind=kind, by=None, public_id=new_public_id(), opened_at=now, closes_at=now + STANDS
    )
    opening.put(made, facts)
    made.save()
    tell(ProposalMade, group, proposal_id=made.pk, now=now)
    return made


def _own(actor: Person, row: LeftOut) -> tuple[Group, LeftOut]:
    group = held(row.group)
    rows = (
        policy.left_out_visible_to(actor).select_for_update(of=("self",)).select_related("proposal", "person")
    )
    if (locked := rows.filter(pk=row.pk).first()) is None:
        raise Refused(_("This is not open to you."))
    return group, locked


@transaction.atomic
def answer_leaving_out(*, actor: Person, row: LeftOut, words: str, now: datetime) -> None:
    """What they say to it, for the group to read without a name; said again, it replaces what was said."""
    group, locked = _own(actor, row)
    require(policy.may_answer(actor, locked))
    assert locked.proposal is not None
    facts = {**opening.facts_of(locked.proposal), "answer": words.strip()[:MOST_WORDS]}
    opening.put(locked.proposal, facts)
    locked.proposal.save(update_fields=["sealed"])


@transaction.atomic
def ask_to_look_again(*, actor: Person, row: LeftOut, words: str, now: datetime) -> None:
    """The appeal. The group is asked whether it stays so; unless it says yes again, it is over. Raises Refused."""
    group, locked = _own(actor, row)
    require(policy.may_ask_to_look_again(actor, locked, now))
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    before = locked.proposal_id
    locked.proposal = _put(group, ProposalKind.AWAY_AGAIN, {"words": words.strip()[:MOST_WORDS]}, now)
    locked.asked_again_at = now
    locked.save(update_fields=["proposal", "asked_again_at"])
    Proposal.objects.filter(pk=before or 0).delete()
    tell(AskedToLookAgain, group, now=now)


def enough_for(proposal: Proposal) -> bool:
    """Nobody is left out by one or two."""
    return proposal.kind not in ABOUT_SOMEBODY or proposal.votes >= FEWEST_ANSWERS


def carry_out(group: Group, proposal: Proposal, passed: bool, now: datetime) -> None:
    """Inside the decision: they stay away from now on, or it stays so, or it is over and nothing of it is kept."""
    row = LeftOut.objects.select_related("person").filter(proposal=proposal).first()
    if row is None:
        return
    if passed and row.since_at is None:
        _begins(group, row, now)
        tell(LeftOutOfGroup, group, about=named(group, row.person), now=now)
    elif not passed and row.since_at is None:
        row.delete()
        Proposal.objects.filter(pk=proposal.pk).delete()
    elif not passed:
        _is_over(group, row, now)


@transaction.atomic
def leave_out(
    *,
    actor: Person,
    first: Person | None,
    group: Group,
    person: Person,
    days: int,
    also: Iterable[Person] = (),
    now: datetime,
) -> LeftOut:
    """The team has decided it: `first` decided and `actor` agreed; alone for up to seven days. Raises Refused.

    `also`: the same person under other names, as two of the team have recorded. Nobody of the group is told.
    """
    locked = held(group)
    if not policy.groups_the_team_decides_of(locked.programme).filter(pk=locked.pk).exists():
        raise Refused(_("This group decides on its own who stays away for a while."))
    if not 1 <= days <= MOST_DAYS_OUT:
        raise Refused(_("Please say for how many days, a year at the most. Then it is looked at again."))
    by, second = (first, actor) if first is not None else (actor, None)
    made: LeftOut | None = None
    for each in [person, *also]:
        row = _short_one(locked, each) if second is not None else None
        if row is None and not (may := policy.may_leave_out(each, locked)):
            if made is None:
                raise Refused(may.reason)
            continue
        row = row or LeftOut(group=locked, person=each, put_at=now, goes_with=made)
        row.by, row.second, row.days = by, second, days
        row.save()
        _begins(locked, row, now)
        made = made or row
    assert made is not None
    return made


def _short_one(group: Group, person: Person) -> LeftOut | None:
    """What one alone decided while a second reads: it goes on as what both decided."""
    alone = LeftOut.objects.filter(group=group, person=person, is_by_group=False, second=None, ended_at=None)
    return alone.first()


def _begins(group: Group, row: LeftOut, now: datetime) -> None:
    row.since_at, row.until_at = now, now + timedelta(days=row.days)
    row.save(update_fields=["since_at", "until_at"])
    for model in (Waiting, OnTree):
        model._default_manager.filter(group=group, person=row.person).delete()
    for meets in group.meets.select_related("series"):
        meets.series.holders.filter(person=row.person, until_at=None).update(until_at=now)
    if row.days > PLACE_KEPT_DAYS:
        Membership.objects.filter(group=group, person=row.person).delete()
        Agreed.objects.filter(group=group, person=row.person).delete()
    if group.space is not None:
        conversations.leave_space(actor=row.person, conversation=group.space, now=now)
    # Also out of a meeting that goes on: its stream has to be proven anew.
    transaction.on_commit(partial(live.revoke_person, row.person_id))
    offer_places(group, now)


@transaction.atomic
def let_in_again(*, actor: Person, row: LeftOut, now: datetime) -> None:
    """Over before its days have passed: a panel found it wrong, or a second person handed it back. Twice is once."""
    _is_over(held(row.group), row, now)


@transaction.atomic
def shorten_leaving_out(*, actor: Person, row: LeftOut, until: datetime, now: datetime) -> None:
    """It ends sooner, under every name; it never becomes longer. A panel found it too much."""
    for each in LeftOut.objects.filter(pk__in=_with_names(row), until_at__gt=until, ended_at=None):
        each.until_at = max(until, now + timedelta(minutes=1))
        each.save(update_fields=["until_at"])


@transaction.atomic
def end_leaving_out(*, now: datetime) -> int:
    """Whose days have passed may come again. How many."""
    due = LeftOut.objects.filter(ended_at=None, until_at__lte=now).select_related("group", "person")
    found = list(due.order_by("pk"))
    for row in found:
        _is_over(held(row.group), row, now)
    return len(found)


def _with_names(row: LeftOut) -> list[int]:
    return [row.pk, *row.extended.values_list("pk", flat=True)]


def _is_over(group: Group, row: LeftOut, now: datetime) -> None:
    """Nobody of the group is told, and whoever it was about comes as they came before."""
    for each in LeftOut.objects.filter(pk__in=_with_names(row), ended_at=None).select_related("person"):
        if each.proposal_id is not None:
            Proposal.objects.filter(pk=each.proposal_id).delete()
        LeftOut.objects.filter(pk=each.pk).update(ended_at=now, proposal=None)
        if group.is_going_on:
            tell(WelcomeBack, group, about=named(group, each.person), now=now)
