"""The telephone list: whom to ring when nobody on the ladder answers, in which order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.oncall import opening, policy
from companionway.oncall.events import PhoneListChanged
from companionway.oncall.models import PHONE, Telephone
from companionway.people.models import Organisation, Person


@transaction.atomic
def keep_phone_entry(
    *,
    actor: Person,
    name: str,
    number: str,
    said_for: str = "",
    place: int | None = None,
    person: Person | None = None,
    entry: Telephone | None = None,
    now: datetime,
) -> Telephone:
    """Put a number on the list, or put `entry` right. `place` 1 is rung first; None keeps it, or puts it last.

    `person` is set when it is somebody's own number: it goes when they do. All words are sealed. Raises Refused.
    """
    require(policy.may_keep_rota(actor))
    if sum(each.isdigit() for each in number) < 2:
        raise Refused(_("This is not a telephone number."))
    others = _others(actor, entry)
    if entry is None:
        kept = Telephone(organisation_id=actor.organisation_id, place=len(others) + 1)
    else:
        kept = policy.telephones_visible_to(actor).select_for_update().get(pk=entry.pk)
    kept.person, kept.kept_by, kept.kept_at = person, actor, now
    kept.save()
    opening.seal(kept, name=name, number=number, said_for=said_for)
    kept.save(update_fields=["sealed_name", "sealed_number", "sealed_said_for"])
    _put_in_order(others, kept, place if place is not None else kept.place)
    _changed(actor, now)
    return kept


@transaction.atomic
def remove_phone_entry(*, actor: Person, entry: Telephone, now: datetime) -> None:
    """Take a number off the list; its key is destroyed, so that no copy can be opened either. Raises Refused."""
    require(policy.may_keep_rota(actor))
    kept = policy.telephones_visible_to(actor).select_for_update().get(pk=entry.pk)
    others = _others(actor, kept)
    sealing.destroy_key(PHONE, kept.pk, now=now)
    kept.delete()
    _put_in_order(others, None, 0)
    _changed(actor, now)


def _others(actor: Person, entry: Telephone | None) -> list[Telephone]:
    Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    listed = Telephone.objects.filter(organisation=actor.organisation_id).order_by("place", "pk")
    return list(listed.exclude(pk=entry.pk) if entry else listed)


def _put_in_order(others: list[Telephone], entry: Telephone | None, place: int) -> None:
    if entry is not None:
        others.insert(min(max(place - 1, 0), len(others)), entry)
    for number, each in enumerate(others, 1):
        if each.place != number:
            each.place = number
            each.save(update_fields=["place"])


def _changed(actor: Person, now: datetime) -> None:
    announce(PhoneListChanged(actor_id=actor.pk, subject=f"organisation:{actor.organisation_id}"), at=now)
