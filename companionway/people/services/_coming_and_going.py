"""Pausing, coming back, leaving for good; and the note that is made whenever the team looks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from companionway.foundation import ids, live, parts, proof, sealing, sweeping
from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.people.events import CameBack, Erased, Paused, SensitiveRead
from companionway.people.models import (
    Authenticator,
    Consent,
    Device,
    OneTimeCode,
    Passkey,
    Person,
    ProfileItem,
    RoleHeld,
    Stop,
)

ids.owners(sealing.PERSON, "people.Person")
sweeping.holds_plain_facts(
    "people_person", "people_device", "people_passkey", "people_consent", "people_onetimecode"
)


@transaction.atomic
def pause(*, actor: Person, now: datetime) -> None:
    """Stop for a while: nothing new is suggested or asked, and nothing is lost."""
    if actor.paused_at is None:
        actor.paused_at = now
        actor.save(update_fields=["paused_at"])
        announce(Paused(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def come_back(*, actor: Person, now: datetime) -> None:
    """Go on where one stopped. Nobody asks why."""
    if actor.paused_at is not None:
        actor.paused_at = None
        actor.save(update_fields=["paused_at"])
        announce(CameBack(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def delete_everything(*, actor: Person, now: datetime) -> str:
    """Delete all the person's own words and facts, destroy their key, end every device. Returns a proof.

    Every room removes its part first. What remains is an empty row, so that other people's conversations and the
    records of what the team did stay whole: no name, no way in, nothing that can be opened.
    """
    return _erase_with_proof(actor, actor.pk, None, now)


@transaction.atomic
def erase_person(*, actor: Person | None, person: Person, now: datetime) -> str:
    """The same on their wish by whoever runs the service, at the console (`actor` None). Returns the proof."""
    return _erase_with_proof(person, actor.pk if actor else None, person.pk, now)


def _erase_with_proof(person: Person, actor_id: int | None, about_id: int | None, now: datetime) -> str:
    made = proof.make(_erase(person, now), now)
    subject = f"person:{person.pk}"
    announce(Erased(actor_id=actor_id, about_id=about_id, subject=subject, proof=proof.digest(made)), at=now)
    return made


@transaction.atomic
def erase_again(*, actor: Person | None, person_ids: Collection[int], now: datetime) -> int:
    """After a restored backup: whose key was destroyed since it was made are erased once more. Returns how many.

    `person_ids` come from the copy of the keys (`key_copy.read().destroyed(PERSON)`).
    """
    found = list(Person.objects.filter(pk__in=person_ids, erased_at=None))
    for person in found:
        _erase(person, now)
        by = actor.pk if actor else None
        announce(Erased(actor_id=by, about_id=person.pk, subject=f"person:{person.pk}", proof=""), at=now)
    return len(found)


def _erase(person: Person, now: datetime) -> dict[str, int]:
    counts = parts.erase(person, now)
    sessions = list(Device.objects.filter(person=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=sessions).delete()
    for model in (ProfileItem, Consent, Device, Passkey, Authenticator, OneTimeCode, Stop):
        counts[model.__name__.lower()], _ = model.objects.filter(person=person).delete()
    RoleHeld.objects.filter(person=person, until_at=None).update(until_at=now)
    sealing.destroy_key(sealing.PERSON, person.pk, now=now)
    _blank(person, now)
    transaction.on_commit(partial(live.revoke_person, person.pk))
    return counts


def _blank(person: Person, now: datetime) -> None:
    person.erased_at, person.is_active = now, False
    person.public_id = new_public_id()
    person.name, person.sign_in_name = "", f"erased {person.public_id}"
    person.pronouns = person.email = person.way_back_hash = ""
    person.language, person.time_zone, person.age_band = "en", "UTC", "adult"
    person.sealed_needs, person.notice_choices = None, {}
    person.quiet_from = person.quiet_until = person.paused_at = person.last_login = None
    person.password = make_password(None)
    person.save()


@transaction.atomic
def record_read(*, actor: Person | None, about: Person, subject: str, reason_key: str, now: datetime) -> None:
    """Note that `actor` read a sensitive record (`subject`, "kind:id") of `about`, who is shown it with the reason.

    Nothing is noted when somebody reads what is their own. `actor` None: whoever runs the server, at the console.
    """
    by = actor.pk if actor else None
    if by != about.pk:
        announce(
            SensitiveRead(actor_id=by, about_id=about.pk, subject=subject, reason=reason_key),
            at=now,
        )
