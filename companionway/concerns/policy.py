"""Who may raise, see, answer and close: who raised it, those told, the leads; never whom it goes round."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.concerns import outcomes
from companionway.concerns.models import Concern, ConcernQuerySet, KeptFrom, Pace, Step, Task, Voice
from companionway.concerns.states import MOVES, TELLING, Answer, DecisionKind, State, StepKind, TaskKind
from companionway.foundation.policy import YES, Verdict, no
from companionway.people import roles
from companionway.people.models import Organisation, Person, RoleHeld
from companionway.safety import policy as safety

TAKE, KEEP, LEAD = "oncall.take_turns", "oncall.keep_rota", "safeguarding.record"
_HEARD: Final = (*TELLING, StepKind.HAS_IT)


def people_one_may_name(actor: Person) -> QuerySet[Person]:
    """Oneself, and whomever one can meet here; for those on call anybody of the organisation."""
    if actor.holds(TAKE):
        return Person.objects.of(actor.organisation_id).here()
    return Person.objects.filter(Q(pk=actor.pk) | Q(pk__in=safety.people_within_reach(actor).values("pk")))


def may_raise(
    actor: Person | None, organisation: Organisation, about: Person | None, is_drill: bool
) -> Verdict:
    """Anybody of the organisation, about anybody they can meet here, about themselves, or about nobody by name."""
    if actor is None:
        return YES if is_drill else no(_("Only a drill begins by itself."))
    if actor.organisation_id != organisation.pk:
        return no(_("This is another organisation."))
    if is_drill and not actor.holds(TAKE):
        return no(_("Somebody who is on call begins a drill."))
    if about is not None and not people_one_may_name(actor).filter(pk=about.pk).exists():
        return no(_("You do not meet this person here."))
    return YES


def goes_round(about: Person | None) -> bool:
    """Whether it is about a supporter or somebody of the team."""
    held = (*roles.STAFF, roles.SUPPORTER)
    return about is not None and RoleHeld.objects.filter(person=about, role__in=held, until_at=None).exists()


def answerable_by(actor: Person) -> ConcernQuerySet:
    """Those that `actor` was told of or has, while they may take turns; for a lead all of the organisation.

    Never one that must go round them, and never one they raised themselves: nobody answers alone.
    """
    mine = Q(pk__in=[])
    if actor.holds(TAKE):
        mine |= Q(pk__in=Step.objects.filter(person=actor, kind__in=_HEARD).values("concern"))
    if actor.holds(LEAD):
        mine |= Q(organisation=actor.organisation_id)
    apart = KeptFrom.objects.filter(person=actor).values("concern")
    own = Voice.objects.filter(person=actor).values("concern")
    found = Concern.objects.filter(mine, organisation=actor.organisation_id).exclude(pk__in=apart)
    return (
        found.exclude(pk__in=own)
        .filter(Q(about=None) | ~Q(about=actor))
        .filter(Q(raised_by=None) | ~Q(raised_by=actor))
    )


def endangered_for(actor: Person, _now: datetime) -> QuerySet[Person]:
    """About whom there is a live concern that this person answers: whoever has it; until then, whoever was told.

    Not a drill, and not one that goes round somebody: they would learn from it that it was told.
    """
    unheld = Q(held_by=None, pk__in=Step.objects.filter(person=actor, kind__in=_HEARD).values("concern"))
    mine = answerable_by(actor).live().real().filter(goes_round=False)
    found = mine.filter(Q(held_by=actor) | unheld).exclude(about=None)
    return Person.objects.of(actor.organisation_id).filter(pk__in=found.values("about"))


def raised_by(actor: Person) -> ConcernQuerySet:
    return Concern.objects.filter(
        Q(raised_by=actor) | Q(pk__in=Voice.objects.filter(person=actor).values("concern"))
    )


def about_me(actor: Person) -> ConcernQuerySet:
    """Those about `actor` that they may see exist: raised by somebody else, and shown to them."""
    return Concern.objects.filter(about=actor, goes_round=False).exclude(shown_at=None)


def visible_to(actor: Person) -> ConcernQuerySet:
    return Concern.objects.filter(
        Q(pk__in=raised_by(actor).values("pk"))
        | Q(pk__in=answerable_by(actor).values("pk"))
        | Q(pk__in=about_me(actor).values("pk"))
    )


def tasks_visible_to(actor: Person) -> QuerySet[Task]:
    """My own, those I hold for somebody, and for leads all of what they may answer."""
    mine = Q(person=actor) | Q(holder=actor)
    if actor.holds(LEAD):
        mine |= Q(concern__in=answerable_by(actor).values("pk"))
    apart = KeptFrom.objects.filter(person=actor).values("concern")
    return Task.objects.filter(mine).exclude(concern__in=apart)


def is_raiser(actor: Person, concern: Concern) -> bool:
    return _standing(actor, concern)[0]


def is_answerer(actor: Person, concern: Concern) -> bool:
    return _standing(actor, concern)[1]


def _standing(actor: Person, concern: Concern) -> tuple[bool, bool]:
    """Whether they raised it, and whether they answer it: asked once of each row that was read."""
    asked: dict[int, tuple[bool, bool]] = concern.__dict__.setdefault("_standing", {})
    if actor.pk not in asked:
        found = Concern.objects.filter(pk=concern.pk).values_list(
            Exists(raised_by(actor).filter(pk=OuterRef("pk"))),
            Exists(answerable_by(actor).filter(pk=OuterRef("pk"))),
        )
        asked[actor.pk] = found.first() or (False, False)
    return asked[actor.pk]


def may_acknowledge(actor: Person, concern: Concern, *, held: int, most: int) -> Verdict:
    """`held`: how many this person has now; a hard cap, so that nobody carries a surge alone."""
    if not is_answerer(actor, concern):
        return no(_("Somebody else answers this."))
    if concern.state == State.HELD and concern.held_by is not None:
        return no(_("%(name)s has it already.") % {"name": concern.held_by.name})
    if State.HELD not in MOVES[State(concern.state)]:
        return no(_("This is over already."))
    if not concern.is_drill and held >= most:
        return no(
            _(
                "You have %(count)d already. Hand one over or close one first; this one goes to the next person."
            )
            % {"count": held}
        )
    return YES


def may_hold(actor: Person, concern: Concern) -> Verdict:
    """What only whoever has it may do: hand it over."""
    if not is_answerer(actor, concern) or concern.held_by_id != actor.pk:
        return no(_("Only whoever has it can do this."))
    if concern.state != State.HELD:
        return no(_("This is over already."))
    return YES


def may_stand_down(actor: Person, concern: Concern) -> Verdict:
    """Whoever raised it, while nobody else did as well; and whoever has it."""
    if concern.is_over:
        return no(_("This is over already."))
    if concern.held_by_id == actor.pk and is_answerer(actor, concern):
        return YES
    if not is_raiser(actor, concern):
        return no(_("Whoever raised it, or has it, can stand it down."))
    if Voice.objects.filter(concern=concern).exclude(person=actor).exists():
        return no(_("Somebody else raised this as well. You can add a word that yours has settled."))
    return YES


def may_add_words(actor: Person, concern: Concern) -> Verdict:
    if not is_raiser(actor, concern):
        return no(_("Only those who raised it add to it."))
    return no(_("This is over. If you are worried again, raise it again.")) if concern.is_over else YES


def may_decide(actor: Person, concern: Concern) -> Verdict:
    """Whoever has it, the leads and those told; and the supporter who raised it, unless it is about one of the team."""
    if is_answerer(actor, concern):
        return YES
    if (
        is_raiser(actor, concern)
        and actor.holds("support.accompany")
        and not concern.goes_round
        and not concern.is_own
    ):
        return YES
    return no(_("Those who have it write this down."))


def is_answered_for_member(concern: Concern) -> bool:
    """Whether it is written down that the member was told and asked, or why not yet."""
    if concern.is_drill or concern.goes_round or concern.is_own or concern.about_id is None:
        return True
    return concern.decisions.filter(kind__in=(DecisionKind.MEMBER_TOLD, DecisionKind.NOT_YET)).exists()


def may_close(actor: Person, concern: Concern) -> Verdict:
    """Whoever has it, or a lead; once it says whether the member was told and asked."""
    if State.CLOSED not in MOVES[State(concern.state)]:
        return no(_("Somebody has to have it before it can be closed."))
    if not is_answerer(actor, concern) or not (concern.held_by_id == actor.pk or actor.holds(LEAD)):
        return no(_("Only whoever has it can do this."))
    if not is_answered_for_member(concern):
        return no(_("Please write down first that they were told and asked, or why not yet."))
    return YES


def may_end_as(concern: Concern, outcome: str) -> Verdict:
    known = dict(outcomes.choices(is_drill=concern.is_drill))
    return YES if outcome in known else no(_("Please choose one of the answers listed."))


def may_answer_offer(actor: Person, task: Task) -> Verdict:
    if task.kind != TaskKind.DEBRIEF or task.person_id != actor.pk:
        return no(_("This is offered to somebody else."))
    return no(_("You have answered this.")) if task.answer != Answer.NONE else YES


def may_finish(actor: Person, task: Task) -> Verdict:
    """The person named, whoever holds the talk, or a lead; and a talk afterwards only where it was wanted."""
    if task.done_at is not None:
        return no(_("This is done already."))
    if not tasks_visible_to(actor).filter(pk=task.pk).exists():
        return no(_("This is somebody else's."))
    if task.kind == TaskKind.DEBRIEF and task.answer != Answer.YES:
        return no(_("It was not asked for."))
    return YES


def may_review_reason(actor: Person, task: Task) -> Verdict:
    if task.kind != TaskKind.WHY_NOT:
        return no(_("There is no such reason here."))
    return may_finish(actor, task)


def may_set_pace(actor: Person, pace: Pace) -> Verdict:
    if pace.organisation_id != actor.organisation_id or not actor.holds(KEEP):
        return no(_("A coordinator or a safeguarding lead sets this."))
    return YES


def leads_of(concern: Concern) -> QuerySet[Person]:
    """The leads who may see this concern."""
    held = RoleHeld.objects.filter(role__in=roles.roles_granting(LEAD), until_at=None)
    here = Person.objects.of(concern.organisation_id).here().filter(pk__in=held.values("person"))
    apart = KeptFrom.objects.filter(concern=concern).values("person")
    raised = Voice.objects.filter(concern=concern, person__isnull=False).values("person")
    return here.exclude(pk__in=apart).exclude(pk__in=raised).exclude(pk=concern.about_id or 0)
