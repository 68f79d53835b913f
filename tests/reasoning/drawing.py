"""Seeded columns of people for matching: nobody real, shares are assumptions, each one a named number.

(parameters, GENERATOR_VERSION) identify an instance, because all is drawn from one PCG64 stream. Topics are
only numbered here: which are common and which are often excluded matters, their names do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

GENERATOR_VERSION = 3
N_TOPICS, N_LANG, N_IDENT, N_GOALS, N_REGIONS, N_REASONS = 48, 24, 24, 12, 40, 7
WOMAN, MAN, NONBINARY = 0, 1, 2
CHAT, PHONE = 1, 2
TOPIC_SHARE = np.array(
    [0.45, 0.5, 0.2, 0.3, 0.35, 0.1, 0.08, 0.08, 0.07, 0.15, 0.1, 0.06, 0.06, 0.12, 0.2, 0.08]
    + [0.08, 0.06, 0.12, 0.05, 0.1, 0.08, 0.04, 0.12, 0.08, 0.03, 0.05, 0.03, 0.01, 0.03, 0.02, 0.01]
    + [0.04, 0.12, 0.06, 0.01, 0.05, 0.12, 0.1, 0.02, 0.06, 0.08, 0.15, 0.1, 0.12, 0.1, 0.02, 0.08]
)
OFTEN_EXCLUDED = [9, 10, 11, 15, 16, 17, 27, 28, 29, 31, 23, 24, 18, 19]

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Params:
    members: int
    supporters: int
    seed: int
    women_only_share: float = 0.22
    men_only_share: float = 0.06
    no_english_share: float = 0.04
    waiting_share: float = 0.20
    mean_wait_days: float = 38.0
    mean_free_places: float = 2.0
    paused_share: float = 0.08
    blocks_per_1000: float = 8.0
    star_share: float = 0.0
    desert_share: float = 0.0


PRESETS = {
    "tiny": Params(60, 12, 1),
    "charity": Params(600, 60, 2),
    "trust": Params(6000, 600, 3),
    "national": Params(100_000, 10_000, 7),
    "scarce": Params(6000, 600, 11, waiting_share=0.8, mean_free_places=1.0),
    "plentiful": Params(6000, 600, 12, waiting_share=0.1, mean_free_places=2.0),
    "one_star": Params(6000, 600, 13, star_share=0.02),
    "desert": Params(6000, 600, 14, desert_share=0.05),
}


def draw(p: Params) -> Columns:
    rng = np.random.Generator(np.random.PCG64(p.seed))
    n, m = p.members, p.supporters
    d: Columns = {}
    _places(rng, d, n, m)
    _genders_and_ages(rng, d, p)
    _experience(rng, d, p)
    share = 1 / np.arange(1, N_IDENT + 1) ** 0.9
    share = share / share.sum() * 1.6
    ours = (rng.random((n, N_IDENT)) < share) & (rng.random((n, 1)) < 0.45)
    theirs = rng.random((m, N_IDENT)) < share * 1.3
    d["m_identity"], d["s_identity"] = _pack(ours, np.uint32), _pack(theirs, np.uint32)
    goals = rng.random((n, N_GOALS)) < 0.2
    goals[~goals.any(1), 0] = True
    d["m_goals"], d["s_goals"] = _pack(goals, np.uint16), _pack(rng.random((m, N_GOALS)) < 0.4, np.uint16)
    d["m_langs"] = _languages(rng, n, p.no_english_share)
    d["s_langs"] = _languages(rng, m, p.no_english_share / 2)
    _practicalities(rng, d, n, m)
    _queue(rng, d, p)
    return d


def _places(rng: np.random.Generator, d: Columns, n: int, m: int) -> None:
    centres = rng.uniform(0, 600, (N_REGIONS, 2))
    share = rng.dirichlet(np.full(N_REGIONS, 1.2))
    for who, size in (("m", n), ("s", m)):
        region = rng.choice(N_REGIONS, size, p=share).astype(np.int16)
        d[f"{who}_region"] = region
        d[f"{who}_xy"] = (centres[region] + rng.normal(0, 12, (size, 2))).astype(np.float32)


def _genders_and_ages(rng: np.random.Generator, d: Columns, p: Params) -> None:
    n, m = p.members, p.supporters
    d["m_gender"] = rng.choice(4, n, p=[0.62, 0.31, 0.04, 0.03]).astype(np.uint8)
    d["s_gender"] = rng.choice(4, m, p=[0.66, 0.29, 0.04, 0.01]).astype(np.uint8)
    d["m_age"] = np.clip(rng.gamma(5.2, 7.2, n) + 14, 18, 90).astype(np.uint8)
    d["s_age"] = np.clip(rng.normal(43, 12, m), 20, 80).astype(np.uint8)
    accept = np.full(n, 0b1111, np.uint8)
    u = rng.random(n)
    accept[(d["m_gender"] == WOMAN) & (u < p.women_only_share)] = 1 << WOMAN
    accept[(d["m_gender"] == MAN) & (u < p.men_only_share)] = 1 << MAN
    accept[(d["m_gender"] == NONBINARY) & (u < 0.3)] = (1 << WOMAN) | (1 << NONBINARY)
    d["m_accept_gender"] = accept
    accept = np.full(m, 0b1111, np.uint8)
    u = rng.random(m)
    accept[(d["s_gender"] == WOMAN) & (u < 0.12)] = (1 << WOMAN) | (1 << NONBINARY)
    d["s_accept_gender"] = accept


def _experience(rng: np.random.Generator, d: Columns, p: Params) -> None:
    n, m = p.members, p.supporters
    lived = rng.random((n, N_TOPICS)) < TOPIC_SHARE * 0.62
    none = ~lived.any(1)
    lived[none, rng.integers(0, 5, none.sum())] = True
    offered = rng.random((m, N_TOPICS)) < np.minimum(TOPIC_SHARE * 0.85 + 0.01, 0.8)
    offered[~offered.any(1), 0] = True
    stars = rng.random(m) < p.star_share
    offered[stars, :12] = True
    d["m_topics"], d["s_topics"] = _pack(lived), _pack(offered)
    key = lived & (rng.random(lived.shape) < 0.45)
    without = ~key.any(1)
    key[without, lived[without].argmax(1)] = True
    d["m_key_topics"] = _pack(key)
    cannot = np.zeros((m, N_TOPICS), bool)
    cannot[:, OFTEN_EXCLUDED] = rng.random((m, len(OFTEN_EXCLUDED))) < 0.06
    d["s_cannot"] = _pack(cannot)
    d["s_wish_topics"] = _pack(offered & (rng.random(offered.shape) < 0.5))


def _practicalities(rng: np.random.Generator, d: Columns, n: int, m: int) -> None:
    d["m_modes"] = _pack(rng.random((n, 4)) < [0.7, 0.5, 0.5, 0.45], np.uint8)
    d["m_modes"][d["m_modes"] == 0] = CHAT
    d["s_modes"] = _pack(rng.random((m, 4)) < [0.75, 0.7, 0.6, 0.55], np.uint8)
    d["s_modes"][d["s_modes"] == 0] = CHAT | PHONE
    d["m_avail"], d["s_avail"] = _availability(rng, n, 1.0), _availability(rng, m, 0.8)
    d["m_max_km"] = rng.choice([5, 10, 20, 40], n, p=[0.25, 0.35, 0.25, 0.15]).astype(np.uint8)
    d["s_max_km"] = rng.choice([10, 20, 40, 80], m, p=[0.3, 0.4, 0.2, 0.1]).astype(np.uint8)
    d["m_need_level"] = rng.choice(4, n, p=[0.35, 0.45, 0.16, 0.04]).astype(np.uint8)
    d["s_level"] = rng.choice(4, m, p=[0.2, 0.45, 0.25, 0.10]).astype(np.uint8)
    weights = rng.choice([0, 1, 2, 4], (n, N_REASONS), p=[0.1, 0.3, 0.4, 0.2]).astype(np.uint8)
    weights[:, 0] = np.maximum(weights[:, 0], 2)
    weights[:, 1] = np.maximum(weights[:, 1], 1)
    weights[:, 6] = 1
    d["m_weights"] = weights


def _queue(rng: np.random.Generator, d: Columns, p: Params) -> None:
    n, m = p.members, p.supporters
    free = np.minimum(rng.poisson(p.mean_free_places, m), 6).astype(np.uint8)
    free[rng.random(m) < p.paused_share] = 0
    d["s_free"] = free
    d["s_load"] = rng.integers(0, 6, m).astype(np.uint8)
    d["m_waiting"] = rng.random(n) < p.waiting_share
    waited = np.minimum(rng.exponential(p.mean_wait_days, n), 365)
    d["m_wait_days"] = np.where(d["m_waiting"], waited, 0).astype(np.int16)
    if p.desert_share:
        unheard = np.uint32(1) << np.uint32(N_LANG - 1)
        d["m_langs"][rng.random(n) < p.desert_share] = unheard
        d["s_langs"] &= ~unheard
        d["s_langs"][d["s_langs"] == 0] = 1
    k = int(n * p.blocks_per_1000 / 1000)
    pairs = np.stack([rng.integers(0, n, k), rng.integers(0, m, k)], 1).astype(np.int32)
    d["blocked"] = np.unique(pairs, axis=0)


def _availability(rng: np.random.Generator, n: int, intensity: float) -> NDArray[np.uint64]:
    """56 three-hour blocks: evenings, office hours, weekends or nights, and never none."""
    kind = rng.choice(4, n, p=[0.45, 0.25, 0.22, 0.08])
    base = np.zeros((4, 7, 8))
    base[0, :5, 6], base[0, :5, 5], base[0, :5, 7], base[0, 5:, 3:7] = 0.7, 0.25, 0.2, 0.35
    base[1, :5, 3:6] = 0.6
    base[2, 5:, 2:7], base[2, :5, 6] = 0.65, 0.15
    base[3, :, 0:2], base[3, :, 7] = 0.4, 0.6
    bits = rng.random((n, 56)) < base[kind].reshape(n, 56) * intensity
    none = ~bits.any(1)
    bits[none, 6 + 8 * rng.integers(0, 5, none.sum())] = True
    return _pack(bits)


def _languages(rng: np.random.Generator, n: int, no_english: float) -> NDArray[np.uint32]:
    share = 1 / np.arange(1, N_LANG) ** 1.1
    share /= share.sum()
    bits = np.zeros((n, N_LANG), bool)
    english = rng.random(n) >= no_english
    bits[:, 0] = english
    second = rng.random(n) < np.where(english, 0.16, 1.0)
    bits[np.flatnonzero(second), 1 + rng.choice(N_LANG - 1, second.sum(), p=share)] = True
    return _pack(bits, np.uint32)


def _pack(bits: NDArray[np.bool_], dtype: Any = np.uint64) -> NDArray[Any]:
    weights = np.uint64(1) << np.arange(bits.shape[1], dtype=np.uint64)
    packed: NDArray[Any] = (bits.astype(np.uint64) * weights).sum(1, dtype=np.uint64).astype(dtype)
    return packed
