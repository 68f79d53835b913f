"""Who may read a plan, share it, and open it in danger. A plan is its owner's; there are two ways in, and both end."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.people import roles
from companionway.people.models import Person, RoleHeld
from companionway.plans import circle
from companionway.plans.kinds import KINDS, TEAM, Kind
from companionway.plans.models import (
    PlanOverride,
    PlanOverrideQuerySet,
    PlanSection,
    PlanShare,
    PlanShareQuerySet,
)
from companionway.safety import policy as safety

# Whoever answers reports in a programme is its team.
ANSWER: Final = safety.ANSWER
IN_DANGER: Final = "in danger"


def visible_to(actor: Person) -> QuerySet[PlanSection]:
    """One's own plans: nobody else's, whatever their role."""
    return PlanSection.objects.filter(person=actor)


def shares_visible_to(actor: Person) -> PlanShareQuerySet:
    """The shares of one's own plans, to stop them."""
    return PlanShare.objects.filter(person=actor)


def overrides_visible_to(actor: Person) -> PlanOverrideQuerySet:
    """Who opened one's own plan in danger."""
    return PlanOverride.objects.filter(person=actor)


def circle_of(actor: Person, kind: Kind) -> QuerySet[Person]:
    """With whom somebody may share parts of a plan of this kind now."""
    near = circle.readers_of(actor.pk, kind.readers)
    if TEAM in kind.readers:
        near |= Q(pk__in=_team_of(actor).values("person"))
    return _others_here(actor).filter(near)


def shares_open_to(actor: Person, now: datetime, ways: Set[str] | None = None) -> PlanShareQuerySet:
    """What others let me read at this moment: shared, not stopped, not run out, and I am still in their circle."""
    near = Q(pk__in=[])
    for key in KINDS.keys() & (_ways_in(actor, now) if ways is None else ways):
        near |= Q(kind=key, person__in=_sharers(actor, KINDS[key]))
    return PlanShare.objects.live(now).filter(near, reader=actor)


def overrides_open_to(actor: Person, now: datetime, ways: Set[str] | None = None) -> PlanOverrideQuerySet:
    """What I opened for a stated reason, as long as that lasts and I am still on call for the concern."""
    mine = PlanOverride.objects.lasting(now).filter(by=actor)
    is_any = IN_DANGER in (_ways_in(actor, now) if ways is None else ways)
    return mine.filter(person__in=endangered(actor, now)) if is_any else mine.none()


def endangered(actor: Person, now: datetime) -> QuerySet[Person]:
    """Whose plan I may open for a stated reason, because I am on call for an open concern about them."""
    return _others_here(actor).filter(circle.endangered(actor, now))


def sections_open_to(actor: Person, now: datetime) -> QuerySet[PlanSection]:
    """The parts of others' plans that I may read at this moment: the only way to them.

    A guarded part is open by its own share only.
    """
    whose, ways = {"person": OuterRef("person"), "kind": OuterRef("kind")}, _ways_in(actor, now)
    shared = Exists(shares_open_to(actor, now, ways).filter(**whose, part=OuterRef("part")))
    opened = Exists(overrides_open_to(actor, now, ways).filter(**whose))
    return PlanSection.objects.annotate(is_shared=shared).filter(Q(is_shared=True) | (_unguarded() & opened))


def may_read(actor: Person, section: PlanSection, now: datetime) -> Verdict:
    if section.person_id == actor.pk or sections_open_to(actor, now).filter(pk=section.pk).exists():
        return YES
    return no(_("This is not open to you."))


def may_share(actor: Person, reader: Person, kind: Kind) -> Verdict:
    if actor.pk == reader.pk:
        return no(_("Please choose somebody else."))
    if not circle_of(actor, kind).filter(pk=reader.pk).exists():
        return no(_("This cannot be shared with them at the moment."))
    return YES


def may_open_in_danger(actor: Person, owner: Person, now: datetime) -> Verdict:
    """For whoever is on call for an open concern about the owner; never past a block or a pair kept apart."""
    if not endangered(actor, now).filter(pk=owner.pk).exists():
        return no(_("This is for the person on call for an open concern about them."))
    return YES


def _unguarded() -> Q:
    found = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.is_for_danger:
            found |= Q(kind=kind.key, part__in=kind.open_parts)
    return found


def _ways_in(actor: Person, now: datetime) -> Set[str]:
    """The kinds of which a part is shared with me now, whoever is near, and `IN_DANGER` when I opened a plan so.

    Mostly there is none, and the long question who is near is composed only for those there are.
    """
    shared = PlanShare.objects.live(now).filter(reader=actor).values_list("kind", flat=True)
    opened = PlanOverride.objects.lasting(now).filter(by=actor).values_list(Value(IN_DANGER), flat=True)
    return set(shared.union(opened))


def _sharers(actor: Person, kind: Kind) -> QuerySet[Person]:
    """Those who have me in the circle of this kind: `circle_of` from the other end."""
    near = circle.owners_of(actor.pk, kind.readers)
    if TEAM in kind.readers:
        theirs = RoleHeld.objects.filter(programme__in=actor.programmes_with(ANSWER), until_at=None)
        near |= Q(pk__in=theirs.values("person"))
    return _others_here(actor).filter(near)


def _team_of(actor: Person) -> QuerySet[RoleHeld]:
    mine = RoleHeld.objects.filter(person=actor, until_at=None).exclude(programme=None)
    return RoleHeld.objects.filter(
        Q(programme=None) | Q(programme__in=mine.values("programme")),
        role__in=roles.roles_granting(ANSWER),
        until_at=None,
    )


def _others_here(actor: Person) -> QuerySet[Person]:
    """Everybody else of the organisation between whom and me nothing stands."""
    here = Person.objects.of(actor.organisation_id).here().exclude(pk=actor.pk)
    return here.exclude(safety.stands_between(actor))
