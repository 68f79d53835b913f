"""Being told of a concern, hearing what became of it, and what is offered afterwards. Never a word of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.concerns import queries as concerns
from companionway.concerns.events import (
    ConcernAcknowledged,
    ConcernClimbed,
    ConcernClosed,
    ConcernHandedOver,
    ConcernJoined,
    ConcernRaised,
    ConcernShown,
    ConcernStoodDown,
    DebriefAnswered,
    HolderAsked,
    NobodyReached,
    TaskLate,
    TaskSet,
    WordsAdded,
)
from companionway.foundation.events import on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down


def _ask(concern_id: int, people: Iterable[int], once_per: str) -> None:
    """Whoever is on call, at once; asked anew whether they may hear of it, and whether it is still live."""
    told = concerns.told_of(concern_id)
    if not told.is_over:
        wanted = set(people) - told.never
        note_down(
            wanted, kind=Kind.CONCERN, subject=f"concern:{concern_id}", once_per=once_per, now=timezone.now()
        )


def _tell_raisers(concern_id: int, once_per: str) -> None:
    told = concerns.told_of(concern_id)
    note_down(
        told.raisers, kind=Kind.TOLD, subject=f"concern:{concern_id}", once_per=once_per, now=timezone.now()
    )


@on(ConcernRaised)
def somebody_is_asked(event: ConcernRaised) -> None:
    _ask(event.concern_id, event.told_ids, "raised")


@on(ConcernClimbed)
def the_next_is_asked(event: ConcernClimbed) -> None:
    _ask(event.concern_id, event.told_ids, f"{event.round}.{event.stage}")


@on(ConcernHandedOver)
def it_was_handed_over(event: ConcernHandedOver) -> None:
    _ask(event.concern_id, event.told_ids, f"{event.name} {event.round}")


@on(HolderAsked)
def you_are_asked_whether_you_still_have_it(event: HolderAsked) -> None:
    _ask(event.concern_id, [event.holder_id], f"{event.name} {event.asked}")


@on(ConcernJoined)
def another_joined(event: ConcernJoined) -> None:
    _ask(event.concern_id, event.told_ids, f"{event.name} {event.actor_id}")


@on(WordsAdded)
def more_was_said(event: WordsAdded) -> None:
    _ask(event.concern_id, event.told_ids, timezone.localtime().strftime("words %Y-%m-%d %H"))


@on(ConcernAcknowledged)
def somebody_has_it(event: ConcernAcknowledged) -> None:
    _tell_raisers(event.concern_id, f"{event.name} {event.actor_id}")


@on(NobodyReached)
def nobody_has_it(event: NobodyReached) -> None:
    _tell_raisers(event.concern_id, event.name)


@on(ConcernStoodDown)
def it_was_stood_down(event: ConcernStoodDown) -> None:
    _tell_raisers(event.concern_id, event.name)


@on(ConcernClosed)
def it_is_closed(event: ConcernClosed) -> None:
    _tell_raisers(event.concern_id, event.name)


@on(ConcernShown)
def it_is_shown_to_you(event: ConcernShown) -> None:
    now = timezone.now()
    note_down([event.member_id], kind=Kind.TOLD, subject=event.subject, once_per=event.name, now=now)


@on(TaskSet)
def something_is_yours(event: TaskSet) -> None:
    now = timezone.now()
    note_down([event.person_id], kind=Kind.AFTERWARDS, subject=event.subject, once_per="set", now=now)


@on(DebriefAnswered)
def somebody_would_like_to_talk(event: DebriefAnswered) -> None:
    if event.wanted and event.holder_id is not None:
        now = timezone.now()
        note_down([event.holder_id], kind=Kind.AFTERWARDS, subject=event.subject, once_per="asked", now=now)


@on(TaskLate)
def something_is_late(event: TaskLate) -> None:
    never = concerns.told_of(event.concern_id).never
    wanted, now = set(event.person_ids) - never, timezone.now()
    note_down(wanted, kind=Kind.AFTERWARDS, subject=event.subject, once_per="late", now=now)
