"""One meeting as one person sees it now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from companionway.foundation import sealing
from companionway.gatherings import script as scripts
from companionway.gatherings.models import Asking, Gathering, Seat
from companionway.gatherings.queries._seats import name_of
from companionway.gatherings.queries._shown import (
    ShownSeat,
    ShownShare,
    marks_of,
    seats_of,
    shares_for,
    waiting_in,
)
from companionway.gatherings.script import Script
from companionway.meetings.models import Meeting
from companionway.people.group_rules import Part


@dataclass(frozen=True, slots=True)
class Had:
    """Words up to this number, and what became of them up to this state."""

    since: int
    state: str


@dataclass(frozen=True, slots=True)
class Room:
    """`seats` and `to_read` are filled for those who hold the frame only; nobody else learns how many are here."""

    meeting: Meeting
    gathering: Gathering
    script: Script
    part: Part
    part_ends_at: datetime
    share_ends_at: datetime | None
    pause_reason: str
    goes_round: bool
    turn_name: str
    has_turn: bool
    is_my_turn: bool
    i_had_my_turn: bool
    mute_reason: str
    shares: list[ShownShare]
    # What became of what was said, as a number of changes; `marks` only for a page that has another.
    state: str = ""
    marks: str | None = None
    asking: Asking | None = None
    seats: list[ShownSeat] = field(default_factory=list)
    to_read: list[ShownShare] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.gathering.part + 1

    @property
    def total(self) -> int:
        return self.script.last + 1

    @property
    def next_part(self) -> Part | None:
        return None if self.gathering.part >= self.script.last else self.script.part(self.gathering.part + 1)

    @property
    def quiet_seats(self) -> int:
        return sum(each.is_quiet for each in self.seats)


def room_of(
    meeting: Meeting,
    seat: Seat | None,
    *,
    is_frame: bool,
    hidden: frozenset[int] = frozenset(),
    had: Had | None = None,
) -> Room | None:
    """None where the meeting never opened, has no script any more, or what was said has gone.

    `had`: for a page that has a part already; it gets the rest, and what became of the others.
    """
    gathering = Gathering.objects.filter(meeting=meeting).select_related("turn").first()
    script = scripts.of(meeting.series)
    if gathering is None or script is None or gathering.forgotten_at is not None:
        return None
    try:
        key = sealing.key_of(sealing.GATHERING, meeting.pk)
    except sealing.KeyDestroyed:  # it closed while this page was on its way
        return None
    part, turn = script.part(gathering.part), gathering.turn
    is_timed = part.share_seconds and gathering.turn_began_at is not None and turn is not None
    return Room(
        meeting=meeting,
        gathering=gathering,
        script=script,
        part=part,
        part_ends_at=gathering.part_began_at + timedelta(minutes=part.minutes),
        share_ends_at=_share_ends(gathering, part) if is_timed else None,
        pause_reason=key.open(gathering.sealed_pause, "pause") if gathering.sealed_pause else "",
        goes_round=script.goes_round(gathering.part),
        turn_name=name_of(turn, key)[0] if turn else "",
        has_turn=turn is not None,
        is_my_turn=seat is not None and gathering.turn_id == seat.pk,
        i_had_my_turn=seat is not None and seat.had_turn_in == gathering.part,
        mute_reason=_mute_reason(seat, key),
        shares=shares_for(meeting, seat, key, hidden=hidden, since=had.since if had else 0),
        state=(state := f"{gathering.changes}.{len(hidden)}"),
        marks=marks_of(meeting, seat, hidden) if had and had.state != state else None,
        asking=Asking.objects.filter(seat=seat, answered_at=None).first() if seat else None,
        seats=seats_of(meeting, gathering.turn_id, key) if is_frame else [],
        to_read=waiting_in(meeting, key) if is_frame and script.rules.read_first else [],
    )


def _share_ends(gathering: Gathering, part: Part) -> datetime | None:
    began = gathering.turn_began_at
    return began + timedelta(seconds=part.share_seconds) if began else None


def _mute_reason(seat: Seat | None, key: sealing.SealingKey) -> str:
    if seat is None or not seat.sealed_mute:
        return ""
    return key.open(seat.sealed_mute, f"{seat.context}:mute")
