"""Name and passphrase, in the organisation of the host name. The name is folded.

A wrong name costs the same time as a wrong passphrase.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from companionway.people import names
from companionway.people.models import Person
from companionway.people.queries import organisation


class PassphraseBackend(BaseBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        name, passphrase = str(credentials.get("name", "")), str(credentials.get("passphrase", ""))
        person = Person.objects.of(organisation()).here().filter(sign_in_name=names.folded(name)).first()
        if person is None or not person.has_usable_password():
            make_password(passphrase)
            return None
        return person if check_password(passphrase, person.password) else None

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.here().filter(pk=user_id).first()
