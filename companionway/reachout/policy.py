"""Who may ask after somebody: only whom they named, or whose unit they chose; and only while they wish it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse import policy as house
from companionway.foundation.policy import YES, Verdict, no
from companionway.people import queries as people
from companionway.people.models import Person
from companionway.reachout.models import Missed, MissedQuerySet, ReachBy, ReachWish
from companionway.safety import queries as safety


def wishes_visible_to(actor: Person) -> QuerySet[ReachWish]:
    """One's own. Nobody else sees what somebody chose; whoever asks after them sees it when they are missed."""
    return ReachWish.objects.live().filter(person=actor)


def missed_visible_to(actor: Person, apart: Collection[int] | None = None) -> MissedQuerySet:
    """Who is missed and may be asked after by the actor: open ones, never one's own, never one taken by another."""
    named = ReachBy.objects.filter(wish=OuterRef("wish"), person=actor)
    mine = Q(Exists(named)) | Q(wish__unit__in=house.units_of(actor))
    found = Missed.objects.open().filter(
        mine,
        Q(taken_by=None) | Q(taken_by=actor),
        wish__stopped_at=None,
        wish__programme__in=house.visible_to(actor),
        wish__person__paused_at=None,
    )
    kept_from = safety.people_kept_from(actor.pk) if apart is None else apart
    found = found.exclude(wish__person__in={actor.pk, *kept_from})
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
