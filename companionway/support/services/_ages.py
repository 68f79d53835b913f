"""Somebody came of age: who is together is told, and a coordinator decides how they go on. Nothing stops by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.support import policy, talk
from companionway.support.events import AgesDecided, AgesDiffer
from companionway.support.models import Relationship
from companionway.support.moving import whom
from companionway.support.services._ending import begin_to_part


@transaction.atomic
def look_at_ages(*, actor: Person | None, person: Person, now: datetime) -> int:
    """Say in each of their walks that the ages no longer fit, to both and to those who oversee; or that they do again.

    Twice is once. Returns in how many. Source: issue 4 ("age bands enforced everywhere"), safety.md 8.
    """
    rows = Relationship.objects.open().of(person.pk).select_related("programme", "member", "supporter")
    return sum([_look(row, now) for row in rows.select_for_update(of=("self",)).order_by("pk")])


def _look(row: Relationship, now: datetime) -> bool:
    fits = bool(policy.of_one_age(row.programme, row.member, row.supporter))
    if fits == (row.ages_differ_at is None):
        return False
    row.ages_differ_at = None if fits else now
    row.save(update_fields=["ages_differ_at"])
    if not fits:
        talk.say(row, row.member, "ages_differ", now)
        announce(AgesDiffer(**whom(row, None)), at=now)
    return not fits


@transaction.atomic
def decide_on_ages(
    *, actor: Person, relationship: Relationship, goes_on: bool, now: datetime
) -> Relationship:
    """A coordinator lets the two go on as they are, or begins an ending with time for a goodbye. Raises Refused."""
    seen = (
        policy.overseen_by(actor)
        .select_related("programme", "member", "supporter")
        .filter(pk=relationship.pk)
    )
    if (locked := seen.select_for_update(of=("self",)).first()) is None:
        raise Refused(_("This is not open to you."))
    require(policy.may_decide_on_ages(actor, locked))
    locked.ages_differ_at = None
    locked.save(update_fields=["ages_differ_at"])
    if goes_on:
        talk.say(locked, locked.member, "ages_go_on", now)
        announce(AgesDecided(**whom(locked, actor)), at=now)
        return locked
    return begin_to_part(actor, locked, now)
