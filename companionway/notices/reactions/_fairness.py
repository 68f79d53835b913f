"""Decisions and appeals: that something waits to be read; never what, why, or about whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.moderation import queries as moderation
from companionway.moderation.events import (
    AppealAnswered,
    AppealLate,
    CueMarked,
    Decided,
    HandedBack,
    PanelMissing,
    SameRecorded,
    Seated,
    SecondWanted,
)
from companionway.notices.queries import people_who_may
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.people.events import LetBack


def _tell(event: Event, people: Iterable[int | None], *, kind: Kind = Kind.FAIR) -> None:
    now = timezone.now()
    wanted = {each for each in people if each is not None}
    once_per = f"{event.name} {timezone.localdate(now).isoformat()}"
    note_down(wanted, kind=kind, subject=event.subject, once_per=once_per, by=event.actor_id, now=now)


@on(SecondWanted)
def somebody_reads_it_second(event: SecondWanted) -> None:
    """Those who could; where nobody could, administrators."""
    _tell(event, moderation.seconds_of(event.decision_id) or _administrators(event.programme_id))


@on(Decided)
def a_statement_waits(event: Decided) -> None:
    _tell(event, [event.about_id])


@on(HandedBack)
def it_came_back(event: HandedBack) -> None:
    _tell(event, [event.maker_id])


@on(Seated)
def you_are_on_a_panel(event: Seated) -> None:
    _tell(event, [event.about_id])


@on(PanelMissing)
def nobody_can_hear_it_yet(event: PanelMissing) -> None:
    _tell(event, {event.about_id, *_administrators(event.programme_id)})


@on(AppealLate)
def it_is_late(event: AppealLate) -> None:
    """The person, the three, and those who lead."""
    leads = people_who_may("safeguarding.record", event.programme_id) | _administrators(event.programme_id)
    _tell(event, {event.about_id, *moderation.panel_of(event.decision_id), *leads})


@on(AppealAnswered)
def the_panel_has_answered(event: AppealAnswered) -> None:
    _tell(event, [event.about_id])


@on(SameRecorded)
def a_second_yes_is_asked(event: SameRecorded) -> None:
    _tell(event, moderation.asked_about_names(event.actor_id))


@on(LetBack)
def you_can_take_part_again(event: LetBack) -> None:
    _tell(event, [event.about_id])


@on(CueMarked)
def a_line_stands_in_your_agenda(event: CueMarked) -> None:
    _tell(event, [event.supervisor_id], kind=Kind.SUPERVISION)


def _administrators(programme_id: int) -> set[int]:
    return people_who_may("people.administer", programme_id)
