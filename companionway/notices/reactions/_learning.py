"""Replies that are read first: those who read, and the one who learns. The member has the conversation itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.release import queries as release
from companionway.release.events import (
    PromisePassed,
    ReplyClosed,
    ReplyHeld,
    ReplyReleased,
    ReplySentBack,
    ReplyWaitsLong,
    SaidBeside,
    StageChanged,
    TraineeshipBegan,
    TraineeshipEnded,
)


def _tell(event: Event, people: Iterable[int | None], kind: Kind, *, subject: str = "") -> None:
    """Once a day for one subject, however often it happens."""
    now = timezone.now()
    once_per = f"{event.name} {timezone.localdate(now).isoformat()}"
    wanted = {each for each in people if each is not None} - {event.actor_id}
    note_down(wanted, kind=kind, subject=subject or event.subject, once_per=once_per, now=now)


@on(ReplyHeld)
def a_reply_waits(event: ReplyHeld) -> None:
    """To each mentor once a day: the list says how many."""
    readers = release.readers_of(event.reply_id, timezone.now())
    _tell(event, readers, Kind.REPLY_WAITING, subject=f"programme:{event.programme_id}")


@on(ReplyWaitsLong)
def a_reply_waits_long(event: ReplyWaitsLong) -> None:
    _tell(event, release.responsible_for(event.reply_id, timezone.now()), Kind.REPLY_LATE)


@on(PromisePassed)
def a_promise_passed(event: PromisePassed) -> None:
    """The team once more; and the member, who may not be looking: a line stands in the conversation."""
    _tell(event, release.responsible_for(event.reply_id, timezone.now()), Kind.REPLY_LATE)
    told = Kind.MESSAGE if release.is_of_space(event.reply_id) else Kind.NOTE
    _tell(event, release.told_of(event.reply_id), told, subject=f"conversation:{event.conversation_id}")


@on(ReplyReleased)
def your_reply_went(event: ReplyReleased) -> None:
    _tell_author(event)


@on(ReplySentBack)
def your_reply_came_back(event: ReplySentBack) -> None:
    _tell_author(event)


@on(ReplyClosed)
def your_reply_goes_nowhere(event: ReplyClosed) -> None:
    _tell_author(event)


def _tell_author(event: ReplyReleased | ReplySentBack | ReplyClosed) -> None:
    """Where everybody's words are read first it is no mentor's answer, and that they went is no news."""
    if not release.is_of_space(event.reply_id):
        _tell(event, [event.about_id], Kind.MENTORS)
    elif not isinstance(event, ReplyReleased):
        _tell(event, [event.about_id], Kind.MESSAGE)


@on(TraineeshipBegan)
def you_begin_to_learn(event: TraineeshipBegan) -> None:
    _tell(event, [event.about_id], Kind.MENTORS)


@on(StageChanged)
def how_much_is_read_changed(event: StageChanged) -> None:
    _tell(event, [event.about_id], Kind.MENTORS)


@on(TraineeshipEnded)
def you_write_on_your_own(event: TraineeshipEnded) -> None:
    _tell(event, [event.about_id], Kind.MENTORS)


@on(SaidBeside)
def somebody_wrote_beside(event: SaidBeside) -> None:
    _tell(event, release.heard_in(event.thread_id), Kind.BESIDE)
