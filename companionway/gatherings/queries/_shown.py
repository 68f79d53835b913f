"""How shares and seats look to one person in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef

from companionway.foundation import sealing
from companionway.gatherings.models import Asking, Reaction, Seat, Share, ShareQuerySet
from companionway.gatherings.queries._seats import name_of
from companionway.gatherings.states import ShareState
from companionway.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class ShownShare:
    public_id: str
    name: str
    text: str
    note: str
    at: datetime
    state: str
    is_mine: bool
    # How many are with them, never who.
    with_count: int
    i_am_with: bool
    # Only where the seat knows its person can a report name somebody.
    is_reportable: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class ShownSeat:
    """For those who hold the frame only. `asked`: "" nobody asked, "asked" no answer yet, or the answer."""

    public_id: str
    name: str
    is_new: bool
    is_quiet: bool
    is_muted: bool
    mute_reason: str
    has_turn: bool
    asked: str


def shares_for(meeting: Meeting, seat: Seat | None, key: sealing.SealingKey) -> list[ShownShare]:
    """What was said, in order, and at the end what one wrote oneself that still waits."""
    rows = _with_signs(Share.objects.filter(meeting=meeting), seat).select_related("seat")
    said = [each for each in rows if each.state == ShareState.SAID]
    waiting = [
        each
        for each in rows
        if each.state != ShareState.SAID and seat is not None and each.seat_id == seat.pk
    ]
    return [_shown(each, seat, key) for each in (*said, *waiting)]


def waiting_in(meeting: Meeting, key: sealing.SealingKey) -> list[ShownShare]:
    """For those who hold the frame, where somebody reads first."""
    rows = _with_signs(Share.objects.filter(meeting=meeting, state=ShareState.HELD), None)
    return [_shown(each, None, key) for each in rows.select_related("seat").order_by("pk")]


def _with_signs(rows: ShareQuerySet, seat: Seat | None) -> ShareQuerySet:
    mine = Reaction.objects.filter(share=OuterRef("pk"), seat=seat.pk if seat else 0)
    return rows.annotate(with_count=Count("reactions"), i_am_with=Exists(mine)).order_by("number", "pk")


def _shown(row: Share, seat: Seat | None, key: sealing.SealingKey) -> ShownShare:
    facts = sealing.open_facts(key, row.sealed, row.context)
    signs = row.__dict__
    is_mine = seat is not None and row.seat_id == seat.pk
    return ShownShare(
        public_id=row.public_id,
        name=name_of(row.seat, key)[0],
        text=facts["text"],
        note=facts["note"],
        at=row.said_at or row.written_at,
        state=row.state,
        is_mine=is_mine,
        with_count=signs["with_count"],
        i_am_with=signs["i_am_with"],
        is_reportable=row.seat.person_id is not None and not is_mine,
        is_flagged=row.flagged_at is not None,
    )


def seats_of(meeting: Meeting, turn_id: int | None, key: sealing.SealingKey) -> list[ShownSeat]:
    newest = Asking.objects.filter(seat__meeting=meeting).order_by("pk")
    asked = {each.seat_id: each.answer or "asked" for each in newest}
    found = []
    for seat in Seat.objects.taken().filter(meeting=meeting).order_by("pk"):
        name, is_new = name_of(seat, key)
        reason = key.open(seat.sealed_mute, f"{seat.context}:mute") if seat.sealed_mute else ""
        found.append(
            ShownSeat(
                seat.public_id, name, is_new, seat.is_quiet, seat.is_muted, reason,
                seat.pk == turn_id, asked.get(seat.pk, ""),
            )
        )  # fmt: skip
    return found
