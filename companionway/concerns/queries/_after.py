"""Who rests, and what is offered to somebody after a hard night."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from companionway.concerns import climbing, policy
from companionway.concerns.models import Concern, Task, Voice
from companionway.concerns.opening import open_task
from companionway.concerns.states import Answer, State, TaskKind
from companionway.people.models import Person

# An offer that nobody answered for a day has been made; after that nobody rests against their will.
OFFER_STANDS: Final = timedelta(days=1)


def resting_ids(person_ids: Collection[int], now: datetime | None = None) -> set[int]:
    """Who of these is not introduced to anybody new: they carry a concern, or their talk afterwards is not answered
    yet (a day at most, or until the clock of late things has passed), or they asked for one and it was not held.

    One question, however many people: few rest at a time.
    """
    if not person_ids:
        return set()
    live = Concern.objects.live().real()
    raised = Voice.objects.filter(concern__in=live.values("pk")).values_list("person_id", flat=True)
    held = live.values_list("held_by_id", flat=True)
    offers = Task.objects.filter(kind=TaskKind.DEBRIEF, done_at=None)
    unanswered = Q(answer=Answer.NONE, late_said_at=None)
    if now is not None:
        unanswered &= Q(offered_at__gt=now - OFFER_STANDS)
    rests = offers.filter(unanswered | Q(answer=Answer.YES)).values_list("person_id", flat=True)
    return set(raised.order_by().union(held.order_by(), rests.order_by())) & set(person_ids)


@dataclass(frozen=True, slots=True)
class Care:
    """What is offered to me: talks afterwards to answer, words to find, and what I raised that is still live."""

    offers: list[Task]
    live: list[Concern]


def care_for(actor: Person) -> Care:
    tasks = Task.objects.filter(person=actor, done_at=None, kind=TaskKind.DEBRIEF, answer=Answer.NONE)
    live = policy.raised_by(actor).live().select_related("held_by")
    return Care(list(tasks.select_related("concern", "holder").order_by("pk")), list(live.order_by("pk")))


@dataclass(frozen=True, slots=True)
class Carried:
    """Who carried a concern that is over, whom it was about, and to whom a talk afterwards was offered with it."""

    person_ids: list[int]
    about_id: int | None
    offered_ids: set[int]
    over_at: datetime


def carried_of(concern_id: int) -> Carried | None:
    """For the care of supporters; None for a drill, what is not over, and a press taken back before anybody had it.

    Whoever raised it for themselves did not carry it for somebody else.
    """
    concern = Concern.objects.real().filter(pk=concern_id).first()
    if (
        concern is None
        or concern.over_at is None
        or (concern.state == State.STOOD_DOWN and concern.first_held_at is None)
    ):
        return None
    raisers = set() if concern.is_own else climbing.raisers_of(concern)
    held = {concern.held_by_id} if concern.held_by_id is not None else set()
    offers = concern.tasks.filter(kind=TaskKind.DEBRIEF).exclude(person=None)
    offered = set(offers.values_list("person_id", flat=True))
    return Carried(sorted(raisers | held), concern.about_id, offered, concern.over_at)


def offer_to(person: Person, concern_id: int) -> Task | None:
    """The talk afterwards that is offered to somebody with this concern and is not over."""
    tasks = Task.objects.filter(concern=concern_id, person=person, kind=TaskKind.DEBRIEF, done_at=None)
    return tasks.select_related("concern").first()


def said_of(task: Task) -> str:
    """What was said of how it went, for whoever may see the task; nothing once whoever said it has left."""
    return open_task(task)


def repair_due(actor: Person, other: Person) -> Task | None:
    """A word that `actor` may want to find for `other`, after a concern the other knows of."""
    tasks = Task.objects.filter(person=actor, kind=TaskKind.REPAIR, done_at=None, concern__about=other)
    return tasks.exclude(concern__shown_at=None).select_related("concern").order_by("pk").first()
