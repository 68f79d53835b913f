"""Sharing parts of one's own plan for a time, and stopping."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.plans import policy
from companionway.plans.events import PlanShared, PlanSharesStopped
from companionway.plans.kinds import KINDS, Kind
from companionway.plans.models import PlanShare, PlanShareQuerySet
from companionway.plans.states import SHARE_LASTS, ShareFor


@transaction.atomic
def share_parts(
    *, actor: Person, kind: Kind, parts: Collection[str], reader: Person, lasts: ShareFor, now: datetime
) -> list[PlanShare]:
    """Let `reader` read parts of the actor's plan for a time. Again with the same person: the new time holds.

    A guarded part goes by itself alone (domain.md 5.2: how the surroundings are made safer stays private). Raises
    Refused for somebody outside the actor's circle, and for a part in which nothing stands.
    """
    require(policy.may_share(actor, reader, kind))
    chosen = set(parts)
    written = set(
        policy.visible_to(actor).filter(kind=kind.key, part__in=chosen).values_list("part", flat=True)
    )
    if not chosen or written != chosen:
        raise Refused(_("There is nothing in this part yet."))
    if len(chosen) > 1 and not chosen <= set(kind.open_parts):
        raise Refused(_("This part is shared by itself, not along with others."))
    times = {"began_at": now, "until": now + SHARE_LASTS[lasts]}
    shares = [
        PlanShare.objects.update_or_create(
            person=actor, kind=kind.key, part=part, reader=reader, stopped_at=None, defaults=times
        )[0]
        for part in sorted(chosen)
    ]
    announce(PlanShared(actor_id=actor.pk, subject=f"person:{actor.pk}", reader_id=reader.pk), at=now)
    return shares


@transaction.atomic
def stop_shares(
    *, actor: Person, kind: Kind | None = None, share: PlanShare | None = None, now: datetime
) -> int:
    """Stop sharing at once: this one share, or everything of a plan. Returns how many ended."""
    mine = policy.shares_visible_to(actor)
    if kind is not None:
        mine = mine.filter(kind=kind.key)
    if share is not None:
        mine = mine.filter(pk=share.pk)
    return stop(mine, actor, now)


@transaction.atomic
def stop_shares_between(*, actor: Person, other: Person, for_good: bool = False, now: datetime) -> int:
    """Two people went apart: neither reads anything of the other's plans from here on. Returns how many ended.

    It stays when somebody is still in the circle in another way (another walk, the team of the programme), unless it
    is `for_good`, as after a block.
    """
    ended = 0
    for person, reader in ((actor, other), (other, actor)):
        for kind in KINDS.values():
            if for_good or not policy.may_share(person, reader, kind):
                between = PlanShare.objects.filter(person=person, reader=reader, kind=kind.key)
                ended += stop(between, person, now)
    return ended


def stop(shares: PlanShareQuerySet, person: Person, now: datetime) -> int:
    count = shares.filter(stopped_at=None).update(stopped_at=now)
    if count:
        told = PlanSharesStopped(actor_id=person.pk, subject=f"person:{person.pk}", count=count)
        announce(told, at=now)
    return count
