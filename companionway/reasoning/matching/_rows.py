"""One waiting member and one peer supporter, as the whole numbers that matching needs and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REASONS: Final = (
    "experience",
    "availability",
    "goals",
    "identity",
    "age",
    "nearness",
    "supporter_interest",
    "further_along",
)
DEFAULT_WEIGHTS: Final = (4, 2, 1, 0, 0, 0, 1, 0)
"""What matters, until the member says otherwise. Identity, age and place count only when the member asks."""

TEXT, PHONE, VIDEO, IN_PERSON = 1, 2, 4, 8
EVERY_MODE: Final = TEXT | PHONE | VIDEO | IN_PERSON
ANY_GENDER: Final = 0b1111
EVERYTHING: Final = (1 << 64) - 1

FARTHEST_KM: Final = 255
FARTHEST_10M: Final = 30_000
AGE_SPAN: Final = 25
HOURS_ENOUGH: Final = 4
INTERESTS_ENOUGH: Final = 2
NEARNESS_BANDS: Final = 3


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member, with what they wish for in a peer.

    `topics`, `key_topics` (those that matter most), `goals`, `identity`, `langs` and `avail` are masks of a
    `Vocabulary`. `modes` are the ways the member would like to talk, `safe_modes` the ways that are safe
    for them: only what is in both is ever used. `x` and `y` are in units of 10 metres; `max_km` is 0-255.
    `weights` has one whole number 0-4 for each of `REASONS` (missing ones at the end count as 0).
    `person` is the human being behind the row, the same number in both roles; None means the row's own id.
    `open_topics` and `open_identity` say what may be named to the other side before the two have met.
    """

    id: int
    langs: int
    avail: int
    modes: int
    topics: int = 0
    key_topics: int = 0
    goals: int = 0
    identity: int = 0
    gender: int = 3
    accept_gender: int = ANY_GENDER
    age: int | None = None
    need_level: int = 0
    stage: int = 0
    x: int = 0
    y: int = 0
    max_km: int = FARTHEST_KM
    weights: tuple[int, ...] = DEFAULT_WEIGHTS
    safe_modes: int = EVERY_MODE
    consents: bool = False
    age_band: int = 0
    person: int | None = None
    open_topics: int = EVERYTHING
    open_identity: int = EVERYTHING

    def __post_init__(self) -> None:
        _check_place(self.max_km)
        if len(self.weights) > len(REASONS) or any(not 0 <= w <= 4 for w in self.weights):
            raise ValueError(f"Weights are at most {len(REASONS)} whole numbers from 0 to 4.")

    @property
    def who(self) -> int:
        """The human being behind this row."""
        return self.id if self.person is None else self.person

    @property
    def usable_modes(self) -> int:
        """The ways of talking that the member likes and that are safe for them."""
        return self.modes & self.safe_modes


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """A peer supporter, with what they can offer.

    `cannot` are topics they have asked not to support, with no reason asked. `wish_topics` are those they
    would like to talk about. `free` counts free places; `paused` is a break. Other fields as in `MemberRow`.
    """

    id: int
    langs: int
    avail: int
    modes: int
    topics: int = 0
    wish_topics: int = 0
    cannot: int = 0
    goals: int = 0
    identity: int = 0
    gender: int = 3
    accept_gender: int = ANY_GENDER
    age: int | None = None
    level: int = 0
    stage: int = 0
    x: int = 0
    y: int = 0
    max_km: int = FARTHEST_KM
    free: int = 0
    paused: bool = False
    consents: bool = False
    age_band: int = 0
    person: int | None = None
    open_topics: int = EVERYTHING
    open_identity: int = EVERYTHING

    def __post_init__(self) -> None:
        _check_place(self.max_km)
        if self.free < 0:
            raise ValueError("Free places cannot be fewer than none.")

    @property
    def who(self) -> int:
        """The human being behind this row."""
        return self.id if self.person is None else self.person


def near_band(member: MemberRow, supporter: SupporterRow) -> int:
    """0 too far to meet, 1 within the smaller of both limits, 2 within half of it, 3 within a quarter."""
    dx = max(-FARTHEST_10M, min(FARTHEST_10M, member.x - supporter.x))
    dy = max(-FARTHEST_10M, min(FARTHEST_10M, member.y - supporter.y))
    limit = min(member.max_km, supporter.max_km) * 100
    apart = dx * dx + dy * dy
    return sum(scale * apart <= limit * limit for scale in (1, 4, 16))


def _check_place(max_km: int) -> None:
    if not 0 <= max_km <= FARTHEST_KM:
        raise ValueError(f"A distance limit is between 0 and {FARTHEST_KM} km.")
