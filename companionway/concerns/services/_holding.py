"""Having it, handing it over, standing it down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.concerns import climbing, holding, policy
from companionway.concerns.events import ConcernAcknowledged, ConcernStoodDown
from companionway.concerns.models import Concern
from companionway.concerns.states import State, StepKind
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.oncall import policy as oncall
from companionway.people.models import Person


@transaction.atomic
def acknowledge(*, actor: Person, concern: Concern, now: datetime) -> Concern:
    """Say "I have it": the climb stops, and those who raised it see my name. Raises Refused.

    Twice is once, and says that I still have it (`concerns.holding`).
    """
    locked = _locked(actor, concern)
    if locked.state == State.HELD and locked.held_by_id == actor.pk:
        holding.sign_of_life(locked, now)
        climbing.tell_live(locked, set())
        return locked
    held = climbing.held_counts(locked.organisation_id).get(actor.pk, 0)
    most = climbing.pace_of(locked.organisation_id).most_held
    require(policy.may_acknowledge(actor, locked, held=held, most=most))
    climbing.note(locked, StepKind.HAS_IT, actor.pk, now)
    locked.state, locked.held_by, locked.held_at, locked.next_step_at = State.HELD, actor, now, None
    locked.first_held_at = locked.first_held_at or now
    locked.alive_at, locked.asked_at = now, None
    locked.save(
        update_fields=[
            "state",
            "held_by",
            "held_at",
            "next_step_at",
            "first_held_at",
            "alive_at",
            "asked_at",
        ]
    )
    announce(
        ConcernAcknowledged(
            actor_id=actor.pk,
            subject=f"concern:{locked.pk}",
            concern_id=locked.pk,
            raiser_ids=sorted(climbing.raisers_of(locked)),
        ),
        at=now,
    )
    climbing.tell_live(locked, climbing.told_ids(locked))
    return locked


@transaction.atomic
def hand_over(*, actor: Person, concern: Concern, now: datetime) -> Concern:
    """Give it to the next on the ladder, who is told at once; the paces begin anew. Raises Refused."""
    locked = _locked(actor, concern)
    require(policy.may_hold(actor, locked))
    holding.go_on(locked, StepKind.HANDED_OVER, actor.pk, now)
    return locked


@transaction.atomic
def let_go_of_all(*, actor: Person | None, person: Person, now: datetime) -> int:
    """Somebody who can no longer be on call (role ended, taking a break) has none any more; returns how many went on.

    Doing it again changes nothing, and neither does doing it for somebody who can still stand.
    """
    if oncall.people_who_may_stand(person.organisation_id, now).filter(pk=person.pk).exists():
        return 0
    live = Concern.objects.live().select_for_update(of=("self",)).select_related("organisation")
    kept = list(live.filter(held_by=person).order_by("pk"))
    for concern in kept:
        holding.go_on(concern, StepKind.LET_GO, actor.pk if actor else None, now)
    return len(kept)


@transaction.atomic
def stand_down(*, actor: Person, concern: Concern, now: datetime) -> Concern:
    """It was not needed after all. Nobody asks why, and everybody is thanked. Raises Refused."""
    locked = _locked(actor, concern)
    require(policy.may_stand_down(actor, locked))
    climbing.note(locked, StepKind.STOOD_DOWN, actor.pk, now)
    locked.state, locked.over_at, locked.next_step_at = State.STOOD_DOWN, now, None
    locked.save(update_fields=["state", "over_at", "next_step_at"])
    subject = f"concern:{locked.pk}"
    announce(ConcernStoodDown(actor_id=actor.pk, subject=subject, concern_id=locked.pk), at=now)
    climbing.tell_live(locked, climbing.told_ids(locked))
    return locked


def _locked(actor: Person, concern: Concern) -> Concern:
    """Locked and read anew: whoever was first has it."""
    return (
        policy.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("held_by", "organisation")
        .get(pk=concern.pk)
    )
