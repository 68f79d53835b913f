"""One group's page of temporary sponsors for one person: names, and nothing that could be counted or compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from companionway.people.models import Person
from companionway.safety import queries as safety
from companionway.sponsors import policy
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.sponsors.states import GRACE, LASTS, SPONSORSHIP, Answer

# A beginning that is older has ended, or both go on.
LONGEST: Final = LASTS + GRACE + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MyAsk:
    ask: Ask
    name: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Beginning:
    """Two who began for a while, as one of them sees it."""

    row: Temporary
    name: str
    walk_id: str
    i_go_on: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Page:
    mine: Offer | None
    offers: list[Offer]
    my_ask: MyAsk | None
    waiting: list[Ask]
    # Whether whoever says yes here can write with the other, or the two meet at the meeting.
    can_write: bool


def page_of(actor: Person, group: Any, now: datetime) -> Page:
    """Whom one has blocked oneself is left out; whoever else keeps away is not: that would tell."""
    offers = list(policy.visible_to(actor, now).filter(group=group).select_related("person"))
    blocked = {block.blocked_id for block in safety.my_blocks(actor)}
    shown = [each for each in offers if each.person_id != actor.pk and each.person_id not in blocked]
    waiting = policy.asks_waiting_for(actor, now).filter(group=group).select_related("asker")
    return Page(
        mine=next((each for each in offers if each.person_id == actor.pk), None),
        offers=sorted(shown, key=lambda each: (each.person.name.casefold(), each.pk)),
        my_ask=_my_ask(actor, group, now),
        waiting=list(waiting.order_by("asked_at", "pk")),
        can_write=policy.place_for(actor, actor) is not None,
    )


def _my_ask(actor: Person, group: Any, now: datetime) -> MyAsk | None:
    ask = policy.asks_of(actor).filter(group=group).select_related("sponsor").first()
    return MyAsk(ask, ask.sponsor.name, ask.shown_as(now)) if ask else None


def beginnings_of(actor: Person, now: datetime) -> list[Beginning]:
    """One's own, on either side: the same person may be sponsor to one and sponsee of another."""
    rows = policy.temporary_of(actor).select_related("relationship__member", "relationship__supporter")
    return [_beginning(actor, each, now) for each in rows.order_by("until_on", "pk")]


def _beginning(actor: Person, row: Temporary, now: datetime) -> Beginning:
    walk = row.relationship
    i_go_on = row.member_goes_on if walk.member_id == actor.pk else row.supporter_goes_on
    return Beginning(row, walk.other_of(actor).name, walk.public_id, i_go_on, row.until_on <= now.date())


def beginning_of(actor: Person, walk: Any, now: datetime) -> Beginning | None:
    """The end of this walk's beginning, where it is one. Asks nothing in any other tradition, nor of what is older."""
    if walk.programme.practice_model != SPONSORSHIP or not walk.is_open or walk.began_at < now - LONGEST:
        return None
    row = policy.temporary_of(actor).filter(relationship=walk.pk).select_related("relationship").first()
    return _beginning(actor, row, now) if row else None
