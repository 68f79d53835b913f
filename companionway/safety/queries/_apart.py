"""Who is kept from whom. Every answer is the same from both sides."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from companionway.foundation.prepared import Prepared, Statement, counted, slot
from companionway.foundation.statements import Rows, rows_for
from companionway.people.models import Person
from companionway.safety import policy
from companionway.safety.models import Block, KeepApartWish, KeptApart, KeptApartQuerySet
from companionway.safety.states import WishState

# Asked for every batch of messages.
_BLOCKS = Rows("blocker_id, blocked_id", "safety_block", "lifted_at is null and blocker_id")

_BLOCKED = Prepared(
    lambda: Block.objects.live().filter(blocker=slot("blocker"), blocked=slot("blocked")).values("pk")
)


def pair_key(a_id: int, b_id: int) -> tuple[int, int]:
    """The two numbers in the order in which a pair is kept."""
    return (a_id, b_id) if a_id < b_id else (b_id, a_id)


def blocked_between(a_id: int, b_id: int) -> bool:
    """Whether either of the two has blocked the other."""
    return sum(counted([blocks_by(a_id, b_id), blocks_by(b_id, a_id)])) > 0


def blocks_by(blocker_id: int, blocked_id: int) -> Statement:
    """Whether this one has blocked that one, to be counted together with other things."""
    return _BLOCKED.statement(blocker=blocker_id, blocked=blocked_id)


def blocks_among(person_ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs (in the order of `pair_key`) in which one has blocked the other, among these people. One query."""
    people = set(person_ids)
    return {pair_key(*pair) for pair in rows_for(_BLOCKS, people) if pair[1] in people}


def never_together(a_id: int, b_id: int) -> bool:
    """Whether these two must never be brought together: a recorded pair, or a block by either."""
    one, other = pair_key(a_id, b_id)
    return KeptApart.objects.live().filter(one=one, other=other).exists() or blocked_between(a_id, b_id)


def never_with_pairs() -> set[tuple[int, int]]:
    """Every pair of person ids that must not meet, in both orders; blocks count as well."""
    kept = KeptApart.objects.live().values_list("one_id", "other_id")
    blocked = Block.objects.live().values_list("blocker_id", "blocked_id")
    pairs = set(kept.union(blocked))
    return pairs | {(b, a) for a, b in pairs}


def people_kept_from(person_id: int) -> set[int]:
    """Ids of everybody whom this person must not meet, whoever asked for it."""
    kept = KeptApart.objects.live().touching(person_id).values_list("one_id", "other_id")
    blocked = Block.objects.live().touching(person_id).values_list("blocker_id", "blocked_id")
    return {each for pair in kept.union(blocked) for each in pair} - {person_id}


def live_blocks_of(person_id: int) -> QuerySet[Block]:
    """Every block that holds now and has this person on either side, for the house's own hand."""
    return Block.objects.live().touching(person_id).select_related("blocker", "blocked")


def my_blocks(actor: Person) -> QuerySet[Block]:
    """Whom I have blocked, newest first."""
    return (
        Block.objects.live()
        .filter(blocker=actor, is_extended=False)
        .select_related("blocked")
        .order_by("-blocked_at", "-pk")
    )


def asked_by_me(actor: Person) -> dict[str, object]:
    """What I asked for: `waiting` wishes not yet read, and `pairs` (pair, the other person) that hold now."""
    pairs = (
        KeptApart.objects.live()
        .filter(asked_by=actor)
        .select_related("one", "other")
        .order_by("-began_at", "-pk")
    )
    waiting = KeepApartWish.objects.filter(person=actor, state=WishState.WAITING).order_by("-said_at", "-pk")
    return {
        "waiting": waiting,
        "pairs": [(pair, pair.other if pair.one_id == actor.pk else pair.one) for pair in pairs],
    }


def pairs_for_coordinator(actor: Person) -> KeptApartQuerySet:
    """The live pairs of the programmes in which the actor introduces people, never one that the actor is in."""
    kept = policy.pairs_visible_to(actor).live().exclude(Q(one=actor) | Q(other=actor))
    return kept.select_related("one", "other", "programme").order_by("programme__name", "one__name", "pk")
