"""How a concern climbs: each step once, in one transaction with its record, whoever takes it.

The paces are counted in UTC from the press. A clock put forward makes steps due, one after the other, and skips none;
a clock put back is seen by `seen_at` and moves the next step back with it, so that nobody waits longer than the pace.
Private to the room: services call it with the concern locked.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from django.db import transaction

from companionway.concerns.events import ConcernClimbed, NobodyReached
from companionway.concerns.models import Concern, Pace, Step
from companionway.concerns.models._concerns import TOLERANCE
from companionway.concerns.models._pace import AGAIN
from companionway.concerns.states import PASSED, TELLING, Stage, State, StepKind
from companionway.foundation import live
from companionway.foundation.events import announce
from companionway.oncall import queries as oncall
from companionway.oncall.queries import Rung

_WANTED: Final = {Stage.FIRST: 1, Stage.NUDGE: 1, Stage.BACKUP: 2, Stage.LEAD: 3}


def pace_of(organisation_id: int) -> Pace:
    found = Pace.objects.filter(organisation=organisation_id).first()
    return found or Pace(organisation_id=organisation_id)


def raisers_of(concern: Concern) -> set[int]:
    voices = concern.voices.exclude(person=None).values_list("person_id", flat=True)
    return {each for each in voices if each is not None} | ({concern.raised_by_id} - {None})  # type: ignore[operator]


def kept_from(concern: Concern) -> set[int]:
    """Who is never told of it and never answers it: whom it is about, whom they named, and who raised it."""
    apart = set(concern.kept_from.values_list("person_id", flat=True)) | raisers_of(concern)
    return apart | ({concern.about_id} if concern.about_id else set())


def told_ids(concern: Concern, *, this_round: bool = False) -> set[int]:
    rows = concern.steps.filter(kind__in=TELLING).exclude(person=None)
    rows = rows.filter(round=concern.round) if this_round else rows
    return {each for each in rows.values_list("person_id", flat=True) if each is not None}


def held_counts(organisation_id: int) -> dict[int, int]:
    """How many real concerns each person has at this moment."""
    counts: dict[int, int] = {}
    held = Concern.objects.real().filter(organisation=organisation_id, state=State.HELD)
    for person_id in held.values_list("held_by_id", flat=True):
        if person_id is not None:
            counts[person_id] = counts.get(person_id, 0) + 1
    return counts


def begin(concern: Concern, now: datetime) -> set[int]:
    """The first step, in the deed that raised it or handed it over: returns who was told."""
    concern.stage, concern.counts_from, concern.seen_at = Stage.FIRST, now, now
    told = _tell_next(concern, Stage.FIRST, now)
    _wait_for_next(concern, now)
    concern.save()
    return told


def climb(concern: Concern, now: datetime) -> bool:
    """Take every step that is due on this locked concern. Returns whether one was taken."""
    now = now.astimezone(UTC)
    if concern.state != State.OPEN or concern.next_step_at is None:
        return False
    if now < concern.seen_at - TOLERANCE:
        back = concern.seen_at - now
        concern.next_step_at -= back
        concern.counts_from -= back
        concern.seen_at = now
    concern.seen_at = max(concern.seen_at, now)
    climbed = False
    while concern.next_step_at <= now:
        _step(concern, now)
        climbed = True
    concern.save(update_fields=["seen_at", "next_step_at", "counts_from", "stage", "round", "nobody_at"])
    return climbed


def _step(concern: Concern, now: datetime) -> None:
    """The one stage that is due, its rows and its record."""
    due_at = concern.next_step_at or now
    if concern.stage >= Stage.PHONE:
        concern.stage, concern.round = Stage.AGAIN, concern.round + 1
        told = _tell(concern, _askable(concern, now), Stage.AGAIN, StepKind.TOLD, due_at, now)
    else:
        concern.stage += 1
        told = _tell_next(concern, Stage(concern.stage), now, due_at)
    if concern.stage == Stage.PHONE:
        _row(concern, Stage.PHONE, StepKind.PHONE, None, due_at, now)
        _say_nobody(concern, now)
    announce(
        ConcernClimbed(
            actor_id=None,
            subject=f"concern:{concern.pk}",
            concern_id=concern.pk,
            round=concern.round,
            stage=concern.stage,
            told_ids=sorted(told),
        ),
        at=now,
    )
    _wait_for_next(concern, now)
    tell_live(concern, told)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that comes if nobody says "I have it": when, which, and who would be told."""

    at: datetime
    stage: Stage
    names: list[str]


