"""Plain Python that says who may be suggested to whom, and why: slow, obvious, and what the engine must equal.

Written apart from the engine on purpose, and sharing nothing with it. Whole numbers only.
"""

from __future__ import annotations

from tests.reasoning.populations import Helper, Seeker

REASONS = ("experience", "availability", "goals", "identity", "age", "nearness", "supporter_interest")
IN_PERSON = 8
AGE_SPAN, HOURS_CAP, INTEREST_CAP, CLIP = 25, 4, 2, 30_000


def near_band(m: Seeker, s: Helper) -> int:
    """0 not reachable in person, 1 within the smaller of both limits, 2 within half, 3 within a quarter."""
    dx, dy = max(-CLIP, min(CLIP, m.x - s.x)), max(-CLIP, min(CLIP, m.y - s.y))
    limit = min(m.max_km, s.max_km) * 100
    d2 = dx * dx + dy * dy
    return (d2 <= limit * limit) + (4 * d2 <= limit * limit) + (16 * d2 <= limit * limit)


def failures(m: Seeker, s: Helper, blocked: frozenset[tuple[int, int]]) -> list[str]:
    """Names of every hard rule that forbids the pair; empty means admissible."""
    out = []
    if (m.number, s.number) in blocked:
        out.append("blocked")
    if not (m.accept_gender >> s.gender & 1 and s.accept_gender >> m.gender & 1):
        out.append("gender")
    if not m.langs & s.langs:
        out.append("language")
    if m.topics & s.cannot:
        out.append("cannot_support")
    if s.level < m.need_level:
        out.append("training")
    if not m.avail & s.avail:
        out.append("hours")
    common = m.modes & s.modes
    if common & IN_PERSON and not near_band(m, s):
        common &= ~IN_PERSON
    if not common:
        out.append("mode")
    return out


def nums(m: Seeker, s: Helper) -> list[int]:
    return [
        (m.topics & s.topics).bit_count() + (m.key_topics & s.topics).bit_count(),
        min(HOURS_CAP, (m.avail & s.avail).bit_count()),
        (m.goals & s.goals).bit_count(),
        (m.identity & s.identity).bit_count(),
        max(0, AGE_SPAN - abs(m.age - s.age)),
        near_band(m, s) if m.modes & s.modes & IN_PERSON else 0,
        min(INTEREST_CAP, (m.topics & s.wish_topics).bit_count()),
    ]


def full(m: Seeker) -> list[int]:
    return [
        m.topics.bit_count() + m.key_topics.bit_count(),
        HOURS_CAP,
        m.goals.bit_count(),
        m.identity.bit_count(),
        AGE_SPAN,
        3 if m.modes & IN_PERSON else 0,
        INTEREST_CAP,
    ]


def coefs(m: Seeker) -> list[int]:
    """Fixed-point worth of one unit of each reason; 0 where it does not apply to this member."""
    tops = full(m)
    weights = [w if top else 0 for w, top in zip(m.weights, tops, strict=True)]
    total = sum(weights)
    return [1000 * 65536 * w // (top * total) if w else 0 for w, top in zip(weights, tops, strict=True)]


def score(m: Seeker, s: Helper) -> int:
    return sum(n * c for n, c in zip(nums(m, s), coefs(m), strict=True)) >> 16


def explain(m: Seeker, s: Helper) -> list[tuple[str, int, int]]:
    """(reason, points, most it could give), best first."""
    rows = [
        (reason, n * c >> 16, top * c >> 16)
        for reason, n, c, top in zip(REASONS, nums(m, s), coefs(m), full(m), strict=True)
        if c
    ]
    return sorted(rows, key=lambda row: -row[1])


def tie(i: int, j: int) -> int:
    h = (i * 0x9E3779B1 ^ j * 0x85EBCA77) & 0xFFFFFFFF
    h ^= h >> 15
    h = h * 0x2C1B3C6D & 0xFFFFFFFF
    h ^= h >> 13
    return h & 0xFFFF
