"""Knocking at the doors by name and passphrase, from any address: what the tests of guessing share."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
from django.test import Client, RequestFactory
from django.utils import timezone

from companionway.people import attempts, services
from companionway.people.models import Person

WRONG = "do not belong together"
SLOW = "wait a quarter of an hour"
CODE_PAGE = "/join/code/"


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def guess(client: Client, name: str = "Mina", passphrase: str = "no") -> str:
    reply = client.post("/sign-in/", {"name": name, "passphrase": passphrase})
    return "in" if reply.status_code == 302 else word_of(reply)


def fails(address: str, name: str) -> bool:
    """One more wrong passphrase, without drawing a page; whether it was tried at all."""
    tried = attempts.attempt(RequestFactory(REMOTE_ADDR=address).get("/"), "passphrase", name)
    if attempts.is_too_many(tried):
        return False
    attempts.note_failure(tried)
    return True


def word_of(reply: Any) -> str:
    page = reply.content.decode()
    return "slow" if SLOW in page else "wrong" if WRONG in page else page


def without_what_was_typed(page: str, name: str) -> str:
    return re.sub(r'value="\w{40,}"', "", page).replace(name, "NAME")


def code_app(person: Person) -> pyotp.TOTP:
    app = pyotp.TOTP(services.prepare_authenticator(actor=person, now=timezone.now()))
    services.confirm_authenticator(
        actor=person, code=app.at(timezone.now() - timedelta(seconds=30)), now=timezone.now()
    )
    return app
