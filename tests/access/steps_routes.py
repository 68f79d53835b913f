"""The addresses of a ladder, which are one person's alone, and of agreements to be alongside, which are of two."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from companionway.meetings import policy as meetings
from companionway.people.models import Person
from companionway.steps import policy, queries, services
from companionway.steps.queries import Contact, Try
from companionway.support.models import Relationship
from tests.access.deeds import NOW

if TYPE_CHECKING:
    from tests.access.world import World

OF_TWO = {"steps:company", "steps:answer", "steps:other_time", "steps:stop"}


def climb_elsewhere(member: Person, supporter: Person, walk: Relationship) -> None:
    """A ladder with one try, one contact outside, and somebody alongside."""
    [step] = services.add_steps(actor=member, words=["Thistledown: as far as the gate"], now=NOW)
    tried = Try("trytry01", NOW.date(), "5", "Thistledown: I touched the gate.", "4", "")
    services.keep_try(actor=member, key=step.key, said=tried, now=NOW)
    met = Contact("metmet01", NOW.date(), "shop", "Thistledown: the man with the eggs")
    services.keep_contact(actor=member, said=met, now=NOW)
    asked = services.ask_alongside(
        actor=member, key=step.key, walk=walk, words="Thistledown: wave from the other side.",
        starts_at=NOW + timedelta(days=2), lasts=timedelta(hours=1), now=NOW,
    )  # fmt: skip
    services.agree(actor=supporter, company=asked, now=NOW)


def things(
    world: World, name: str, parts: tuple[str, ...]
) -> list[tuple[str, dict[str, Any], frozenset[str]]]:
    member, two = world.parts.member, frozenset({world.parts.member, world.parts.supporter})
    mine = world.people[member]
    if name == "steps:before_going":
        return [_before(world)]
    if name in OF_TWO:
        row = policy.companies_of(mine).filter(member=mine).earliest("pk")
        return [("company", {"public_id": row.public_id}, two)]
    pages = queries.own_book(mine)
    step = next(each for each in pages.steps if each.tries)
    kwargs = {"key": step.key} if "key" in parts else {}
    if "entry" in parts:
        kwargs["entry"] = step.tries[0].key if "key" in parts else pages.outside[0].key
    return [("own", kwargs, frozenset({member}))]


def _before(world: World) -> tuple[str, dict[str, Any], frozenset[str]]:
    programme = world.first.programme
    open_ones = meetings.enterable_by(world.people[world.parts.member])
    series = open_ones.going_on(NOW).filter(programme=programme, is_closed=False).order_by("pk").first()
    if series is None:
        return "not there", {"public_id": "notthere1234"}, frozenset()
    coming = {key for key in world.people if meetings.enterable_by(world.person(key)).filter(pk=series.pk)}
    return "series", {"public_id": series.public_id}, frozenset(coming)


def words_of(world: World) -> list[tuple[str, str, frozenset[str]]]:
    """(label, words, for whom): a ladder, its tries and contacts outside are for one; the agreed words for two."""
    member, two = world.parts.member, frozenset({world.parts.member, world.parts.supporter})
    mine = world.people[member]
    pages, alone = queries.own_book(mine), frozenset({member})
    found = [("a step", step.words, alone) for step in pages.steps]
    found += [("a try", each.did, alone) for step in pages.steps for each in step.tries]
    found += [("a contact outside", each.words, alone) for each in pages.outside]
    for row in policy.companies_of(mine):
        found.append(("what was agreed to be alongside", queries.words_of([row])[row.pk]["words"], two))
    return found