def ahead(concern: Concern, now: datetime) -> list[Ahead]:
    """What would happen next, with the ladder as it is this minute; nothing is written."""
    told, found = told_ids(concern, this_round=True), []
    rungs, pace = _askable(concern, now), pace_of(concern.organisation_id)
    for number in range(concern.stage + 1, Stage.PHONE + 1):
        stage, rest = Stage(number), [rung for rung in rungs if rung.person_id not in told]
        if stage == Stage.NUDGE and told:
            chosen = [rung for rung in rungs if rung.person_id in told]
        else:
            chosen = rest if stage == Stage.PHONE else _next_rung(concern, rest, _WANTED[stage])
        told |= {rung.person_id for rung in chosen}
        if chosen or stage == Stage.PHONE:
            found.append(
                Ahead(concern.counts_from + pace.after(stage), stage, [rung.name for rung in chosen])
            )
    return found


def _wait_for_next(concern: Concern, now: datetime) -> None:
    if concern.stage >= Stage.PHONE:
        concern.next_step_at = now + AGAIN
    else:
        concern.next_step_at = concern.counts_from + pace_of(concern.organisation_id).after(concern.stage + 1)


def _askable(concern: Concern, now: datetime) -> list[Rung]:
    apart = kept_from(concern)
    return [rung for rung in oncall.ladder(concern.organisation, now) if rung.person_id not in apart]


def _tell_next(concern: Concern, stage: Stage, now: datetime, due_at: datetime | None = None) -> set[int]:
    """Whoever comes next on the ladder; at the end of it, everybody who was not told yet."""
    due_at = due_at or now
    before = told_ids(concern, this_round=True)
    rungs = _askable(concern, now)
    if stage == Stage.NUDGE and before:
        again = [rung for rung in rungs if rung.person_id in before]
        if again:
            return _tell(concern, again, stage, StepKind.NUDGED, due_at, now)
    passed = set(
        concern.steps.filter(round=concern.round, kind__in=PASSED).values_list("person_id", flat=True)
    )
    rest = [rung for rung in rungs if rung.person_id not in before]
    fresh = [rung for rung in rest if rung.person_id not in passed] or rest
    chosen = fresh if stage == Stage.PHONE else _next_rung(concern, fresh, _WANTED[stage])
    told = _tell(concern, chosen, stage, StepKind.TOLD, due_at, now)
    if not told and not before:
        _row(concern, stage, StepKind.NOBODY, None, due_at, now)
        _say_nobody(concern, now)
    return told


def _next_rung(concern: Concern, rungs: list[Rung], wanted: int) -> list[Rung]:
    """The lowest step from `wanted` on that has somebody with room; a missing step is not waited for."""
    if not concern.is_drill:
        most, held = pace_of(concern.organisation_id).most_held, held_counts(concern.organisation_id)
        rungs = [rung for rung in rungs if held.get(rung.person_id, 0) < most] or rungs
    above = [rung for rung in rungs if rung.step >= wanted] or rungs
    lowest = min((rung.step for rung in above), default=0)
    return [rung for rung in above if rung.step == lowest]


def _tell(
    concern: Concern, rungs: Iterable[Rung], stage: Stage, kind: StepKind, due_at: datetime, now: datetime
) -> set[int]:
    people = {rung.person_id for rung in rungs}
    for person_id in sorted(people):
        _row(concern, stage, kind, person_id, due_at, now)
    return people


def _row(
    concern: Concern, stage: Stage, kind: StepKind, person_id: int | None, due_at: datetime, now: datetime
) -> None:
    same = {"round": concern.round, "stage": stage, "kind": kind}
    if not concern.steps.filter(**same, person=person_id).exists():
        Step.objects.create(concern=concern, person_id=person_id, due_at=due_at, happened_at=now, **same)


def note(concern: Concern, kind: StepKind, person_id: int | None, now: datetime) -> None:
    """A step that somebody took: acknowledged, handed over, stood down, closed."""
    _row(concern, Stage(concern.stage), kind, person_id, now, now)


def _say_nobody(concern: Concern, now: datetime) -> None:
    if concern.nobody_at is None:
        concern.nobody_at = now
        subject = f"concern:{concern.pk}"
        announce(NobodyReached(actor_id=None, subject=subject, concern_id=concern.pk), at=now)


def let_go(concern: Concern, now: datetime) -> None:
    """Whoever had it is leaving: it is open again, and its first step is due at once, when they are gone."""
    concern.state, concern.stage, concern.held_by, concern.held_at = State.OPEN, Stage.FIRST, None, None
    concern.alive_at = concern.asked_at = None
    concern.round += 1
    concern.next_step_at = concern.counts_from = concern.seen_at = now.astimezone(UTC)
    concern.save()


def tell_live(concern: Concern, person_ids: Collection[int]) -> None:
    """After the commit: every page of these people, and of those who raised it, looks again. No words travel."""
    people = set(person_ids) | raisers_of(concern) | ({concern.held_by_id} if concern.held_by_id else set())
    frame = f"event: concern\ndata: {json.dumps({'c': concern.public_id})}\n\n".encode()
    transaction.on_commit(partial(live.publish, sorted(people), frame))
