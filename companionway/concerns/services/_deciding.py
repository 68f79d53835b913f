"""Deciding together, and closing: what was decided, who was told, whether the member was told and asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from companionway.concerns import climbing, holding, policy
from companionway.concerns.events import ConcernClosed, ConcernShown, DecisionRecorded, TaskSet
from companionway.concerns.models import Concern, Decision, Task
from companionway.concerns.opening import seal_decision
from companionway.concerns.states import DecisionKind, State, StepKind, TaskKind
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people.models import Person

REASON_HOLDS: Final = timedelta(days=1)
NEXT_DAY: Final = timedelta(days=1)
# "within 1 working day of any crisis contact"
DEBRIEF_WITHIN: Final = timedelta(days=1)
REVIEW_WITHIN: Final = timedelta(days=14)


@transaction.atomic
def record_decision(
    *,
    actor: Person,
    concern: Concern,
    kind: DecisionKind,
    words: str,
    who: str = "",
    when: str = "",
    is_shown: bool = True,
    now: datetime,
) -> Decision:
    """Write down what was decided, said or done; it stays as it is. Raises Refused.

    "They were told" shows the concern to the person it is about. "Not yet, and why" keeps it from them, and is
    looked at again after a day.
    """
    locked = policy.visible_to(actor).select_for_update().get(pk=concern.pk)
    require(policy.may_decide(actor, locked))
    made = Decision.objects.create(
        concern=locked,
        author=actor,
        kind=kind,
        sealed=seal_decision(locked, kind, {"words": words, "who": who, "when": when}),
        is_shown=is_shown and kind != DecisionKind.NOT_YET,
        written_at=now,
    )
    subject = f"concern:{locked.pk}"
    told = DecisionRecorded(actor_id=actor.pk, subject=subject, concern_id=locked.pk, kind_key=str(kind))
    announce(told, at=now)
    if kind == DecisionKind.MEMBER_TOLD:
        show(locked, actor, now)
    if kind == DecisionKind.NOT_YET and not locked.is_drill:
        locked.shown_at = None
        locked.save(update_fields=["shown_at"])
        set_task(locked, TaskKind.WHY_NOT, locked.held_by or actor, now + REASON_HOLDS, now)
    if locked.held_by_id == actor.pk:
        holding.sign_of_life(locked, now)
    climbing.tell_live(locked, climbing.told_ids(locked))
    return made


def show(concern: Concern, actor: Person, now: datetime) -> None:
    """From now on the person it is about sees that it exists. Never where it goes round them."""
    if concern.goes_round or concern.about_id is None or concern.is_own or concern.is_drill:
        return
    concern.tasks.filter(kind=TaskKind.WHY_NOT, done_at=None).update(done_at=now, done_by=actor)
    if concern.shown_at is None:
        concern.shown_at = now
        concern.save(update_fields=["shown_at"])
        subject, member = f"concern:{concern.pk}", concern.about_id
        announce(
            ConcernShown(actor_id=actor.pk, subject=subject, concern_id=concern.pk, member_id=member), at=now
        )


def set_task(
    concern: Concern,
    kind: TaskKind,
    person: Person,
    due_at: datetime,
    now: datetime,
    holder: Person | None = None,
) -> None:
    """Something due, once for each person while it is not done."""
    task, is_new = Task.objects.get_or_create(
        concern=concern, kind=kind, person=person, done_at=None,
        defaults={"due_at": due_at, "offered_at": now, "holder": holder},
    )  # fmt: skip
    if is_new:
        announce(
            TaskSet(
                actor_id=None,
                subject=f"concern_task:{task.pk}",
                concern_id=concern.pk,
                task_id=task.pk,
                kind_key=str(kind),
                person_id=person.pk,
            ),
            at=now,
        )


@transaction.atomic
def close(*, actor: Person, concern: Concern, outcome: str, words: str = "", now: datetime) -> Concern:
    """End it with how it ended; everything that is due afterwards is set in the same deed. Raises Refused."""
    locked = (
        policy.visible_to(actor).select_for_update(of=("self",)).select_related("held_by").get(pk=concern.pk)
    )
    require(policy.may_close(actor, locked))
    require(policy.may_end_as(locked, outcome))
    climbing.note(locked, StepKind.CLOSED, actor.pk, now)
    if words:
        sealed = seal_decision(locked, DecisionKind.TALKED, {"words": words, "who": "", "when": ""})
        Decision.objects.create(
            concern=locked, author=actor, kind=DecisionKind.TALKED, sealed=sealed, written_at=now
        )
    locked.state, locked.over_at, locked.outcome = State.CLOSED, now, outcome
    locked.save(update_fields=["state", "over_at", "outcome"])
    raisers = sorted(climbing.raisers_of(locked))
    announce(
        ConcernClosed(
            actor_id=actor.pk,
            subject=f"concern:{locked.pk}",
            concern_id=locked.pk,
            is_drill=locked.is_drill,
            raiser_ids=raisers,
        ),
        at=now,
    )
    if not locked.is_drill:
        _care_afterwards(locked, raisers, now)
    _let_go_of_the_erased(locked)
    climbing.tell_live(locked, climbing.told_ids(locked))
    return locked


def _care_afterwards(concern: Concern, raisers: list[int], now: datetime) -> None:
    """Contact the next day, a word between the two, a talk for everybody who carried it, and what is learned."""
    holder = concern.held_by
    people = list(Person.objects.here().filter(pk__in=raisers).order_by("pk"))
    if holder is not None:
        set_task(concern, TaskKind.CONTACT, holder, now + NEXT_DAY, now)
        set_task(concern, TaskKind.REVIEW, holder, now + REVIEW_WITHIN, now)
        lead = policy.leads_of(concern).exclude(pk=holder.pk).order_by("pk").first()
        set_task(concern, TaskKind.DEBRIEF, holder, now + DEBRIEF_WITHIN, now, lead)
    for person in people:
        if concern.is_own:
            continue
        set_task(concern, TaskKind.DEBRIEF, person, now + DEBRIEF_WITHIN, now, holder)
        if concern.about_id is not None and not concern.goes_round:
            set_task(concern, TaskKind.REPAIR, person, now + NEXT_DAY, now)


def _let_go_of_the_erased(concern: Concern) -> None:
    """Kept only as long as it was needed: the person it was about has deleted everything."""
    if concern.about is not None and concern.about.erased_at is not None:
        concern.about = None
        concern.save(update_fields=["about"])
