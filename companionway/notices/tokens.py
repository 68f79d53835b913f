"""The link that stops e-mails without signing in: signed, naming nobody, good for ever and for nothing else."""

from __future__ import annotations

from typing import Final

from django.core import signing

from companionway.people.models import Person
from companionway.people.queries import organisation

_SALT: Final = "notices.stop"


def stop_token(person: Person) -> str:
    return signing.Signer(salt=_SALT).sign(person.public_id)


def person_of(token: str) -> Person | None:
    try:
        public_id = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Person.objects.of(organisation()).here().filter(public_id=public_id).first()
