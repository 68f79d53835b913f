"""How shares and seats look to one person in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from companionway.foundation import sealing
from companionway.gatherings.models import Asking, Reaction, Seat, Share, ShareQuerySet
from companionway.gatherings.queries._seats import name_of
from companionway.gatherings.states import ShareState
from companionway.meetings.models import Meeting
from companionway.safety import queries as safety


@dataclass(frozen=True, slots=True)
class ShownShare:
    public_id: str
    # Its place among what was said; None while it waits.
    number: int | None
    name: str
    text: str
    note: str
    at: datetime
    state: str
    is_mine: bool
    # How many are with them, never who.
    with_count: int
    i_am_with: bool
    is_flagged: bool

    @property
    def kind(self) -> str:
        """Which buttons stand beside it."""
        return "mine" if self.is_mine else "with" if self.i_am_with else "other"


@dataclass(frozen=True, slots=True)
class Told:
    """Words on their way to everybody who is here but the persons in `but`, who must not meet whoever said them."""

    meeting_id: int
    meeting: str
    share_id: int
    shown: ShownShare
    but: frozenset[int]


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


def shares_for(
    meeting: Meeting, seat: Seat | None, key: sealing.SealingKey, *, hidden: frozenset[int], since: int
) -> list[ShownShare]:
    """What was said after `since`, in order, and at the end what one wrote oneself that still waits."""
    mine = ~Q(state=ShareState.SAID) & Q(seat=seat.pk if seat else 0)
    rows = _with_signs(_seen(meeting, hidden), seat).filter(Q(number__gt=since) | mine)
    found = [_shown(each, seat, key) for each in rows.select_related("seat")]
    return sorted(found, key=lambda each: each.state != ShareState.SAID)


def marks_of(meeting: Meeting, seat: Seat | None, hidden: frozenset[int]) -> str:
    """For a page that has the words already: everything that is still there, as "id:how many are with it:signs".

    Signs: m my own words, w I am with them, f those who hold it were asked to look.
    """
    found = []
    for row in _with_signs(_seen(meeting, hidden).said().defer("sealed"), seat):
        counted = row.__dict__
        signs = "m" if seat is not None and row.seat_id == seat.pk else ""
        signs += "w" if counted["i_am_with"] else ""
        signs += "f" if seat is None and row.flagged_at else ""
        found.append(f"{row.public_id}:{counted['with_count']}:{signs}")
    return " ".join(found)


def _seen(meeting: Meeting, hidden: frozenset[int]) -> ShareQuerySet:
    rows = Share.objects.filter(meeting=meeting)
    return rows.exclude(seat__person__in=hidden) if hidden else rows


def told(row: Share) -> Told:
    """The same for everybody: nobody's own words, nobody's own sign. Nobody has answered yet what was just said."""
    person_id = row.seat.person_id
    return Told(
        meeting_id=row.meeting_id,
        meeting=row.meeting.public_id,
        share_id=row.pk,
        shown=_shown(row, None, sealing.key_of(sealing.GATHERING, row.meeting_id)),
        but=frozenset(safety.people_kept_from(person_id)) if person_id else frozenset(),
    )


def told_of(share_id: int) -> Told | None:
    """By the number another process said; None when it is gone meanwhile."""
    row = Share.objects.said().filter(pk=share_id).select_related("seat", "meeting").first()
    try:
        return told(row) if row is not None else None
    except sealing.KeyDestroyed:
        return None


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
        number=row.number,
        name=name_of(row.seat, key)[0],
        text=facts["text"],
        note=facts["note"],
        at=row.said_at or row.written_at,
        state=row.state,
        is_mine=is_mine,
        with_count=signs.get("with_count", 0),
        i_am_with=signs.get("i_am_with", False),
        is_flagged=row.flagged_at is not None,
    )


def seats_of(meeting: Meeting, turn_id: int | None, key: sealing.SealingKey) -> list[ShownSeat]:
    newest = Asking.objects.filter(seat=OuterRef("pk")).order_by("-pk")
    asked = Case(When(answered_at=None, then=Value("asked")), default=F("answer"))
    answers = Subquery(newest.annotate(said=asked).values("said")[:1])
    found = []
    for seat in Seat.objects.taken().filter(meeting=meeting).annotate(asked=answers).order_by("pk"):
        name, is_new = name_of(seat, key)
        reason = key.open(seat.sealed_mute, f"{seat.context}:mute") if seat.sealed_mute else ""
        found.append(
            ShownSeat(
                seat.public_id, name, is_new, seat.is_quiet, seat.is_muted, reason,
                seat.pk == turn_id, seat.__dict__["asked"] or "",
            )
        )  # fmt: skip
    return found
