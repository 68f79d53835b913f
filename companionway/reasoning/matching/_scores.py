"""How well each supporter answers what the member asked for: 0 to 1000, whole numbers only.

score = sum over reasons of num * coef, shifted right by 16 bits, where
coef = 1000 * 65536 * weight // (most num can be * sum of the weights that apply).
A reason the member did not mention does not apply, and the rest are scaled up, so 819 reads as "82 % of
what you asked for". Whole numbers make the answer the same on every machine.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._rows import (
    AGE_SPAN,
    HOURS_ENOUGH,
    IN_PERSON,
    INTERESTS_ENOUGH,
    NEARNESS_BANDS,
    REASONS,
    MemberRow,
    SupporterRow,
    near_band,
)
from companionway.reasoning.matching._rules import admissible, near_bands

FORBIDDEN: Final = -1
_UNIT: Final = 1000 * 65536


def most(member: MemberRow) -> tuple[int, ...]:
    """The largest `num` for each reason; 0 where the member said nothing, so the reason does not apply."""
    return (
        member.topics.bit_count() + member.key_topics.bit_count(),
        HOURS_ENOUGH,
        member.goals.bit_count(),
        member.identity.bit_count(),
        0 if member.age is None else AGE_SPAN,
        NEARNESS_BANDS if member.usable_modes & IN_PERSON else 0,
        INTERESTS_ENOUGH,
        1,
    )


def coefficients(member: MemberRow) -> tuple[int, ...]:
    """What one unit of each reason is worth to this member, in 1/65536 of a point."""
    tops = most(member)
    given = (*member.weights, *(0,) * (len(REASONS) - len(member.weights)))
    weights = [w if top else 0 for w, top in zip(given, tops, strict=True)]
    total = sum(weights)
    return tuple(_UNIT * w // (top * total) if w else 0 for w, top in zip(weights, tops, strict=True))


def nums(member: MemberRow, supporter: SupporterRow) -> tuple[int, ...]:
    """How much of each reason this pair has."""
    ages_known = member.age is not None and supporter.age is not None
    apart = abs(member.age - supporter.age) if ages_known else AGE_SPAN  # type: ignore[operator]
    can_meet = member.usable_modes & supporter.modes & IN_PERSON
    return (
        (member.topics & supporter.topics).bit_count() + (member.key_topics & supporter.topics).bit_count(),
        min(HOURS_ENOUGH, (member.avail & supporter.avail).bit_count()),
        (member.goals & supporter.goals).bit_count(),
        (member.identity & supporter.identity).bit_count(),
        max(0, AGE_SPAN - apart),
        near_band(member, supporter) if can_meet else 0,
        min(INTERESTS_ENOUGH, (member.topics & supporter.wish_topics).bit_count()),
        int(supporter.stage > member.stage),
    )


def score(member: MemberRow, supporter: SupporterRow) -> int:
    """The fit of one pair, 0 to 1000, whether or not the hard rules allow it."""
    return sum(n * c for n, c in zip(nums(member, supporter), coefficients(member), strict=True)) >> 16


def scores(member: MemberRow, pool: Pool, *, whatever_capacity: bool = False) -> NDArray[np.int16]:
    """The fit of every supporter in pool order: 0 to 1000, or -1 where a hard rule forbids the pair."""
    out = np.full(pool.size, FORBIDDEN, np.int16)
    allowed, fit = fits(member, pool, whatever_capacity=whatever_capacity)
    out[allowed] = fit
    return out


def fits(
    member: MemberRow, pool: Pool, *, whatever_capacity: bool = False
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Positions of the admissible supporters, in pool order, and their scores."""
    at = np.flatnonzero(admissible(member, pool, whatever_capacity=whatever_capacity))
    return at, scores_at(member, pool, at)


def scores_at(member: MemberRow, pool: Pool, at: NDArray[np.intp]) -> NDArray[np.int32]:
    """The fit of the supporters at these positions, without asking the hard rules."""
    experience, hours, goals, identity, age, nearness, interest, further = coefficients(member)
    total = np.zeros(at.size, np.int32)
    if experience:
        topics = pool.topics.take(at)
        total += (_shared(topics, member.topics) + _shared(topics, member.key_topics)) * np.int32(experience)
    if hours:
        total += np.minimum(_shared(pool.avail.take(at), member.avail), HOURS_ENOUGH) * np.int32(hours)
    if goals:
        total += _shared(pool.goals.take(at), member.goals) * np.int32(goals)
    if identity:
        total += _shared(pool.identity.take(at), member.identity) * np.int32(identity)
    if age and member.age is not None:
        apart = np.abs(pool.age.take(at) - np.int32(member.age))
        total += np.maximum(AGE_SPAN - apart, 0) * np.int32(age)
    if nearness:
        meets = (pool.modes.take(at) & IN_PERSON) != 0
        total += near_bands(member, pool, at) * meets * np.int32(nearness)
    if interest:
        wished = _shared(pool.wish_topics.take(at), member.topics)
        total += np.minimum(wished, INTERESTS_ENOUGH) * np.int32(interest)
    if further:
        total += (pool.stage.take(at) > member.stage) * np.int32(further)
    return total >> 16


def tie(member_id: int, supporter_id: int) -> int:
    """A 16-bit hash of the pair. Equal scores follow it, so that nobody is always first for an old id."""
    h = (member_id * 0x9E3779B1 ^ supporter_id * 0x85EBCA77) & 0xFFFFFFFF
    h ^= h >> 15
    h = h * 0x2C1B3C6D & 0xFFFFFFFF
    h ^= h >> 13
    return h & 0xFFFF


def ties(member_id: int, supporter_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """`tie` for many supporters at once."""
    h = supporter_ids.astype(np.uint32) * np.uint32(0x85EBCA77)
    h ^= np.uint32(member_id * 0x9E3779B1 & 0xFFFFFFFF)
    h ^= h >> np.uint32(15)
    h *= np.uint32(0x2C1B3C6D)
    h ^= h >> np.uint32(13)
    return (h & np.uint32(0xFFFF)).astype(np.int64)


def _shared(column: NDArray[np.uint64], mask: int) -> NDArray[np.uint8]:
    counts: NDArray[np.uint8] = np.bitwise_count(column & np.uint64(mask))
    return counts
