"""One person under two names: recorded by one of the team, confirmed by another; blocks and stops hold for both."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.moderation import policy
from companionway.moderation.events import SameConfirmed, SameEnded, SameRecorded
from companionway.moderation.models import SamePerson
from companionway.moderation.near import same_as
from companionway.people import queries as people_queries
from companionway.people import services as people
from companionway.people.models import Person
from companionway.safety import queries as safety_queries
from companionway.safety import services as safety


@transaction.atomic
def record_same(*, actor: Person, one: Person, other: Person, now: datetime) -> SamePerson:
    """Say that two names may be one person. It does nothing until a second person says yes. Raises Refused."""
    require(policy.may_record_same(actor, one, other))
    low, high = safety_queries.pair_key(one.pk, other.pk)
    try:
        with transaction.atomic():
            made = SamePerson.objects.create(one_id=low, other_id=high, recorded_by=actor, recorded_at=now)
    except IntegrityError as twice:
        raise Refused(_("This is recorded already.")) from twice
    announce(SameRecorded(actor_id=actor.pk, subject=f"same:{made.pk}"), at=now)
    return made


@transaction.atomic
def confirm_same(*, actor: Person, same: SamePerson, now: datetime) -> SamePerson:
    """The second yes: from now on blocks and stops hold under both names. Raises Refused."""
    locked = policy.same_visible_to(actor).select_for_update(of=("self",)).get(pk=same.pk)
    require(policy.may_confirm_same(actor, locked))
    locked.confirmed_by, locked.confirmed_at = actor, now
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    names = Person.objects.here().filter(pk__in=same_as(locked.one_id))
    for stop in people_queries.stops_of([each.pk for each in names]):
        for each in names.exclude(pk=stop.person_id):
            people.extend_stop(actor=actor, stop=stop, person=each, now=now)
    for each in names:
        for block in safety_queries.live_blocks_of(each.pk):
            extend_blocks_of(actor=block.blocker, blocked=block.blocked, now=now)
    announce(SameConfirmed(actor_id=actor.pk, subject=f"same:{locked.pk}"), at=now)
    return locked


@transaction.atomic
def extend_blocks_of(*, actor: Person, blocked: Person, now: datetime) -> int:
    """Whom `actor` has blocked is blocked under their other names, too. Returns how many. Twice does no harm."""
    others = Person.objects.here().filter(pk__in=same_as(blocked.pk) - {blocked.pk, actor.pk})
    for each in others:
        safety.extend_block(actor=actor, person=each, now=now)
    return len(others)


@transaction.atomic
def lift_with(*, actor: Person, blocked: Person, now: datetime) -> None:
    """A block that its maker takes back ends under every name."""
    for each in Person.objects.filter(pk__in=same_as(blocked.pk) - {blocked.pk}):
        safety.lift_extended_block(actor=actor, person=each, now=now)


@transaction.atomic
def end_same(*, actor: Person, same: SamePerson, now: datetime) -> None:
    """They are two people after all: stops that went over end. Blocks stay with who made them. Raises Refused."""
    locked = policy.same_visible_to(actor).select_for_update(of=("self",)).get(pk=same.pk)
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    one, other = same_as(locked.one_id), same_as(locked.other_id)
    for stop in people_queries.stops_gone_over([*one, *other]):
        assert stop.goes_with is not None
        if (stop.person_id in one) != (stop.goes_with.person_id in one):
            people.let_back(actor=actor, stop=stop, now=now)
    announce(SameEnded(actor_id=actor.pk, subject=f"same:{locked.pk}"), at=now)
