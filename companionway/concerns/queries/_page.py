"""One concern as a page shows it: who has it, who was told when, who comes next, and whom to call meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from companionway.concerns import climbing, outcomes, policy
from companionway.concerns.climbing import Ahead
from companionway.concerns.models import Concern, Opened, Step, Task
from companionway.concerns.states import Answer, Stage, State, TaskKind
from companionway.oncall import queries as oncall
from companionway.oncall.queries import PhoneEntry
from companionway.people.models import Organisation, Person
from companionway.plans.queries import PlanForConcern, plan_for_concern
from companionway.safety import queries as safety
from companionway.safety.queries import Shelf


@dataclass(frozen=True)
class ConcernPage:
    """What stands on the page; `role` is "raiser", "answerer" or "member". Words come from `services.read_concern`."""

    concern: Concern
    role: str
    steps: list[Step] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    phones: list[PhoneEntry] = field(default_factory=list)
    shelf: Shelf | None = None
    openings: list[Opened] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    has_joined: bool = False
    may: dict[str, bool] = field(default_factory=dict)
    outcome: str = ""
    plan: PlanForConcern | None = None

    @property
    def is_asked_again(self) -> bool:
        """Whoever has it was asked whether they still do, and has not answered."""
        return self.concern.state == State.HELD and self.concern.asked_at is not None

    @property
    def nobody_has_it(self) -> bool:
        return self.concern.state == State.OPEN

    @property
    def nobody_reached(self) -> bool:
        """Nobody has it, and everybody was asked, or nobody is there to be asked."""
        return self.nobody_has_it and (
            self.concern.nobody_at is not None or self.concern.stage >= Stage.PHONE
        )

    @property
    def was_told(self) -> bool:
        return any(step.person_id for step in self.steps)


def page_of(actor: Person, concern: Concern, today: date, now: datetime) -> ConcernPage:
    """The page for whoever may see it. A member about whom it is sees that it exists, and nothing of the climb."""
    outcome = outcomes.words_of(concern.outcome)
    role = _role(actor, concern)
    if role == "member":
        return ConcernPage(concern, role, outcome=outcome, shelf=_shelf(concern.organisation, today))
    is_open = concern.state == State.OPEN
    held, most = _room(actor, concern) if is_open else (0, 1)
    steps = concern.steps.select_related("person").order_by("pk")
    return ConcernPage(
        concern,
        role,
        steps=list(steps),
        ahead=climbing.ahead(concern, now) if is_open else [],
        phones=oncall.phone_list(concern.organisation) if is_open and concern.nobody_at else [],
        shelf=_shelf(concern.organisation, today),
        openings=list(concern.openings.select_related("person").order_by("pk")),
        tasks=_tasks(actor, concern),
        has_joined=concern.voices.filter(person=actor, joined=True).exists(),
        may={
            "acknowledge": bool(policy.may_acknowledge(actor, concern, held=held, most=most)),
            "hand_over": bool(policy.may_hold(actor, concern)),
            "stand_down": bool(policy.may_stand_down(actor, concern)),
            "add": bool(policy.may_add_words(actor, concern)),
            "decide": bool(policy.may_decide(actor, concern)),
            "close": concern.state == State.HELD and concern.held_by_id == actor.pk,
            "see_decisions": bool(policy.may_decide(actor, concern)) or concern.is_own,
        },
        outcome=outcome,
        plan=_plan(actor, concern, now),
    )


def _plan(actor: Person, concern: Concern, now: datetime) -> PlanForConcern | None:
    """What may be said of the plan of whom it is about: to who answers, or whom a part is shared with."""
    if concern.about is None or concern.about_id == actor.pk or concern.goes_round or concern.is_over:
        return None
    found = plan_for_concern(actor, concern.about, now)
    return found if found.is_open or found.may_open else None


def _room(actor: Person, concern: Concern) -> tuple[int, int]:
    organisation = concern.organisation_id
    return climbing.held_counts(organisation).get(actor.pk, 0), climbing.pace_of(organisation).most_held


def _role(actor: Person, concern: Concern) -> str:
    if policy.is_raiser(actor, concern):
        return "raiser"
    return "answerer" if policy.is_answerer(actor, concern) else "member"


def _tasks(actor: Person, concern: Concern) -> list[Task]:
    """Mine; for who answers it, everybody's that is not a talk only two people know of."""
    found = policy.tasks_visible_to(actor).filter(concern=concern).select_related("person", "holder")
    return [
        task
        for task in found.order_by("due_at", "pk")
        if task.person_id == actor.pk
        or (task.kind != TaskKind.DEBRIEF and task.kind != TaskKind.REPAIR)
        or (task.holder_id == actor.pk and task.answer == Answer.YES)
    ]


def _shelf(organisation: Organisation, today: date) -> Shelf:
    return safety.lines_for(organisation, organisation.country, today)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who would be told by a press this minute, who else is on call, and the numbers for when nobody is."""

    first: list[str]
    others: list[oncall.Rung]
    next_turn_at: datetime | None
    shelf: Shelf
    goes_round: bool


def who_is_asked(actor: Person, about: Person | None, today: date, now: datetime) -> Asked:
    """For the page before the press. Whom it goes round is not named on it."""
    organisation, goes_round = actor.organisation, policy.goes_round(about)
    apart = {actor.pk} | ({about.pk} if about and goes_round else set())
    rungs = [rung for rung in oncall.ladder(organisation, now) if rung.person_id not in apart]
    lowest = min((rung.step for rung in rungs), default=0)
    first = [rung.name for rung in rungs if rung.step == lowest]
    back_at = None if rungs else oncall.next_turn_at(organisation, now)
    return Asked(first, rungs, back_at, _shelf(organisation, today), goes_round and about != actor)
