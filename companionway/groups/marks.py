"""The mark of somebody who has voted: the same person makes the same one, and nobody reads from it who that is."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

from companionway.people.models import Person, Programme


def mark_of(actor: Person, programme: Programme, on: str, device: str) -> str:
    """From the person where a list of who belongs is kept anyway, otherwise from the token of their device."""
    who = f"person:{actor.pk}" if programme.keeps_register else f"device:{device}"
    return salted_hmac("groups.voted", f"{on}|{who}", algorithm="sha256").hexdigest()


def new_device() -> str:
    return secrets.token_urlsafe(18)
