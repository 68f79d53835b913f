"""People who are signed in, for a load generator: one question per line of standard input, one answer per line."""

from __future__ import annotations

import json
import secrets
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from companionway.conversations.services import open_conversation
from companionway.people import roles
from companionway.people.models import Device, Organisation, Person, Programme, RoleHeld


class Command(BaseCommand):
    help = (
        'Answers {"people": N} with cookies and ids, {"conversation": [ids]} with its address, '
        '{"on_call": true} with somebody who sees what was noticed. '
        "For measuring on an empty service; refuses a service that has members."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--among-others", action="store_true", help="beside a demonstration, for tests")

    def handle(self, *args: Any, **options: Any) -> None:
        strangers = Person.objects.exclude(sign_in_name__startswith="bench-")
        if not options["among_others"] and strangers.exists():
            sys.exit("There are people here: measure on an empty service.")
        for line in sys.stdin:
            asked = json.loads(line)
            self.stdout.write(json.dumps(_answer(asked)))
            self.stdout.flush()


def _programme() -> Programme:
    now = timezone.now()
    # Beside others: in the organisation that answers to every name.
    organisation, _ = Organisation.objects.get_or_create(
        host="", defaults={"name": "Measured", "short_name": "Measured"}
    )
    return Programme.objects.get_or_create(
        name="Measured",
        defaults={"organisation": organisation, "practice_model": "one_to_one_charity", "created_at": now},
    )[0]


def _answer(asked: dict[str, Any]) -> Any:
    if "on_call" in asked:
        return _on_call(_programme())
    return _people(asked["people"]) if "people" in asked else _conversation(asked["conversation"])


def _on_call(programme: Programme) -> dict[str, Any]:
    Programme.objects.filter(pk=programme.pk).update(coordinator_sees=True)
    made = _person(programme)
    RoleHeld.objects.create(
        person_id=made["id"], role=roles.ON_CALL, programme=programme, since_at=timezone.now()
    )
    Device.objects.filter(person=made["id"]).update(is_strong=True)
    return made


def _people(number: int) -> list[dict[str, Any]]:
    return [_person(_programme()) for _ in range(number)]


def _person(programme: Programme) -> dict[str, Any]:
    now, name = timezone.now(), f"bench-{secrets.token_hex(6)}"
    person = Person.objects.create(
        organisation_id=programme.organisation_id,
        name=name,
        sign_in_name=name,
        joined_at=now,
        password="!",  # noqa: S106
    )
    RoleHeld.objects.create(person=person, role=roles.MEMBER, programme=programme, since_at=now)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    Device.objects.create(
        person=person, session_key=session.session_key or "", label="Load generator", signed_in_at=now,
        last_seen_on=now.date(),
    )  # fmt: skip
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}", "id": person.pk}


def _conversation(ids: list[int]) -> str:
    people = list(Person.objects.filter(pk__in=ids))
    opened = open_conversation(actor=people[0], programme=_programme(), people=people, now=timezone.now())
    return opened.public_id
