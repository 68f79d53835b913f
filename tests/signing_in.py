"""`client.force_login(person)` in tests: a sign-in that counts as strong, so that staff roles hold.

For what a passphrase alone allows, sign in through the page, or `force_login(person, backend=WEAK)`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from companionway.people.backends import PassphraseBackend
from companionway.people.models import Person

WEAK = "tests.signing_in.WeaklyByTheTest"


class ByTheTest(PassphraseBackend):
    is_strong = True

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        return None


class WeaklyByTheTest(ByTheTest):
    is_strong = False
