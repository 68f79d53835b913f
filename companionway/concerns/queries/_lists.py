"""Concerns and what is due, as lists: in the order in which they were received."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from companionway.concerns import policy
from companionway.concerns.models import Concern, Task
from companionway.concerns.states import OVER, Answer, State, TaskKind
from companionway.foundation.prepared import Statement, statement_of
from companionway.people.models import Person

SHOWN_AFTER: Final = timedelta(days=14)


def concern_for(actor: Person, public_id: str) -> Concern | None:
    """The concern behind an address, for whoever may see it."""
    found = policy.visible_to(actor).filter(public_id=public_id)
    return found.select_related("raised_by", "about", "held_by", "organisation").first()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the desk."""

    concern: Concern
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return self.concern.state == State.OPEN


def open_concerns(actor: Person, now: datetime) -> list[Row]:
    """What nobody has before what somebody has, each in the order received; real ones before drills."""
    found = policy.answerable_by(actor).live().select_related("raised_by", "about", "held_by")
    return _rows(found, actor)


def _rows(found: Iterable[Concern], actor: Person) -> list[Row]:
    rows = [Row(each, each.held_by_id == actor.pk) for each in found]
    return sorted(rows, key=lambda row: (not row.is_open, row.concern.is_drill, row.concern.pk))


def live_and_recent(actor: Person, now: datetime) -> tuple[list[Row], list[Concern]]:
    """What is live, as `open_concerns` orders it, and what was lately over, newest first: in one question.

    The screen of those on call asks this every few seconds.
    """
    lately = Q(state__in=OVER, over_at__gte=now - SHOWN_AFTER)
    found = policy.answerable_by(actor).filter(~Q(state__in=OVER) | lately)
    both = list(found.select_related("raised_by", "about", "held_by").order_by("-over_at", "-pk"))
    live = [each for each in both if each.state not in OVER]
    return _rows(live, actor), [each for each in both if each.state in OVER]


def live_to_count(actor: Person) -> Statement:
    """What waits for anybody to have it, to be counted together with what is new elsewhere."""
    return statement_of(policy.answerable_by(actor).climbing())


def my_concerns(actor: Person) -> QuerySet[Concern]:
    """Those I raised, and those about me that I may see, newest first."""
    found = Q(pk__in=policy.raised_by(actor).values("pk")) | Q(pk__in=policy.about_me(actor).values("pk"))
    return Concern.objects.filter(found).select_related("held_by", "about").order_by("-pk")


def tasks_due(actor: Person, now: datetime) -> list[Task]:
    """What I have to do, or hold for somebody; for leads also what is late for others. Soonest first."""
    return due_and_offered(actor, now)[0]


def due_and_offered(actor: Person, now: datetime) -> tuple[list[Task], list[Task]]:
    """The same, and the talks afterwards that are offered to me and wait for an answer: in one question."""
    mine = Q(person=actor) & ~Q(kind=TaskKind.DEBRIEF)
    held = Q(holder=actor, kind=TaskKind.DEBRIEF, answer=Answer.YES)
    late = Q(due_at__lte=now) & (~Q(kind=TaskKind.DEBRIEF) | Q(answer=Answer.YES))
    offered = Q(person=actor, kind=TaskKind.DEBRIEF, answer=Answer.NONE)
    found = policy.tasks_visible_to(actor).filter(done_at=None).filter(mine | held | late | offered)
    found = found.exclude(~Q(person=actor), kind=TaskKind.REPAIR)
    rows = list(found.select_related("concern__about", "person", "holder").order_by("due_at", "pk"))
    return [each for each in rows if not _is_offer(each)], [each for each in rows if _is_offer(each)]


def _is_offer(task: Task) -> bool:
    return task.kind == TaskKind.DEBRIEF and task.answer == Answer.NONE
