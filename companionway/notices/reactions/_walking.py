"""Two people on their way together: agreements, notes, pauses, endings."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from companionway.foundation.events import on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.support.events import (
    AgreementAccepted,
    AgreementProposed,
    AskedToWalkAgain,
    CheckInAsked,
    Ended,
    EndingStarted,
    EndingTakenBack,
    GoodbyeLeft,
    NoteLookedAt,
    NoteWritten,
    PausedTogether,
    Resumed,
)


def _tell_the_other(event: Any, kind: Kind, *, both: bool = False) -> None:
    """Whoever of the two did not do it. The same thing again on one day is one notice."""
    now = timezone.now()
    once_per = f"{event.name} {timezone.localdate(now).isoformat()}"
    by = None if both else event.actor_id
    people = [event.member_id, event.supporter_id]
    note_down(people, kind=kind, subject=event.subject, once_per=once_per, by=by, now=now)


@on(AgreementProposed)
def an_agreement_is_proposed(event: AgreementProposed) -> None:
    _tell_the_other(event, Kind.AGREEMENT)


@on(AgreementAccepted)
def an_agreement_is_accepted(event: AgreementAccepted) -> None:
    _tell_the_other(event, Kind.AGREEMENT)


@on(NoteWritten)
def a_note_is_written(event: NoteWritten) -> None:
    _tell_the_other(event, Kind.NOTE)


@on(NoteLookedAt)
def a_note_was_looked_at(event: NoteLookedAt) -> None:
    _tell_the_other(event, Kind.LOOKED, both=True)


@on(PausedTogether)
def they_pause(event: PausedTogether) -> None:
    _tell_the_other(event, Kind.ENDING)


@on(Resumed)
def they_go_on(event: Resumed) -> None:
    _tell_the_other(event, Kind.YES)


@on(EndingStarted)
def an_ending_begins(event: EndingStarted) -> None:
    _tell_the_other(event, Kind.ENDING)


@on(EndingTakenBack)
def an_ending_is_taken_back(event: EndingTakenBack) -> None:
    _tell_the_other(event, Kind.ENDING)


@on(Ended)
def it_ended(event: Ended) -> None:
    """Where nobody is named as the one who ended it, both are told the same."""
    _tell_the_other(event, Kind.ENDING)


@on(GoodbyeLeft)
def a_goodbye_was_left(event: GoodbyeLeft) -> None:
    _tell_the_other(event, Kind.ENDING)


@on(AskedToWalkAgain)
def they_would_walk_again(event: AskedToWalkAgain) -> None:
    _tell_the_other(event, Kind.SUGGESTED)


@on(CheckInAsked)
def you_are_asked_how_it_goes(event: CheckInAsked) -> None:
    if event.about_id is not None:
        now = timezone.now()
        today = timezone.localdate(now).isoformat()
        note_down([event.about_id], kind=Kind.ASKED, subject=event.subject, once_per=today, now=now)
