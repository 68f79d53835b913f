"""Joining: a name of one's choosing and a way in. No e-mail, no telephone, no diagnosis, no referral."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.people import names, roles
from companionway.people.events import Joined
from companionway.people.keys import Credential, NewDevice
from companionway.people.models import Consent, Device, Passkey, Person, Programme, RoleHeld
from companionway.people.queries import organisation


@transaction.atomic
def join(
    *,
    actor: Person | None = None,
    name: str,
    programme: Programme | None,
    age_band: str = "adult",
    language: str = "en",
    time_zone: str = "Europe/London",
    passphrase: str = "",
    passkey: Credential | None = None,
    device: NewDevice | None = None,
    consents: Sequence[str] = (),
    now: datetime,
) -> Person:
    """Make a person who is a member of `programme` from now on, with the consents they gave and their first device.

    They join the organisation of the programme, or without one the organisation that is meant. `actor` is nobody:
    whoever joins is not known yet. One of `passphrase` and `passkey` is the way in (with neither,
    a one-time code must be made). Raises Refused when the name is taken or the programme is closed to them.
    """
    if programme is not None and not (programme.is_open and age_band in programme.takes):
        raise Refused(_("This programme is not open to new people just now."))
    person = Person(
        organisation_id=programme.organisation_id if programme else organisation().pk,
        name=name,
        sign_in_name=names.folded(name),
        age_band=age_band,
        language=language,
        time_zone=time_zone,
        joined_at=now,
    )
    person.set_password(passphrase or None)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        raise Refused(_("Somebody here already has this name. Please choose another one.")) from taken
    _keep_what_came(person, programme, passkey, device, consents, now)
    announce(
        Joined(
            actor_id=person.pk,
            subject=f"person:{person.pk}",
            programme_id=programme.pk if programme else None,
        ),
        at=now,
    )
    return person


def _keep_what_came(
    person: Person,
    programme: Programme | None,
    passkey: Credential | None,
    device: NewDevice | None,
    consents: Sequence[str],
    now: datetime,
) -> None:
    if programme is not None:
        RoleHeld.objects.create(person=person, role=roles.MEMBER, programme=programme, since_at=now)
    Consent.objects.bulk_create(
        Consent(person=person, purpose=purpose, given_at=now) for purpose in dict.fromkeys(consents)
    )
    if passkey is not None:
        Passkey.objects.create(person=person, **passkey.columns, added_at=now, last_used_on=now.date())
    if device is not None:
        Device.objects.create(
            person=person,
            session_key=device.session_key,
            label=device.label,
            is_strong=passkey is not None and passkey.is_verified,
            signed_in_at=now,
            last_seen_on=now.date(),
        )
