"""Looking at one message before it is stored, never for longer than a moment.

What cannot be looked at in time, or at all, is "not checked" and says so; the message is sent all the same.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

from companionway.foundation import sealing
from companionway.noticing.states import (
    BOTH_SIDES_RULES,
    CONDUCT_CATEGORIES,
    NO_CARD_CATEGORIES,
    CardAnswer,
    Label,
    Side,
    Switched,
)
from companionway.reasoning.risk import Hit, Noticed, WrongLexicon, lexicon, notice
from companionway.reasoning.risk.lexicon import FOLDER

logger = logging.getLogger(__name__)
LONGEST_SECONDS: Final = 0.2
SPARE: Final = "en"
"""For a language without words of its own: what these find stands, and the rest counts as not checked."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Watch:
    """What a conversation's programme says about looking at its messages."""

    programme_id: int
    is_on: bool
    tradition: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one side is to look at: the label, and the rules with the places they saw."""

    side: Side
    label: Label
    hits: tuple[tuple[str, str, tuple[Place, ...]], ...]

    @property
    def has_card(self) -> bool:
        """Whether the writer is offered something: where it may be heavy for themselves."""
        return (
            self.side == Side.CARE
            and self.label >= Label.SOON
            and any(category not in NO_CARD_CATEGORIES for _rule, category, _places in self.hits)
        )


@dataclass(frozen=True, slots=True)
class Looked:
    """The label of a message (None: not checked), and what was found in it."""

    label: int | None
    programme_id: int = 0
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """One row to be: what was found on one side, its reasons sealed."""

    programme_id: int
    side: int
    label: int
    card: str
    sealed: bytes


NOTHING: Final = Looked(Label.NOTHING)
UNCHECKED: Final = Looked(None)
SWITCHED_OFF: Final = Looked(Switched.OFF)
Look = Callable[..., Noticed]


async def look_aside(words: str, watch: Watch, language: str) -> Looked:
    """From the event loop: looked at in a thread of its own, and waited for a moment only."""
    if not watch.is_on:
        return SWITCHED_OFF
    if (begun := _looker.begin(words, watch, language)) is None:
        return UNCHECKED
    done, _waiting = await asyncio.wait({asyncio.wrap_future(begun)}, timeout=LONGEST_SECONDS)
    return begun.result() if done else _looker.gave_up_on(begun)


def look(words: str, watch: Watch, language: str) -> Looked:
    """From a page's thread, with the same limits."""
    if not watch.is_on:
        return SWITCHED_OFF
    if (begun := _looker.begin(words, watch, language)) is None:
        return UNCHECKED
    try:
        return begun.result(timeout=LONGEST_SECONDS)
    except TimeoutError:
        return _looker.gave_up_on(begun)


def warm() -> None:
    """Load the words of every language now, so that the first message does not wait for them."""
    for path in FOLDER.glob("*.toml"):
        notice("", language=path.stem)


def use(other: Look) -> None:
    """Put another detector in place (a drill: one that is slow, or broken)."""
    _looker.notice = other


class _Looker:
    """One thread. While it is stuck in one message, the others are not checked instead of waiting behind it."""

    def __init__(self) -> None:
        self.notice: Look = notice
        self._thread: ThreadPoolExecutor | None = None
        self._late: Future[Looked] | None = None
        self._starting = threading.Lock()

    def begin(self, words: str, watch: Watch, language: str) -> Future[Looked] | None:
        if self._late is not None:
            if not self._late.done():
                return None
            self._late = None
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    warm()
                    self._thread = ThreadPoolExecutor(1, thread_name_prefix="noticing")
        return self._thread.submit(self._look, words, watch, language)

    def gave_up_on(self, begun: Future[Looked]) -> Looked:
        if not begun.cancel():
            self._late = begun
        logger.warning("a message took too long to look at and was not checked")
        return UNCHECKED

    def _look(self, words: str, watch: Watch, language: str) -> Looked:
        try:
            spoken = _spoken(language)
            seen = self.notice(words, language=spoken, tradition=watch.tradition)
            return _as_looked(seen, watch, is_spare=not language.startswith(spoken))
        except Exception as fault:
            _say_broken(fault)
            return UNCHECKED


_looker = _Looker()


@cache
def _spoken(language: str) -> str:
    """The language whose words are looked for; a person's own where somebody has written them down."""
    plain = language.partition("-")[0]
    try:
        lexicon(plain)
    except WrongLexicon:
        return SPARE
    return plain


def _say_broken(fault: Exception) -> None:
    # The kind of fault only: its words could be somebody's.
    logger.error("a message could not be looked at: %s", type(fault).__name__)


def _as_looked(seen: Noticed, watch: Watch, *, is_spare: bool) -> Looked:
    found = tuple(
        Found(side, Label(max(hit.level for hit in hits)), tuple(_plain(hit) for hit in hits))
        for side in Side
        if (hits := [hit for hit in seen.hits if hit.level and side in _sides_of(hit)])
    )
    if not found:
        return UNCHECKED if seen.unchecked or is_spare else NOTHING
    return Looked(max(each.label for each in found), watch.programme_id, found)


def _sides_of(hit: Hit) -> tuple[Side, ...]:
    if hit.rule in BOTH_SIDES_RULES:
        return Side.CARE, Side.CONDUCT
    return (Side.CONDUCT,) if hit.category in CONDUCT_CATEGORIES else (Side.CARE,)


def _plain(hit: Hit) -> tuple[str, str, tuple[Place, ...]]:
    return hit.rule, hit.category, tuple((each.start, each.end) for each in hit.seen)


def place_of(side: int, message_place: str) -> str:
    """What the sealed reasons are bound to."""
    return f"noticed:{side}:{message_place}"


def kept_of(looked: Looked, key: sealing.SealingKey, message_place: str) -> tuple[Kept, ...]:
    """The rows to be written with the message."""
    return tuple(
        Kept(
            looked.programme_id,
            each.side,
            each.label,
            "" if each.has_card else CardAnswer.NOT_OFFERED,
            sealing.seal_facts(key, each.hits, place_of(each.side, message_place)),
        )
        for each in looked.found
    )
