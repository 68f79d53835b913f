"""Who may offer, ask and answer. Between two whom something keeps apart an ask is left as if it were not answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.groups import policy as groups
from companionway.people import roles
from companionway.people.group_rules import GroupRole, GroupRules
from companionway.people.models import Person, Programme, RoleHeld
from companionway.people.queries import is_stopped, takes_no_part
from companionway.safety import queries as safety
from companionway.sponsors.models import Ask, AskQuerySet, Offer, OfferQuerySet, Temporary
from companionway.sponsors.states import POSITION, SPONSORSHIP
from companionway.support import policy as support


def position_of(group: Any) -> GroupRole | None:
    """The position as the group's tradition says it; None where it has none."""
    rules = GroupRules.of(group.programme)
    return rules.role_of(POSITION) if rules is not None else None


def visible_to(actor: Person, now: datetime) -> OfferQuerySet:
    """Offers in the groups one belongs to, of people who are here and take part. Staff as such see none."""
    takes_part = RoleHeld.objects.filter(
        person=OuterRef("person"),
        programme=OuterRef("group__programme"),
        until_at=None,
        role__in=(roles.MEMBER, roles.SUPPORTER),
    )
    here = Offer.objects.live(now).filter(
        Exists(takes_part),
        group__in=groups.belonging_to(actor).values("pk"),
        person__is_active=True,
        person__erased_at=None,
        person__paused_at=None,
    )
    return here.exclude(takes_no_part(OuterRef("person"), OuterRef("group__programme")))


def asks_of(actor: Person) -> AskQuerySet:
    """What one asked oneself."""
    return Ask.objects.filter(asker=actor)


def asks_waiting_for(actor: Person, now: datetime) -> AskQuerySet:
    """Asks that wait for this person's answer. From somebody they must not meet, they are never shown one."""
    kept = safety.people_kept_from(actor.pk)
    here = Ask.objects.waiting(now).filter(sponsor=actor, asker__is_active=True, asker__erased_at=None)
    return here.exclude(asker__in=kept)


def temporary_of(actor: Person) -> QuerySet[Temporary]:
    """Of the two alone, while it goes on."""
    mine = Q(relationship__member=actor) | Q(relationship__supporter=actor)
    return Temporary.objects.filter(mine).exclude(relationship__state="ended")


def may_be_here(actor: Person, group: Any) -> Verdict:
    """Whoever belongs to a group that has temporary sponsors."""
    if position_of(group) is None:
        return no(_("In this tradition nobody is asked for this."))
    return groups.belongs(actor, group)


def may_offer(actor: Person, group: Any) -> Verdict:
    if actor.paused_at is not None:
        return no(_("You are having a pause. Come back first, whenever you like."))
    return may_be_here(actor, group)


def together(one: Person, other: Person) -> bool:
    """Whether the two walk as sponsor and sponsee already, whichever of them is which."""
    return (
        support.walked_by(one)
        .open()
        .between(one.pk, other.pk)
        .filter(programme__practice_model=SPONSORSHIP)
        .exists()
    )


def may_ask(actor: Person, offer: Offer, now: datetime) -> Verdict:
    """One at a time. Whom something keeps apart may ask like anybody, and reads "not now" like anybody."""
    if not (verdict := may_offer(actor, offer.group)):
        return verdict
    if offer.person_id == actor.pk:
        return no(_("Please ask somebody else."))
    if Ask.objects.filter(asker=actor, group=offer.group_id).exists():
        return no(_("You have asked somebody. One at a time: you can take it back first."))
    if together(actor, offer.person):
        return no(_("The two of you walk together already. In a circle of two nobody would hold the other."))
    return YES


def may_answer(actor: Person, ask: Ask, now: datetime) -> Verdict:
    if not asks_waiting_for(actor, now).filter(pk=ask.pk).exists():
        return no(_("This does not wait for you."))
    if is_stopped(actor, ask.group.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    return YES


def place_for(sponsor: Person, asker: Person) -> Programme | None:
    """Where the two could write to each other: a sponsorship of their organisation in which this one is a sponsor."""
    here = Programme.objects.filter(
        organisation=sponsor.organisation_id, practice_model=SPONSORSHIP, is_open=True, coordinator_sees=False
    )
    for programme in here.order_by("pk"):
        if sponsor.holds("support.accompany", programme) and support.of_one_age(programme, asker, sponsor):
            return programme
    return None
