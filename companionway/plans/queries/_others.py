"""What of other people's plans is open to somebody now: the list, the count, and the door for a concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from companionway.foundation.policy import Verdict
from companionway.foundation.prepared import Prepared, Statement, slot
from companionway.people.models import Person
from companionway.plans import policy
from companionway.plans.kinds import HARD_DAYS
from companionway.plans.models import PlanSection, PlanShare

_SHARED = Prepared(
    lambda: PlanShare.objects.filter(
        person=slot("person"), reader=slot("reader"), stopped_at=None, until__gt=slot("now")
    ).values("pk")
)


@dataclass(frozen=True, slots=True)
class SharedWithMe:
    """Somebody who lets me read parts of their plan: how many, and until when at least one of them."""

    person: Person
    parts: int
    until: datetime


def shared_with(actor: Person, now: datetime) -> list[SharedWithMe]:
    """Everybody who shares something with me now. One question."""
    written = PlanSection.objects.filter(
        person=OuterRef("person"), kind=OuterRef("kind"), part=OuterRef("part")
    ).values("pk")[:1]
    shares = policy.shares_open_to(actor, now).annotate(section=Subquery(written)).exclude(section=None)
    found: dict[int, list[PlanShare]] = {}
    for share in shares.select_related("person").order_by("person__name", "pk"):
        found.setdefault(share.person_id, []).append(share)
    return [
        SharedWithMe(rows[0].person, len(rows), max(row.until for row in rows)) for rows in found.values()
    ]


def shared_between(owner_id: int, reader_id: int, now: datetime) -> Statement:
    """What the one shares with the other, to be counted together with other things."""
    return _SHARED.statement(person=owner_id, reader=reader_id, now=now)


@dataclass(frozen=True, slots=True)
class PlanForConcern:
    """What a concern's page may say of somebody's plan: never its words, and not whether there is one.

    `is_open` leads to `plans:theirs`; `may_open` to `plans:in_danger`, where the reason is asked. Both take `owner`.
    """

    owner: Person
    parts_shared: int
    opened_until: datetime | None
    may_open: Verdict

    @property
    def is_open(self) -> bool:
        return bool(self.parts_shared or self.opened_until)


def plan_for_concern(actor: Person, owner: Person, now: datetime) -> PlanForConcern:
    """How this person's plan stands open to the actor now: by her share, by an override that lasts, or not yet."""
    lasting = policy.overrides_open_to(actor, now).filter(person=owner, kind=HARD_DAYS.key)
    until = lasting.order_by("-until").values_list("until", flat=True).first()
    shares = policy.shares_open_to(actor, now).filter(person=owner, kind=HARD_DAYS.key)
    return PlanForConcern(
        owner=owner,
        parts_shared=shares.count(),
        opened_until=until,
        may_open=policy.may_open_in_danger(actor, owner, now),
    )
