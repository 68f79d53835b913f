"""The clock of whoever has a concern: one that is held by somebody who fell asleep must not lie still.

Without a sign of life for as long as the pace's last step they are asked whether they still have it; without an answer
for as long again nobody has it, and it climbs anew. A drill is left in peace. Private to the room: services call it
with the concern locked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from companionway.concerns import climbing
from companionway.concerns.events import ConcernHandedOver, HolderAsked
from companionway.concerns.models import Concern, ConcernQuerySet
from companionway.concerns.models._concerns import TOLERANCE
from companionway.concerns.states import Stage, State, StepKind
from companionway.foundation.events import announce


def sign_of_life(concern: Concern, now: datetime) -> None:
    """Whoever has it did something about it."""
    concern.alive_at, concern.asked_at = now, None
    concern.save(update_fields=["alive_at", "asked_at"])


def due_ids(climbing: ConcernQuerySet, now: datetime) -> list[int]:
    """Those of `climbing`, and those whose holder is to be asked, or has not answered; or whose clock was put back.

    One question: the screen of those on call asks it every few seconds.
    """
    held = Concern.objects.real().filter(state=State.HELD)
    found: list[int] = []
    due: list[int] = []
    patience: dict[int, timedelta] = {}
    rows = (climbing | held).order_by("pk")
    for pk, state, organisation, *moments in rows.values_list(
        "pk", "state", "organisation_id", "asked_at", "alive_at", "held_at"
    ):
        if state == State.OPEN:
            due.append(pk)
            continue
        since = next(each for each in moments if each)
        if organisation not in patience:
            patience[organisation] = _patience(organisation)
        if now >= since + patience[organisation] or now < since - TOLERANCE:
            found.append(pk)
    return due + found


def watch(concern: Concern, now: datetime) -> bool:
    """Ask the holder, or let it climb anew, when that is due. Returns whether something happened."""
    now = now.astimezone(UTC)
    since = concern.asked_at or concern.alive_at or concern.held_at
    if concern.state != State.HELD or concern.is_drill or since is None:
        return False
    if now < since - TOLERANCE:
        concern.alive_at, concern.asked_at = now, now if concern.asked_at else None
        concern.save(update_fields=["alive_at", "asked_at"])
        return False
    if now < since + _patience(concern.organisation_id):
        return False
    if concern.asked_at or concern.held_by_id is None:
        go_on(concern, StepKind.SILENT, None, now)
    else:
        _ask(concern, concern.held_by_id, now)
    return True


def _ask(concern: Concern, holder_id: int, now: datetime) -> None:
    concern.asked_at = now
    concern.save(update_fields=["asked_at"])
    climbing.note(concern, StepKind.ASKED, holder_id, now)
    subject = f"concern:{concern.pk}"
    asked = int(now.timestamp())
    announce(
        HolderAsked(actor_id=None, subject=subject, concern_id=concern.pk, holder_id=holder_id, asked=asked),
        at=now,
    )
    climbing.tell_live(concern, set())


def go_on(concern: Concern, kind: StepKind, actor_id: int | None, now: datetime) -> None:
    """Whoever had it has it no more: the next on the ladder is told at once, and the paces begin anew."""
    had_it = concern.held_by_id
    concern.state, concern.held_by, concern.held_at = State.OPEN, None, None
    concern.alive_at = concern.asked_at = None
    concern.round, concern.next_step_at = concern.round + 1, now
    climbing.note(concern, kind, had_it, now)
    told = climbing.begin(concern, now.astimezone(UTC))
    announce(
        ConcernHandedOver(
            actor_id=actor_id,
            subject=f"concern:{concern.pk}",
            concern_id=concern.pk,
            round=concern.round,
            told_ids=sorted(told),
        ),
        at=now,
    )
    climbing.tell_live(concern, told | ({had_it} - {None}))  # type: ignore[operator]


def _patience(organisation_id: int) -> timedelta:
    return climbing.pace_of(organisation_id).after(Stage.PHONE)
