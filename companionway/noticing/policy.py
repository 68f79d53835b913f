"""Who sees what was noticed. Not the person it was written to, and on the conduct side nobody who takes part."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.noticing import talks
from companionway.noticing.models import Noticed, NoticedQuerySet
from companionway.noticing.states import Side
from companionway.people.models import Person, Programme
from companionway.safety import policy as safety

TAKE_TURNS, ADMINISTER, ANSWER_REPORTS = "oncall.take_turns", "people.administer", safety.ANSWER
PERMISSION = {Side.CARE: TAKE_TURNS, Side.CONDUCT: ANSWER_REPORTS}


def visible_to(actor: Person) -> NoticedQuerySet:
    """What may be in somebody's queue.

    Where the programme lets staff know of a conversation at all: care for those on call, conduct for those who
    answer reports. Never what they wrote themselves, and never conduct in a conversation they take part in.
    """
    open_to_staff = Programme.objects.filter(coordinator_sees=True)
    care = Q(side=Side.CARE, programme__in=open_to_staff.filter(pk__in=actor.programmes_with(TAKE_TURNS)))
    conduct = Q(
        side=Side.CONDUCT, programme__in=open_to_staff.filter(pk__in=actor.programmes_with(ANSWER_REPORTS))
    )
    conduct &= ~Q(conversation_id__in=talks.known().of_person(actor.pk))
    return Noticed.objects.filter(care | conduct).exclude(talks.own(actor.pk))


def may_have_a_queue(actor: Person) -> bool:
    return actor.holds(TAKE_TURNS) or actor.holds(ANSWER_REPORTS)


def own_cards(actor: Person) -> NoticedQuerySet:
    """What was noticed, on the side of care, in messages they wrote themselves."""
    return Noticed.objects.filter(talks.own(actor.pk), side=Side.CARE)


def may_answer(actor: Person, noticed: Noticed) -> Verdict:
    if visible_to(actor).filter(pk=noticed.pk).exists():
        return YES
    return no(_("Only those on call for this programme can answer here."))


def switchable_by(actor: Person) -> QuerySet[Programme]:
    return Programme.objects.filter(pk__in=actor.programmes_with(ADMINISTER))


def may_switch(actor: Person, programme: Programme) -> Verdict:
    if switchable_by(actor).filter(pk=programme.pk).exists():
        return YES
    return no(_("Only an administrator can change this."))
