"""Supervised release: which of a learning supporter's replies a mentor reads before they go, and when that grows less.

Three stages: every reply, a share of them, only on request. The share is no taste: it is what keeps the expected share
of problem replies that nobody read below a limit, as far as the replies read so far can tell.

Bounds are exact for a binomial share: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
illustrated in the case of the binomial", Biometrika 26 (1934) 404-413.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from companionway.reasoning.borrowed import beta_quantile

CONFIDENCE: Final = 0.95
# Of all replies, at most this share may be both unread and a problem: our own choice, unverified.
TOLERATED: Final = 0.02
# However good the record: some are always read while a stage lasts.
LEAST_SHARE: Final = 0.10
# A stage may end when the share of problem replies is below this with CONFIDENCE: 19 of 19 good; 59 of 59 good.
SAMPLED_BELOW: Final = 0.15
ON_REQUEST_BELOW: Final = 0.05
ON_REQUEST_AFTER: Final = timedelta(days=60)
# Back to reading every reply when, among the newest, the share is above this with CONFIDENCE: 4 of 20.
STEP_BACK_ABOVE: Final = 0.05
NEWEST: Final = 20
# What the member is promised, and when those who read are reminded.
PROMISE: Final = timedelta(hours=48)
NUDGE: Final = timedelta(hours=24)
AFTER_THE_PROMISE: Final = timedelta(hours=24)
# How many messages before a reply its reader sees; the member is told this number.
TURNS_BEFORE: Final = 6


class Stage(StrEnum):
    EVERY = "every"
    SAMPLED = "sampled"
    ON_REQUEST = "on_request"


class Why(StrEnum):
    """Why this reply is read before it goes."""

    EVERY = "every"
    DRAWN = "drawn"
    # The one before it was sent back or withdrawn: new words for the same moment are no way round the reader.
    AGAIN = "again"
    # One before it still waits: nothing overtakes it.
    BEHIND = "behind"
    ASKED = "asked"
    # Everybody's words are read first here: the place says so, not who writes.
    SPACE = "space"


# Only these say something about all replies: the others were chosen by somebody.
COUNTED: Final = frozenset({Why.EVERY, Why.DRAWN})
NEXT: Final = {Stage.EVERY: Stage.SAMPLED, Stage.SAMPLED: Stage.ON_REQUEST}
SIGNERS: Final = {Stage.SAMPLED: 1, Stage.ON_REQUEST: 2}


@dataclass(frozen=True, slots=True)
class Evidence:
    """`outcomes`: of the replies read that count, oldest first, whether each was sent back."""

    outcomes: tuple[bool, ...] = ()
    learning_for: timedelta = timedelta(0)

    @property
    def read(self) -> int:
        return len(self.outcomes)

    @property
    def sent_back(self) -> int:
        return sum(self.outcomes)


def upper_bound(sent_back: int, read: int, confidence: float = CONFIDENCE) -> float:
    """The share of problem replies is below this, one-sided Clopper-Pearson; 1 when nothing was read."""
    _check(sent_back, read)
    if sent_back == read:
        return 1.0
    return beta_quantile(sent_back + 1, read - sent_back, confidence)


def lower_bound(sent_back: int, read: int, confidence: float = CONFIDENCE) -> float:
    """The share of problem replies is above this, one-sided Clopper-Pearson; 0 when none was sent back."""
    _check(sent_back, read)
    if sent_back == 0:
        return 0.0
    return beta_quantile(sent_back, read - sent_back + 1, 1 - confidence)


def _check(sent_back: int, read: int) -> None:
    if not 0 <= sent_back <= read:
        raise ValueError("no more can be sent back than were read")


def share_to_read(evidence: Evidence) -> float:
    """The smallest share s (never below LEAST_SHARE) with (1 - s) * upper bound <= TOLERATED."""
    return max(LEAST_SHARE, 1 - TOLERATED / upper_bound(evidence.sent_back, evidence.read))


def is_drawn(key: bytes, name: str, share: float) -> bool:
    """Whether the reply with this name is read: HMAC-SHA-256 of the name, as a number in [0, 1), below `share`.

    The same name always has the same number; without the key nobody can tell it beforehand.
    """
    number = int.from_bytes(hmac.digest(key, name.encode(), "sha256")[:8], "big") / 2**64
    return number < share


def why_read(stage: Stage, *, waits: bool, owes: bool, drawn: bool, asks: bool) -> Why | None:
    """Why a new reply is read first, or None when it goes at once.

    `waits`: an earlier reply of theirs in the same conversation waits. `owes`: the last one read there was sent back or
    withdrawn. Both hold in every stage, so that sending again never helps.
    """
    if waits and stage != Stage.EVERY:
        return Why.BEHIND
    if owes:
        return Why.AGAIN
    if stage == Stage.EVERY:
        return Why.EVERY
    if stage == Stage.SAMPLED and drawn:
        return Why.DRAWN
    return Why.ASKED if asks else None


def may_move_to(stage: Stage, evidence: Evidence) -> Stage | None:
    """The next stage when the record allows mentors to sign for it; None when it is too early, or the last."""
    bound = upper_bound(evidence.sent_back, evidence.read)
    if stage == Stage.EVERY and bound <= SAMPLED_BELOW:
        return Stage.SAMPLED
    if stage == Stage.SAMPLED and bound <= ON_REQUEST_BELOW and evidence.learning_for >= ON_REQUEST_AFTER:
        return Stage.ON_REQUEST
    return None


def good_replies_missing(stage: Stage, evidence: Evidence) -> int:
    """How many more replies in a row, read and released, would allow the next stage. 0 when it is so, or the last."""
    limit = {Stage.EVERY: SAMPLED_BELOW, Stage.SAMPLED: ON_REQUEST_BELOW}.get(stage)
    missing = 0
    while limit and upper_bound(evidence.sent_back, evidence.read + missing) > limit:
        missing += 1
    return missing


def should_step_back(stage: Stage, evidence: Evidence) -> bool:
    """Whether the newest replies read say that every reply should be read again."""
    newest = evidence.outcomes[-NEWEST:]
    # Rounded: one of one is exactly at the limit, and a single reply is no record.
    return stage != Stage.EVERY and round(lower_bound(sum(newest), len(newest)), 9) > STEP_BACK_ABOVE


def promised_at(held_at: datetime) -> datetime:
    """When the member has heard something at the latest: elapsed hours, whatever the clocks do that night."""
    return held_at + PROMISE


def nudge_at(held_at: datetime) -> datetime:
    return held_at + NUDGE


def promised_again(now: datetime) -> datetime:
    """What the holding word says, when a promise could not be kept."""
    return now + AFTER_THE_PROMISE
