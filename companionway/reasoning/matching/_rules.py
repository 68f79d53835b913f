"""The hard rules: a pair that breaks any one of them is never shown to anybody."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._rows import (
    FARTHEST_10M,
    IN_PERSON,
    MemberRow,
    SupporterRow,
    near_band,
)


class Rule(StrEnum):
    """Why a pair may not meet. For staff only: what broke is never told to either side."""

    CONSENT = "consent"
    BLOCKED = "blocked"
    CAPACITY = "capacity"
    AGE_BAND = "age_band"
    GENDER = "gender"
    LANGUAGE = "language"
    CANNOT_SUPPORT = "cannot_support"
    TRAINING = "training"
    HOURS = "hours"
    MODE = "mode"
    SAFE_CONTACT = "safe_contact"


NEVER_RELAXED: Final = frozenset({Rule.CONSENT, Rule.BLOCKED, Rule.AGE_BAND, Rule.SAFE_CONTACT})
"""Rules that protect people. No report suggests relaxing them."""


def rule_failures(member: MemberRow, supporter: SupporterRow, pool: Pool) -> tuple[Rule, ...]:
    """Every hard rule that forbids the pair, in the order of `Rule`; empty means they may be introduced.

    `pool` knows the blocked and never-with pairs; both rows may be newer than those it was built from.
    """
    both = member.modes & supporter.modes
    if both & IN_PERSON and not near_band(member, supporter):
        both &= ~IN_PERSON
    offered = both or supporter.modes
    gender_fits = (member.accept_gender >> supporter.gender) & (supporter.accept_gender >> member.gender) & 1
    broken = {
        Rule.CONSENT: not (member.consents and supporter.consents),
        Rule.BLOCKED: pool.keeps_apart(member, supporter),
        Rule.CAPACITY: supporter.paused or supporter.free <= 0,
        Rule.AGE_BAND: member.age_band != supporter.age_band,
        Rule.GENDER: not gender_fits,
        Rule.LANGUAGE: not member.langs & supporter.langs,
        Rule.CANNOT_SUPPORT: bool(member.topics & supporter.cannot),
        Rule.TRAINING: supporter.level < member.need_level,
        Rule.HOURS: not member.avail & supporter.avail,
        Rule.MODE: not both,
        Rule.SAFE_CONTACT: bool(offered) and not offered & member.safe_modes,
    }
    return tuple(rule for rule, is_broken in broken.items() if is_broken)


def admissible(member: MemberRow, pool: Pool, *, whatever_capacity: bool = False) -> NDArray[np.bool_]:
    """True for each supporter of the pool (in pool order) who may be introduced to this member.

    `whatever_capacity` also counts supporters who are full or on a break, to plan for later; every other
    rule holds.
    """
    if not member.consents:
        return np.zeros(pool.size, np.bool_)
    ok = pool.standing(member.gender, member.accept_gender, member.need_level, member.age_band).copy()
    if not whatever_capacity:
        ok &= pool.has_place
    ok &= (pool.langs & np.uint64(member.langs)) != 0
    if member.topics:
        ok &= (pool.cannot & np.uint64(member.topics)) == 0
    ok &= (pool.avail & np.uint64(member.avail)) != 0
    ok &= _can_talk(member, pool)
    apart = pool.kept_apart(member)
    if apart.size:
        ok[apart] = False
    return ok


def near_bands(member: MemberRow, pool: Pool, at: NDArray[np.intp]) -> NDArray[np.int32]:
    """`near_band` for the supporters at these positions of the pool."""
    dx = np.minimum(np.abs(pool.x.take(at) - np.int32(member.x)), FARTHEST_10M)
    dy = np.minimum(np.abs(pool.y.take(at) - np.int32(member.y)), FARTHEST_10M)
    apart = dx * dx + dy * dy
    limit = np.minimum(pool.max_10m.take(at), np.int32(member.max_km * 100))
    square = limit * limit
    bands: NDArray[np.int32] = (apart <= square).astype(np.int32)
    bands += apart <= square >> 2
    bands += apart <= square >> 4
    return bands


def _can_talk(member: MemberRow, pool: Pool) -> NDArray[np.bool_]:
    both = pool.modes & np.uint8(member.usable_modes)
    from_afar: NDArray[np.bool_] = (both & np.uint8(~IN_PERSON & 0xFF)) != 0
    if not member.usable_modes & IN_PERSON:
        return from_afar
    only_meeting = np.flatnonzero(both == IN_PERSON)
    from_afar[only_meeting] = near_bands(member, pool, only_meeting) > 0
    return from_afar
