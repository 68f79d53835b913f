"""Two sign: the secretary and the chair, or two members whom the meeting chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.association import policy, queries
from companionway.association.events import (
    MinutesSigned,
    MinutesSignedByOne,
    MinutesTakenBack,
    MinutesToSign,
)
from companionway.association.models import Minutes, Signature, Version
from companionway.association.moving import newest, rules_of, taken, tell
from companionway.association.services._writing import take_over
from companionway.association.states import MEMBER, SECRETARY, State
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person

# (person id, as what they sign)
Signer = tuple[int, str]


@transaction.atomic
def ask_to_sign(*, actor: Person, minutes: Minutes, members: Sequence[int] = (), now: datetime) -> Version:
    """The draft is ready: from now on it is only read, and two are asked to sign it.

    Without `members` these are the secretary and the chair; otherwise the two members (ids) whom the meeting chose.
    Raises Refused when there are not two.
    """
    locked = taken(actor, minutes)
    version = newest(locked)
    require(policy.may_change(actor, version))
    if version.number == 1:
        take_over(locked)
    signers = _chosen(locked, members) if members else _officers(actor, locked, now)
    version.state, version.changed_at = State.SIGNING, now
    version.save(update_fields=["state", "changed_at"])
    Signature.objects.bulk_create(
        Signature(version=version, person_id=person_id, role=role) for person_id, role in signers
    )
    for person_id, _role in signers:
        tell(MinutesToSign, locked, actor, now, about=person_id)
    return version


def _officers(actor: Person, minutes: Minutes, now: datetime) -> list[Signer]:
    rules = rules_of(minutes)
    mine = policy.offices_of(actor, minutes.group)
    role = SECRETARY if SECRETARY in mine else min(mine)
    chairs = {each.key for each in rules.roles if each.elected and each.holds_frame}
    for office in queries.offices_of(minutes.group, rules, now):
        if office.key in chairs and office.person_id not in (None, actor.pk):
            assert office.person_id is not None
            return [(actor.pk, role), (office.person_id, office.key)]
    raise Refused(_("Nobody else is chair at the moment. Please choose two members who sign."))


def _chosen(minutes: Minutes, members: Sequence[int]) -> list[Signer]:
    votes = {each.person_id for each in queries.register_of(minutes.group, rules_of(minutes)) if each.votes}
    if len(set(members)) != 2 or not set(members) <= votes:
        raise Refused(_("Please choose two different members."))
    return [(each, MEMBER) for each in members]


@transaction.atomic
def take_back(*, actor: Person, minutes: Minutes, now: datetime) -> Version:
    """Something is to be changed: back to the writer. Whoever has signed is asked again."""
    locked = taken(actor, minutes)
    version = newest(locked)
    require(policy.may_take_back(actor, version))
    version.signatures.all().delete()
    version.state, version.edition, version.changed_at = State.DRAFT, version.edition + 1, now
    version.save(update_fields=["state", "edition", "changed_at"])
    tell(MinutesTakenBack, locked, actor, now)
    return version


@transaction.atomic
def sign_minutes(*, actor: Person, minutes: Minutes, edition: int, now: datetime) -> Version:
    """Sign what one has read (`edition`). With the second signature the minutes stand, and every member reads them."""
    locked = taken(actor, minutes)
    version = newest(locked)
    require(policy.may_sign(actor, version))
    if edition != version.edition:
        raise Refused(_("This was changed meanwhile. Please read it once more."))
    version.signatures.filter(person=actor).update(signed_at=now)
    is_last = not version.signatures.filter(signed_at=None).exists()
    if is_last:
        assert version.may_move(State.SIGNED)
        version.state, version.signed_at = State.SIGNED, now
        version.save(update_fields=["state", "signed_at"])
    tell(MinutesSigned if is_last else MinutesSignedByOne, locked, actor, now)
    return version
