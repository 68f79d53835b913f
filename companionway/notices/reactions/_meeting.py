"""Meetings: that something chosen is tomorrow or has changed, never what; and who is asked to stand in.

No notice names a meeting or a series: a row that did would tie a person to a group.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.gatherings.events import CompanyWished
from companionway.meetings import queries as meetings
from companionway.meetings.events import (
    CoverWanted,
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    MeetingPutBack,
    PlaceGiven,
    PositionLeft,
    PositionTaken,
    ReminderDue,
    RemindersChosen,
    SeriesChanged,
    SeriesEnded,
)
from companionway.notices.queries import people_who_may
from companionway.notices.states import Kind
from companionway.notices.writing import note_down, note_letters
from companionway.safety import queries as safety
from companionway.supervision import queries as supervision


def _tell(people: Iterable[int | None], kind: Kind, once_per: str, by: int | None = None) -> None:
    """Each about themselves: `subject` is the person, so the row says nothing more."""
    for person_id in {each for each in people if each is not None} - {by}:
        note_down(
            [person_id], kind=kind, subject=f"person:{person_id}", once_per=once_per, now=timezone.now()
        )


def _today() -> str:
    return timezone.localdate().isoformat()


@on(ReminderDue)
def something_is_tomorrow(event: ReminderDue) -> None:
    _tell([event.about_id], Kind.SOON, event.day)


def _changed(event: Event, series_id: int) -> None:
    """Those who chose it, and those who hold it: once a day, whatever else changes that day."""
    people = meetings.who_is_told(series_id, timezone.now())
    _tell(people, Kind.ELSEWHEN, _today(), by=event.actor_id)
    # Also to whoever changed it: the calendar does not know what its owner does here.
    note_letters(meetings.who_is_invited(people), timezone.now())


@on(RemindersChosen)
def what_is_in_the_calendar_changes(event: RemindersChosen) -> None:
    if event.actor_id is not None:
        note_letters(meetings.who_is_invited({event.actor_id}), timezone.now())


@on(MeetingCancelled)
def it_is_off(event: MeetingCancelled) -> None:
    _changed(event, event.series_id)


@on(MeetingMoved)
def it_is_elsewhen(event: MeetingMoved) -> None:
    _changed(event, event.series_id)


@on(MeetingAdded)
def there_is_one_more(event: MeetingAdded) -> None:
    _changed(event, event.series_id)


@on(MeetingPutBack)
def it_is_on_again(event: MeetingPutBack) -> None:
    _changed(event, event.series_id)


@on(SeriesChanged)
def all_of_it_is_elsewhen(event: SeriesChanged) -> None:
    _changed(event, event.series_id)


@on(SeriesEnded)
def it_is_over(event: SeriesEnded) -> None:
    _changed(event, event.series_id)


@on(PlaceGiven)
def a_place_is_free_for_you(event: PlaceGiven) -> None:
    _tell([event.about_id], Kind.ELSEWHEN, f"{event.name} {_today()}")


@on(PositionTaken)
def a_position_is_yours(event: PositionTaken) -> None:
    _tell([event.about_id], Kind.POSITION, f"{event.name} {_today()}", by=event.actor_id)


@on(PositionLeft)
def a_position_is_passed_on(event: PositionLeft) -> None:
    _tell([event.about_id], Kind.POSITION, f"{event.name} {_today()}", by=event.actor_id)


@on(CoverWanted)
def somebody_is_looked_for(event: CoverWanted) -> None:
    """Whoever could stand in; once a day, however many meetings want somebody."""
    if event.meeting_id is not None:
        _tell(meetings.who_could_stand_in(event.meeting_id, timezone.now()), Kind.STAND_IN, _today())


def who_hears_a_wish(person_id: int, programme_id: int) -> set[int]:
    """Their practice supervisor there, or else those who arrange its meetings; nobody from whom they are kept."""
    held = supervision.current_of(person_id, programme_id)
    people = {held.supervisor_id} if held else set(people_who_may("meetings.arrange", programme_id))
    return people - safety.people_kept_from(person_id) - {person_id}


@on(CompanyWished)
def somebody_would_like_company(event: CompanyWished) -> None:
    """To whoever holds them in this programme; where nobody does, to those who arrange its meetings. Once a day."""
    if event.actor_id is None or event.programme_id is None:
        return
    people = who_hears_a_wish(event.actor_id, event.programme_id)
    subject, once_per = f"person:{event.actor_id}", f"{event.name} {_today()}"
    note_down(
        people, kind=Kind.WISHED, subject=subject, once_per=once_per, by=event.actor_id, now=timezone.now()
    )
