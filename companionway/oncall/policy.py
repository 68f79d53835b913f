"""Who keeps the rota, who stands on it, and who may read the telephone list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from companionway.foundation.policy import YES, Verdict, no
from companionway.oncall.models import Offer, Telephone, Turn, TurnQuerySet, WeeklySlot, WeeklySlotQuerySet
from companionway.oncall.states import MOVES, OfferState
from companionway.people import roles
from companionway.people.models import Organisation, Person, PersonQuerySet, RoleHeld

TAKE: str = "oncall.take_turns"
KEEP: str = "oncall.keep_rota"


def people_who_may_stand(organisation: Organisation | int, now: datetime) -> PersonQuerySet:
    """Everybody who can be given a turn: with a role for it, here, and not taking a break."""
    return _people_with(TAKE, organisation, now).filter(paused_at=None)


def keepers(organisation: Organisation | int, now: datetime) -> PersonQuerySet:
    """Who keeps the rota, and is told when a turn is left to nobody."""
    return _people_with(KEEP, organisation, now)


def _people_with(permission: str, organisation: Organisation | int, now: datetime) -> PersonQuerySet:
    held = RoleHeld.objects.live(now).filter(role__in=roles.roles_granting(permission))
    return Person.objects.of(organisation).here().filter(pk__in=held.values("person"))


def may_keep_rota(actor: Person) -> Verdict:
    return YES if actor.holds(KEEP) else no(_("Those who lead on safety keep the rota."))


def may_see_rota(actor: Person) -> Verdict:
    if actor.holds(KEEP) or actor.holds(TAKE):
        return YES
    return no(_("The rota is for those who are on call."))


def visible_to(actor: Person) -> TurnQuerySet:
    """The turns of one's own organisation, for those who stand on the rota or keep it."""
    turns = Turn.objects.filter(organisation=actor.organisation_id)
    return turns if may_see_rota(actor) else turns.none()


def own_turns(actor: Person) -> TurnQuerySet:
    return visible_to(actor).filter(person=actor)


def offers_visible_to(actor: Person) -> QuerySet[Offer]:
    """What was offered to me, and what I offered; keepers see all of their organisation."""
    offers = Offer.objects.filter(turn__organisation=actor.organisation_id)
    if actor.holds(KEEP):
        return offers
    return offers.filter(Q(to=actor) | Q(turn__person=actor)) if actor.holds(TAKE) else offers.none()


def slots_visible_to(actor: Person) -> WeeklySlotQuerySet:
    slots = WeeklySlot.objects.live().filter(organisation=actor.organisation_id)
    return slots if may_see_rota(actor) else slots.none()


def telephones_visible_to(actor: Person) -> QuerySet[Telephone]:
    listed = Telephone.objects.filter(organisation=actor.organisation_id)
    return listed if may_see_rota(actor) else listed.none()


def may_take(actor: Person, person: Person, now: datetime) -> Verdict:
    """Take a turn oneself; who keeps the rota may put others on it."""
    if actor.pk == person.pk:
        if not actor.holds(TAKE):
            return no(_("Turns are for those who are on call here."))
    elif not may_keep_rota(actor):
        return no(_("Only who keeps the rota can put somebody else on it."))
    return can_stand(actor.organisation_id, person, now)


def can_stand(organisation_id: int, person: Person, now: datetime) -> Verdict:
    if people_who_may_stand(organisation_id, now).filter(pk=person.pk).exists():
        return YES
    return no(_("%(name)s is not among those who can be on call at the moment.") % {"name": person.name})


def may_end(actor: Person, turn: Turn, now: datetime) -> Verdict:
    """Say that one cannot: always allowed, never asked why. Who keeps the rota may take somebody off it."""
    if actor.pk != turn.person_id and not may_keep_rota(actor):
        return no(_("This is somebody else's turn."))
    return YES if turn.ended_at is None and turn.ends_at > now else no(_("This turn is over."))


def may_hand_over(actor: Person, turn: Turn, to: Person, now: datetime) -> Verdict:
    if not (still := may_end(actor, turn, now)):
        return still
    if to.pk == turn.person_id:
        return no(_("This turn is theirs already."))
    return can_stand(turn.organisation_id, to, now)


def may_answer(actor: Person, offer: Offer) -> Verdict:
    if actor.pk != offer.to_id:
        return no(_("This was offered to somebody else."))
    return _still_open(offer)


def may_withdraw(actor: Person, offer: Offer) -> Verdict:
    if actor.pk != offer.turn.person_id and not may_keep_rota(actor):
        return no(_("This is somebody else's turn."))
    return _still_open(offer)


def _still_open(offer: Offer) -> Verdict:
    if not MOVES[OfferState(offer.state)]:
        return no(_("This has been answered already."))
    return YES
