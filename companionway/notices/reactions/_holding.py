"""Practice supervision: the two first, and kindly; coordinators only of days; circles."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.notices.queries import people_who_may
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.supervision import queries as supervision
from companionway.supervision.events import (
    AgendaGrew,
    CircleSpoke,
    DebriefAnswered,
    DebriefOffered,
    ExtraPlaceGiven,
    HeldBack,
    LetGo,
    SupervisionBegan,
    SupervisionEnded,
    SupervisorWanted,
    TalkLate,
    TalkReminded,
    TalkSigned,
    TalkWritten,
    WeeksShared,
)


def _tell(
    event: Event, people: Iterable[int | None], *, kind: Kind = Kind.SUPERVISION, by: int | None = None
) -> None:
    """The same fact about the same two on one day is one notice."""
    now = timezone.now()
    once_per = f"{event.name} {timezone.localdate(now).isoformat()}"
    wanted = {each for each in people if each is not None}
    note_down(wanted, kind=kind, subject=event.subject, once_per=once_per, by=by, now=now)


@on(SupervisionBegan)
def they_hold_each_other(event: SupervisionBegan) -> None:
    _tell(event, [event.supporter_id, event.supervisor_id], by=event.actor_id)


@on(SupervisionEnded)
def it_has_ended(event: SupervisionEnded) -> None:
    """Both are told the same; nobody is named as the one who wished it."""
    _tell(event, [event.supporter_id, event.supervisor_id])


@on(AgendaGrew)
def the_agenda_grew(event: AgendaGrew) -> None:
    if event.is_shared:
        _tell(event, [event.about_id], by=event.actor_id)


@on(TalkWritten)
def a_talk_waits_for_a_yes(event: TalkWritten) -> None:
    _tell(event, [event.about_id], by=event.actor_id)


@on(TalkSigned)
def a_talk_is_signed(event: TalkSigned) -> None:
    _tell(event, [event.about_id], by=event.actor_id)


@on(WeeksShared)
def weeks_are_shown(event: WeeksShared) -> None:
    if event.is_shared:
        _tell(event, [event.supervisor_id], by=event.actor_id)


@on(TalkReminded)
def a_talk_would_be_good(event: TalkReminded) -> None:
    _tell(event, [event.person_id, event.supervisor_id])


@on(HeldBack)
def nobody_new_for_now(event: HeldBack) -> None:
    _tell(event, [event.person_id])


@on(LetGo)
def somebody_new_may_come(event: LetGo) -> None:
    _tell(event, [event.person_id])


@on(DebriefOffered)
def would_you_like_to_talk(event: DebriefOffered) -> None:
    if not event.is_told:
        _tell(event, [event.person_id])


@on(DebriefAnswered)
def somebody_would_like_to_talk(event: DebriefAnswered) -> None:
    _tell(event, [event.supervisor_id], by=event.actor_id)


@on(ExtraPlaceGiven)
def one_place_more(event: ExtraPlaceGiven) -> None:
    _tell(event, [event.person_id], by=event.actor_id)


@on(TalkLate)
def a_talk_is_late(event: TalkLate) -> None:
    _tell_coordinators(event, event.programme_id, event.person_id)


@on(SupervisorWanted)
def somebody_has_no_supervisor(event: SupervisorWanted) -> None:
    _tell_coordinators(event, event.programme_id, event.person_id)


def _tell_coordinators(event: Event, programme_id: int, person_id: int) -> None:
    """Days are no secret of theirs; and nobody is told of themselves as if of somebody else."""
    people = people_who_may("supervision.oversee", programme_id) - {person_id}
    _tell(event, people, kind=Kind.TALK_LATE)


@on(CircleSpoke)
def the_circle_spoke(event: CircleSpoke) -> None:
    people = supervision.people_of_circle(event.circle_id)
    _tell(event, people, kind=Kind.CIRCLE, by=event.actor_id)
