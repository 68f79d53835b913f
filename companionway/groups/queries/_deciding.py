"""What stands to be decided, how it came out, and polls: numbers only when it is over and there are enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from companionway.groups import marks, opening
from companionway.groups.models import Group, Meets, Membership, Poll, Proposal, Voted
from companionway.groups.states import ABOUT_SOMEBODY, FEWEST_ANSWERS, ProposalKind, ProposalState
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """One proposal or poll as somebody of the group sees it."""

    thing: Proposal | Poll
    title: str
    words: str
    sentences: list[str]
    is_open: bool
    outcome: str
    # (what, how many); empty while it is open, and where too few answered.
    numbers: list[tuple[str, int]]
    too_few: bool
    options: list[tuple[int, str]]
    # Where somebody is asked to stay away: for how long, and what they say to it. Never who.
    days: int = 0
    answer: str = ""

    @property
    def subject(self) -> str:
        kind = "group_poll" if isinstance(self.thing, Poll) else "group_proposal"
        return f"{kind}:{self.thing.public_id}"


# What a page needs to say before somebody votes.
What = Proposal | Poll


def fewest(group: Group) -> int:
    rules = GroupRules.of(group.programme)
    return max(FEWEST_ANSWERS, rules.smallest_number if rules else 0)


def eligible_in(group: Group, voted: int) -> int:
    """How many might vote; where no list is kept, as many as did."""
    if not group.has_list:
        return voted
    inside = set(Membership.objects.filter(group=group).values_list("person_id", flat=True))
    held = Meets.objects.filter(group=group, series__holders__until_at=None)
    inside |= set(held.values_list("series__holders__person_id", flat=True)) - {None}
    return max(len(inside), voted)


def standing_of(group: Group, thing: Proposal | Poll, facts: dict[str, Any]) -> Standing:
    if isinstance(thing, Poll):
        return _poll(group, thing, facts)
    said = [("yes", thing.yes), ("no", thing.no), ("aside", thing.aside)]
    over = thing.state != ProposalState.OPEN
    too_few = over and thing.votes < fewest(group)
    return Standing(
        thing=thing,
        title=str(ProposalKind(thing.kind).label),
        words=facts.get("words", ""),
        sentences=facts.get("sentences", []),
        is_open=not over,
        outcome=str(ProposalState(thing.state).label) if over else "",
        numbers=said if over and not too_few else [],
        too_few=too_few,
        options=[],
        days=facts.get("days", 0),
        answer=facts.get("answer", ""),
    )


def _poll(group: Group, poll: Poll, facts: dict[str, Any]) -> Standing:
    names = [str(each) for each in facts.get("options", [])]
    votes = {each.place: each.votes for each in poll.options.all()} if not poll.is_open else {}
    too_few = not poll.is_open and sum(votes.values()) < fewest(group)
    shown = not poll.is_open and not too_few
    return Standing(
        thing=poll,
        title="",
        words=str(facts.get("question", "")),
        sentences=[],
        is_open=poll.is_open,
        outcome="",
        numbers=[(name, votes.get(place, 0)) for place, name in enumerate(names, 1)] if shown else [],
        too_few=too_few,
        options=list(enumerate(names, 1)),
    )


def proposals_of(group: Group) -> list[Standing]:
    """Open ones first, then the newest of those that were decided."""
    rows: list[Proposal] = list(group.proposals.order_by("-opened_at", "-pk")[:30])
    rows.sort(key=lambda each: each.state != ProposalState.OPEN)
    return _shown(group, rows)


def _shown(group: Group, rows: Sequence[What]) -> list[Standing]:
    keys = opening.keys_of(rows)
    return [standing_of(group, each, opening.facts_of(each, keys)) for each in rows]


def motions_of(rows: Iterable[Standing]) -> list[Standing]:
    """What the group decided, for its minutes: never what is about one person."""
    return [
        each
        for each in rows
        if isinstance(each.thing, Proposal) and not each.is_open and each.thing.kind not in ABOUT_SOMEBODY
    ]


def polls_of(group: Group) -> list[Standing]:
    rows: list[Poll] = list(group.polls.order_by("-opened_at", "-pk").prefetch_related("options")[:20])
    rows.sort(key=lambda each: not each.is_open)
    return _shown(group, rows)


def have_voted(actor: Person, group: Group, things: Iterable[What], device: str) -> set[str]:
    """On which of these this person (or, where no list is kept, this device) has voted. Not what."""
    asked = Q(pk__in=[])
    for each in things:
        asked |= Q(on=each.place, mark=marks.mark_of(actor, group.programme, each.place, device))
    return set(Voted.objects.filter(asked).values_list("on", flat=True))
