"""Afterwards: the talk that is offered, what was due, and whether a reason for silence still holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from companionway.concerns import policy
from companionway.concerns.events import DebriefAnswered, DecisionRecorded, TaskDone, TaskLate
from companionway.concerns.models import Decision, Task
from companionway.concerns.opening import seal_decision, seal_task
from companionway.concerns.services._deciding import set_task, show
from companionway.concerns.states import Answer, DecisionKind, TaskKind
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people.models import Person

REASON_HOLDS_ON: Final = timedelta(days=7)


def _locked(actor: Person, task: Task) -> Task:
    tasks = policy.tasks_visible_to(actor).select_for_update(of=("self",)).select_related("concern__held_by")
    return tasks.get(pk=task.pk)


@transaction.atomic
def answer_debrief(*, actor: Person, task: Task, wanted: bool, now: datetime) -> Task:
    """Say yes or "not this time" to a talk afterwards; both are noted, and no is a good answer. Raises Refused."""
    locked = _locked(actor, task)
    require(policy.may_answer_offer(actor, locked))
    locked.answer, locked.answered_at = (Answer.YES if wanted else Answer.SKIPPED), now
    if not wanted:
        locked.done_at, locked.done_by = now, actor
    locked.save(update_fields=["answer", "answered_at", "done_at", "done_by"])
    announce(
        DebriefAnswered(
            actor_id=actor.pk,
            subject=f"concern_task:{locked.pk}",
            concern_id=locked.concern_id,
            task_id=locked.pk,
            wanted=wanted,
            holder_id=locked.holder_id,
        ),
        at=now,
    )
    return locked


@transaction.atomic
def finish_task(*, actor: Person, task: Task, words: str = "", now: datetime) -> Task:
    """It was done: in touch, the word between the two, the talk held, what was learned. Raises Refused."""
    locked = _locked(actor, task)
    require(policy.may_finish(actor, locked))
    _finish(locked, actor, words, now)
    return locked


def _finish(task: Task, actor: Person, words: str, now: datetime) -> None:
    task.done_at, task.done_by = now, actor
    task.sealed = seal_task(task, words)
    task.save(update_fields=["done_at", "done_by", "sealed"])
    done = TaskDone(
        actor_id=actor.pk,
        subject=f"concern_task:{task.pk}",
        concern_id=task.concern_id,
        task_id=task.pk,
        kind_key=task.kind,
    )
    announce(done, at=now)


@transaction.atomic
def review_reason(*, actor: Person, task: Task, tell: bool, words: str = "", now: datetime) -> Task:
    """Look again at why the member was not told: show it to them now, or write why still not. Raises Refused."""
    locked = _locked(actor, task)
    require(policy.may_review_reason(actor, locked))
    _finish(locked, actor, "", now)
    concern = locked.concern
    if tell:
        show(concern, actor, now)
        return locked
    kind = DecisionKind.NOT_YET
    sealed = seal_decision(concern, kind, {"words": words, "who": "", "when": ""})
    Decision.objects.create(
        concern=concern, author=actor, kind=kind, sealed=sealed, is_shown=False, written_at=now
    )
    subject = f"concern:{concern.pk}"
    announce(
        DecisionRecorded(actor_id=actor.pk, subject=subject, concern_id=concern.pk, kind_key=str(kind)),
        at=now,
    )
    set_task(concern, TaskKind.WHY_NOT, concern.held_by or actor, now + REASON_HOLDS_ON, now)
    return locked


@transaction.atomic
def say_what_is_late(*, actor: Person | None, now: datetime) -> int:
    """Tell each person whose task is late, and the leads, once. Returns how many were late.

    An offered talk that nobody answered for a day is among them: somebody may want to ask in person.
    """
    late = Task.objects.filter(done_at=None, due_at__lte=now, late_said_at=None).exclude(kind=TaskKind.REPAIR)
    found = list(late.select_for_update(of=("self",)).select_related("concern"))
    for task in found:
        task.late_said_at = now
        task.save(update_fields=["late_said_at"])
        people = {task.person_id, task.holder_id} - {None}
        people |= set(policy.leads_of(task.concern).values_list("pk", flat=True))
        announce(
            TaskLate(
                actor_id=actor.pk if actor else None,
                subject=f"concern_task:{task.pk}",
                concern_id=task.concern_id,
                task_id=task.pk,
                person_ids=sorted(each for each in people if each is not None),
            ),
            at=now,
        )
    return len(found)
