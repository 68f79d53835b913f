"""What a report of a share carries: that share alone, and only where its seat knows its person."""

from __future__ import annotations

from companionway.foundation import sealing
from companionway.gatherings import policy
from companionway.gatherings.models import Seat, Share
from companionway.gatherings.states import ShareState
from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract


def of_share(actor: Person, identifier: str) -> Extract | None:
    """For whoever had a seat in the same meeting, as long as the words exist."""
    share = (
        Share.objects.filter(public_id=identifier, state=ShareState.SAID, seat__person__isnull=False)
        .filter(meeting__in=policy.visible_to(actor).values("pk"))
        .select_related("seat", "meeting__series")
        .first()
    )
    if share is None or share.seat.person_id is None:
        return None
    had_a_seat = Seat.objects.filter(meeting=share.meeting_id, person=actor).exists()
    if not had_a_seat:
        return None
    key = sealing.key_of(sealing.GATHERING, share.meeting_id)
    words = sealing.open_facts(key, share.sealed, share.context)["text"]
    return Extract(
        text=words, about_person_id=share.seat.person_id, programme_id=share.meeting.series.programme_id
    )


def register() -> None:
    register_extract("share", of_share)
