"""Who may ask after somebody: only whom they named, or whose unit they chose; and only while they wish it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse.models import InUnit, Missed, MissedQuerySet, ReachBy, ReachWish
from companionway.clubhouse.policy._house import houses_of
from companionway.foundation.policy import YES, Verdict, no
from companionway.people import queries as people
from companionway.people.models import Person
from companionway.safety import queries as safety


def wishes_visible_to(actor: Person) -> QuerySet[ReachWish]:
    """One's own. Nobody else sees what somebody chose; whoever asks after them sees it when they are missed."""
    return ReachWish.objects.live().filter(person=actor)


def missed_visible_to(actor: Person) -> MissedQuerySet:
    """Who is missed and may be asked after by the actor: open ones, never one's own, never one taken by another."""
    named = ReachBy.objects.filter(wish=OuterRef("wish"), person=actor)
    of_unit = InUnit.objects.filter(unit=OuterRef("wish__unit"), person=actor)
    mine = Q(Exists(named)) | Q(Exists(of_unit), wish__unit__closed_at=None)
    found = Missed.objects.open().filter(
        mine,
        Q(taken_by=None) | Q(taken_by=actor),
        wish__stopped_at=None,
        wish__programme__in=[each.pk for each in houses_of(actor)],
        wish__person__paused_at=None,
    )
    found = found.exclude(wish__person__in={*safety.people_kept_from(actor.pk), actor.pk})
    return found.exclude(people.takes_no_part(OuterRef("wish__person"), OuterRef("wish__programme")))


def taken_by(actor: Person) -> MissedQuerySet:
    """Those whom the actor asks after: the way and the words are open to them alone."""
    return missed_visible_to(actor).filter(taken_by=actor)


def may_take_missed(actor: Person, missed: Missed) -> Verdict:
    if missed.taken_by_id is None and missed_visible_to(actor).filter(pk=missed.pk).exists():
        return YES
    return no(_("Somebody else asks after them already, or they are back. Thank you."))


def may_answer_missed(actor: Person, missed: Missed) -> Verdict:
    if taken_by(actor).filter(pk=missed.pk).exists():
        return YES
    return no(_("Nobody needs to ask any more. Thank you."))
