"""The ways in: passphrase, passkeys, the app with six-digit codes, and the printed way back."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cache

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import codes, policy
from companionway.people.ending import end_devices
from companionway.people.events import WayInChanged
from companionway.people.keys import Credential
from companionway.people.models import Authenticator, Device, Passkey, Person

MOST_PASSKEYS = 20
STEP_SECONDS = 30


@transaction.atomic
def new_way_back(*, actor: Person, now: datetime) -> str:
    """Make a new printed way back and return its words, once: only a hash is kept. The earlier one stops working."""
    code = codes.new_code()
    actor.way_back_hash = make_password(code)
    actor.save(update_fields=["way_back_hash"])
    announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="way_back"), at=now)
    return code


@transaction.atomic
def use_way_back(*, actor: Person, code: str, now: datetime) -> str:
    """Come in by the printed code: it is used up, and the words of a new one are returned. Refused when wrong."""
    person = Person.objects.here().select_for_update().filter(pk=actor.pk).first()
    kept = person.way_back_hash if person else ""
    if not check_password(codes.tidied(code), kept or _nobodys_hash()):
        raise Refused(_("This name and these words do not belong together. Please look at both again."))
    fresh = codes.new_code()
    actor.way_back_hash = make_password(fresh)
    actor.save(update_fields=["way_back_hash"])
    announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="way_back"), at=now)
    return fresh


@transaction.atomic
def change_passphrase(*, actor: Person, passphrase: str, keep_session: str = "", now: datetime) -> None:
    """Set a new passphrase. Every other device ends; the door signs the one of `keep_session` in again."""
    actor.set_password(passphrase)
    actor.save(update_fields=["password"])
    others = Device.objects.filter(person=actor, ended_at=None).exclude(session_key=keep_session)
    end_devices(actor, list(others), now)
    announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="passphrase"), at=now)


@transaction.atomic
def add_passkey(*, actor: Person, passkey: Credential, now: datetime) -> Passkey:
    """Keep one more passkey whose ceremony was verified."""
    require(policy.may_add_way_in(actor))
    if Passkey.objects.filter(credential_id=passkey.credential_id).exists():
        raise Refused(_("This passkey is already kept."))
    if Passkey.objects.filter(person=actor).count() >= MOST_PASSKEYS:
        raise Refused(_("There is no room for more. Take something away first."))
    added = Passkey.objects.create(person=actor, **passkey.columns, added_at=now)
    announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="passkey"), at=now)
    return added


@transaction.atomic
def use_passkey(*, actor: Person, passkey: Passkey, sign_count: int, now: datetime) -> None:
    """Note the count of a passkey that was shown. Refused when a copied passkey counts backwards."""
    kept = Passkey.objects.filter(pk=passkey.pk, person=actor)
    if sign_count:
        kept = kept.filter(sign_count__lt=sign_count)
    if not kept.update(sign_count=sign_count, last_used_on=now.date()):
        raise Refused(_("This passkey cannot be used. Please choose another way in."))


@transaction.atomic
def remove_passkey(*, actor: Person, passkey: Passkey, now: datetime) -> None:
    """Forget a passkey. The last way in cannot be taken away."""
    require(policy.may_change_own(actor, passkey.person))
    require(policy.may_add_way_in(actor))
    others = Passkey.objects.filter(person=actor).exclude(pk=passkey.pk).exists()
    if not (others or actor.has_usable_password()):
        raise Refused(_("This is your only way in. Set a passphrase or another passkey first."))
    passkey.delete()
    announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="passkey"), at=now)


@transaction.atomic
def prepare_authenticator(*, actor: Person, secret: str = "", now: datetime) -> str:
    """Make (or take) the secret of a six-digit code app; it counts once a code of it was shown. Returns the secret."""
    require(policy.may_add_way_in(actor))
    kept = Authenticator.objects.filter(person=actor).first()
    if kept and kept.confirmed_at:
        raise Refused(_("A code app is already set up. Remove it first."))
    key = sealing.key_of(sealing.PERSON, actor.pk)
    if kept and not secret:
        return key.open(kept.sealed_secret, "authenticator")
    secret = secret or pyotp.random_base32()
    Authenticator.objects.update_or_create(
        person=actor, defaults={"sealed_secret": key.seal(secret, "authenticator"), "last_step": 0}
    )
    return secret


@transaction.atomic
def confirm_authenticator(*, actor: Person, code: str, now: datetime) -> None:
    """The first right code: from now on the app counts as a second proof."""
    app = Authenticator.objects.select_for_update().filter(person=actor).first()
    _take_code(actor, app, code, now)
    Authenticator.objects.filter(person=actor).update(confirmed_at=now)
    announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="six_digits"), at=now)


@transaction.atomic
def use_six_digits(*, actor: Person, code: str, now: datetime) -> None:
    """Show a code of the confirmed app. Each code opens once; the neighbours of the running one are taken too."""
    app = Authenticator.objects.select_for_update().filter(person=actor, confirmed_at__isnull=False).first()
    _take_code(actor, app, code, now)


@transaction.atomic
def remove_authenticator(*, actor: Person, now: datetime) -> None:
    """Forget the code app. For a colleague it takes a session that showed the second proof."""
    require(policy.may_add_way_in(actor))
    if Authenticator.objects.filter(person=actor).delete()[0]:
        announce(WayInChanged(actor_id=actor.pk, subject=f"person:{actor.pk}", way="six_digits"), at=now)


@cache
def _nobodys_hash() -> str:
    """A hash nobody has the words of, so that an unknown name costs the same time as a wrong code."""
    return make_password(secrets.token_urlsafe(32))


def _take_code(actor: Person, app: Authenticator | None, code: str, now: datetime) -> None:
    typed = "".join(each for each in code if each.isdigit())
    step = int(now.timestamp()) // STEP_SECONDS
    if app is not None:
        secret = sealing.key_of(sealing.PERSON, actor.pk).open(app.sealed_secret, "authenticator")
        app_code = pyotp.TOTP(secret)
        for near in (step, step - 1, step + 1):
            if pyotp.utils.strings_equal(typed, app_code.generate_otp(near)):
                fresh = Authenticator.objects.filter(pk=app.pk, last_step__lt=near)
                if fresh.update(last_step=near):
                    return
    raise Refused(
        _("This code does not fit. Codes change every half minute; please try the one showing now.")
    )
