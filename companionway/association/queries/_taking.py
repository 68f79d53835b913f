"""What minutes take over: what was decided and who was chosen since the minutes before, up to their own day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from companionway.association.models import Minutes
from companionway.groups import queries as groups
from companionway.groups.states import ProposalState
from companionway.people.group_rules import GroupRules


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A decision as the group shows it: its words, its result, and its votes where they may be shown."""

    proposal_id: int
    passed: bool
    decided_at: datetime
    votes: dict[str, int]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taking:
    decisions: list[TakenOver]
    chosen: list[groups.Held]
    zone: ZoneInfo


def end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def decided_by(group: Any) -> list[tuple[groups.Standing, Any]]:
    """What the group decided, as it shows it, with the row it stands in."""
    return [(each, each.thing) for each in groups.motions_of(groups.proposals_of(group))]


def taking_for(minutes: Minutes, rules: GroupRules) -> Taking:
    """Everything since the day of the minutes before; where there are none, since the group began."""
    group = minutes.group
    zone = ZoneInfo(group.programme.organisation.time_zone)
    before = Minutes.objects.filter(group=group, held_on__lt=minutes.held_on).order_by("-held_on").first()
    since = end_of(before.held_on, zone) if before else None
    until = end_of(minutes.held_on, zone)

    def is_of_this(at: datetime) -> bool:
        return (since is None or at >= since) and at < until

    decisions = [
        TakenOver(
            row.pk,
            row.state == ProposalState.PASSED,
            row.decided_at,
            dict(shown.numbers),
            {"title": shown.title, "words": shown.words, "sentences": shown.sentences},
        )
        for shown, row in decided_by(group)
        if is_of_this(row.decided_at)
    ]
    elected = {each.key for each in rules.roles if each.elected}
    chosen = [
        each for each in groups.holders_of(group, rules) if each.key in elected and is_of_this(each.since_at)
    ]
    return Taking(sorted(decisions, key=lambda each: (each.decided_at, each.proposal_id)), chosen, zone)
