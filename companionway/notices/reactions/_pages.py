"""A page that is read: the other of the two first, then the reader, then both. A no is told to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.reading.events import PageAgreed, PageAnswered, PageAsked, PageAskedAnew, PageSigned


def _tell(
    event: Event, people: Iterable[int | None], *, kind: Kind, version: int, by: int | None = None
) -> None:
    """The same fact about the same version is one notice."""
    wanted = {each for each in people if each is not None}
    once_per = f"{event.name} {version}"
    note_down(wanted, kind=kind, subject=event.subject, once_per=once_per, by=by, now=timezone.now())


@on(PageAsked)
def the_other_is_asked(event: PageAsked) -> None:
    _tell(event, [event.about_id], kind=Kind.PAGE_ASKED, version=event.version, by=event.actor_id)


@on(PageAskedAnew)
def whoever_has_not_said_yes_is_asked(event: PageAskedAnew) -> None:
    """Also whoever wrote the newer words, where these alone are not their yes."""
    asked = [
        event.member_id if event.asks_member else None,
        event.supporter_id if event.asks_supporter else None,
    ]
    _tell(event, asked, kind=Kind.PAGE_ASKED, version=event.version)


@on(PageAgreed)
def it_waits_to_be_read(event: PageAgreed) -> None:
    _tell(event, [event.supervisor_id], kind=Kind.PAGE_WAITS, version=event.version, by=event.actor_id)


@on(PageAnswered)
def a_change_is_asked_for(event: PageAnswered) -> None:
    _tell(
        event,
        [event.member_id, event.supporter_id],
        kind=Kind.PAGE_ANSWERED,
        version=event.version,
        by=event.actor_id,
    )


@on(PageSigned)
def it_is_signed(event: PageSigned) -> None:
    _tell(
        event,
        [event.member_id, event.supporter_id],
        kind=Kind.PAGE_ANSWERED,
        version=event.version,
        by=event.actor_id,
    )
