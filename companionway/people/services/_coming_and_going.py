"""Pausing, coming back, leaving for good; and the note that is made whenever the team looks."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from companionway.foundation import live, parts, sealing
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
    """Delete all the person's own words and facts, destroy their key, end every device. Returns a proof code.

    Every room removes its part first. What remains is an empty row, so that other people's conversations and the
    records of what the team did stay whole: no name, no way in, nothing that can be opened.
    """
    parts.erase(actor, now)
    sessions = list(Device.objects.filter(person=actor).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=sessions).delete()
    for model in (ProfileItem, Consent, Device, Passkey, Authenticator, OneTimeCode):
        model.objects.filter(person=actor).delete()
    RoleHeld.objects.filter(person=actor, until_at=None).update(until_at=now)
    sealing.destroy_key(sealing.PERSON, actor.pk, now=now)
    proof = new_public_id()
    _blank(actor, now)
    person_id = actor.pk
    transaction.on_commit(lambda: live.revoke_person(person_id))
    announce(Erased(actor_id=actor.pk, subject=f"person:{actor.pk}", proof=proof), at=now)
    return proof


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
def record_read(*, actor: Person, about: Person, subject: str, reason_key: str, now: datetime) -> None:
    """Note that `actor` read a sensitive record (`subject`, "kind:id") of `about`, who is shown it with the reason.

    Nothing is noted when somebody reads what is their own.
    """
    if actor.pk != about.pk:
        announce(
            SensitiveRead(actor_id=actor.pk, about_id=about.pk, subject=subject, reason=reason_key),
            at=now,
        )
