"""One's own choice about being missed, and those one may ask after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from companionway.clubhouse.policy import members_of
from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of
from companionway.people.models import Person, Programme
from companionway.reachout import policy
from companionway.reachout.models import Missed, ReachWish
from companionway.reachout.states import Reached, ReachWay


@dataclass(frozen=True, slots=True)
class WishShown:
    wish: ReachWish
    way: str
    words: str
    names: list[str]
    unit: str


@dataclass(frozen=True, slots=True)
class MissedShown:
    """Somebody who asked to be asked after. `words` and `way` only for the one who took it."""

    missed: Missed
    name: str
    is_mine: bool
    way: str
    words: str


@dataclass(frozen=True, slots=True)
class AskedAfter:
    """What came of it, for the person themselves."""

    at: date
    by: str
    result: str


def my_wish(actor: Person, programme: Programme) -> WishShown | None:
    """One's own choice that holds now."""
    row = policy.wishes_visible_to(actor).filter(programme=programme).select_related("unit").first()
    if row is None:
        return None
    names = [each.person.name for each in row.named.select_related("person").order_by("person__name")]
    return WishShown(
        row, str(ReachWay(row.way).label), words_of(row), names, row.unit.name if row.unit else ""
    )


def words_of(row: ReachWish) -> str:
    """Number or address, and what they would like to be said; empty when their key is gone."""
    if row.sealed is None:
        return ""
    try:
        return key_of(PERSON, row.person_id).open(row.sealed, row.context)
    except KeyDestroyed:
        return ""


def asked_after(actor: Person, programme: Programme, most: int = 20) -> list[AskedAfter]:
    """When somebody asked after me, and what they said came of it."""
    rows = Missed.objects.filter(wish__person=actor, wish__programme=programme).exclude(result="")
    return [
        AskedAfter(each.since_at.date(), each.taken_by.name if each.taken_by else "", str(Reached(each.result).label))
        for each in rows.select_related("taken_by").order_by("-since_at")[:most]
    ]  # fmt: skip


def missed_for(
    actor: Person, programme: Programme, apart: Collection[int] | None = None
) -> list[MissedShown]:
    """Those who are missed and whom one may ask after."""
    rows = policy.missed_visible_to(actor, apart).filter(wish__programme=programme)
    found = rows.select_related("wish__person").order_by("since_at", "pk")
    return [_missed(actor, each) for each in found]


def _missed(actor: Person, row: Missed) -> MissedShown:
    is_mine = row.taken_by_id == actor.pk
    way = str(ReachWay(row.wish.way).label) if is_mine else ""
    return MissedShown(row, row.wish.person.name, is_mine, way, words_of(row.wish) if is_mine else "")


def who_may_ask_after(missed_id: int) -> set[int]:
    """Whom somebody who is missed named, or their unit; without those who may not, or must not meet them."""
    missed = Missed.objects.select_related("wish__programme").filter(pk=missed_id).first()
    if missed is None:
        return set()
    people = members_of(missed.wish.programme)
    return {each.pk for each in people if policy.missed_visible_to(each).filter(pk=missed_id).exists()}
