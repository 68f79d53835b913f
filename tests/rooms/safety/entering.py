"""Signing in for page tests: a session with its device row, as a sign-in with a second proof leaves it."""

from __future__ import annotations

from django.test import Client

from companionway.people.models import Device, Person
from tests.cast import NOW


def enter(client: Client, person: Person, *, is_strong: bool = True) -> None:
    client.force_login(person)
    Device.objects.create(
        person=person,
        session_key=client.session.session_key,
        label="Firefox on Android",
        is_strong=is_strong,
        signed_in_at=NOW,
        last_seen_on=NOW.date(),
    )
