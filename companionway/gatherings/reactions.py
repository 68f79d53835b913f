"""What we do when others tell: whoever takes no part any more, or holds it no more, hears nothing more at once."""

from __future__ import annotations

from companionway.foundation import live
from companionway.foundation.events import on
from companionway.meetings.events import PositionLeft
from companionway.people.events import Stopped


@on(Stopped)
def out_of_the_room(event: Stopped) -> None:
    _prove_again(event.about_id)


@on(PositionLeft)
def holds_it_no_more(event: PositionLeft) -> None:
    _prove_again(event.about_id or event.actor_id)


def _prove_again(person_id: int | None) -> None:
    if person_id:
        live.revoke_person(person_id)
