"""Asking for a place, waiting for it fairly, taking it, and leaving without a trace."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.policy import Refused, require
from companionway.groups import policy, queries
from companionway.groups.events import PlaceAsked, PlaceFreed, PlaceOffered, PlaceTaken, PlaceWentOn
from companionway.groups.models import Agreed, Group, Kept, Membership, OnTree, Waiting
from companionway.groups.moving import held, rules_of, taken, tell
from companionway.groups.states import OFFER_LASTS
from companionway.people import queries as people
from companionway.people.models import Person, Stop
from companionway.reasoning import queueing


@transaction.atomic
def ask_for_place(*, actor: Person, group: Group, now: datetime) -> Membership | Waiting:
    """Ask to belong. Where a place is free and nobody was before them, they are in; otherwise they wait their turn."""
    locked = taken(actor, group)
    require(policy.may_ask(actor, locked, now))
    rules, free = rules_of(locked), queries.free_places(locked)
    is_free = free is None or free > 0
    if not rules.waiting_list:
        if not is_free:
            raise Refused(_("All places are taken at the moment. Here are other groups."))
        return _let_in(actor, locked, now)
    row = Waiting.objects.create(group=locked, person=actor, asked_at=now)
    queue = queries.queue_of(locked)
    if free is None or row.pk in queueing.to_offer(_with_leave(locked, queue), free, now):
        row.delete()
        return _let_in(actor, locked, now)
    tell(PlaceAsked, locked, actor=actor, now=now)
    return row


def _let_in(actor: Person, group: Group, now: datetime) -> Membership:
    member = Membership.objects.create(group=group, person=actor, came_at=now)
    Kept.objects.filter(group=group, person=actor).delete()
    tell(PlaceTaken, group, actor=actor, now=now)
    return member


def _with_leave(group: Group, queue: list[queueing.Waits]) -> list[queueing.Waits]:
    """Who could be let in now: neither stopped, nor kept from somebody who is there."""
    rows = {each.pk: each.person for each in group.queue.select_related("person")}
    return [
        queueing.Waits(
            each.key,
            each.asked_at,
            each.offered_until,
            not people.is_stopped(rows[each.key], group.programme_id)
            and policy.may_be_with(rows[each.key], group),
        )
        for each in queue
    ]


def offer_places(group: Group, now: datetime) -> int:
    """Places that are free are offered in order. Inside the deed that freed them. How many were offered."""
    free = queries.free_places(group)
    queue = queries.queue_of(group) if group.has_list and group.is_going_on else []
    if not queue:
        return 0
    keys = queueing.to_offer(_with_leave(group, queue), len(queue) if free is None else free, now)
    for row in group.queue.filter(pk__in=keys).select_related("person").order_by("asked_at", "pk"):
        row.offered_until = now + OFFER_LASTS
        row.save(update_fields=["offered_until"])
        tell(PlaceOffered, group, about=row.person, now=now)
    return len(keys)


@transaction.atomic
def take_place(*, actor: Person, waiting: Waiting, now: datetime) -> Membership:
    """Yes to the place that is held."""
    locked = taken(actor, waiting.group)
    row = Waiting.objects.filter(pk=waiting.pk).first()
    if row is None:
        raise Refused(_("No place is held for you at the moment."))
    require(policy.may_take(actor, locked, row, now))
    row.delete()
    return _let_in(actor, locked, now)


@transaction.atomic
def leave_queue(*, actor: Person, group: Group, now: datetime) -> None:
    """Wait no longer, without a reason. No row stays; a place that was held goes to the next."""
    locked = taken(actor, group)
    if Waiting.objects.filter(group=locked, person=actor).delete()[0]:
        offer_places(locked, now)
        tell(PlaceFreed, locked, now=now)


@transaction.atomic
def leave_group(*, actor: Person, group: Group, now: datetime) -> None:
    """Leave, without a reason, a line or a notice. The place goes to whoever waits first."""
    locked = taken(actor, group)
    Agreed.objects.filter(group=locked, person=actor).delete()
    OnTree.objects.filter(group=locked, person=actor).delete()
    gone = Membership.objects.filter(group=locked, person=actor).delete()[0]
    if locked.space is not None:
        conversations.leave_space(actor=actor, conversation=locked.space, now=now)
    offer_places(locked, now)
    if gone:
        tell(PlaceFreed, locked, now=now)


@transaction.atomic
def pass_places_on(*, now: datetime) -> int:
    """Places that were offered and not taken in time go to the next; whoever was asked is told kindly. How many."""
    due = Group.objects.filter(queue__offered_until__lte=now).order_by("pk").values_list("pk", flat=True)
    passed = 0
    for pk in sorted(set(due)):
        group = held(Group(pk=pk))
        keys = queueing.lapsed(queries.queue_of(group), now)
        for row in group.queue.filter(pk__in=keys).select_related("person"):
            tell(PlaceWentOn, group, about=row.person, now=now)
            row.delete()
            passed += 1
        offer_places(group, now)
    return passed


@transaction.atomic
def keep_in_list(*, actor: Person, group: Group, now: datetime) -> None:
    """On one's own list, which nobody else sees. Not announced: it is nobody else's business."""
    require(policy.may_view(actor, group))
    if not group.programme.keeps_register:
        raise Refused(_("Here your list stands on your own device only."))
    Kept.objects.get_or_create(group=group, person=actor)


@transaction.atomic
def take_off_list(*, actor: Person, group: Group, now: datetime) -> None:
    """Not on one's own list any more; nobody is told, and nothing of it stays."""
    Kept.objects.filter(group=group, person=actor).delete()


@transaction.atomic
def leave_where_not_belonging(*, person: Person, now: datetime) -> int:
    """They take part in a programme no more, or are of another age now: they leave its groups, queues and spaces.

    How many. Whoever only pauses by a decision comes back to where they were.
    """
    inside = Q(members__person=person) | Q(queue__person=person) | Q(tree__person=person)
    inside |= Q(space__participants__person=person, space__participants__left_at=None)
    here = Q(programme__in=people.programmes_of(person).values("pk"))
    held_by_them = Q(pk__in=policy.holds(person).values("group"))
    fits = here & (Q(age_band=person.age_band) | held_by_them)
    found = Group.objects.filter(inside).exclude(pk__in=Group.objects.filter(fits).values("pk"))
    left = 0
    for pk in sorted(set(found.values_list("pk", flat=True))):
        group = held(Group(pk=pk))
        if Stop.objects.covering(person.pk, group.programme_id).exclude(days=None).exists():
            continue
        for model in (Membership, Waiting, Agreed, OnTree):
            model._default_manager.filter(group=group, person=person).delete()
        if group.space is not None:
            conversations.leave_space(actor=person, conversation=group.space, now=now)
        offer_places(group, now)
        tell(PlaceFreed, group, now=now)
        left += 1
    return left
