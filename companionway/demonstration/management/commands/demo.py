"""Load the invented organisation, or say who can sign in to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pyotp
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.demonstration.building import PASSPHRASE, build
from companionway.foundation import sealing
from companionway.people.models import Authenticator, Organisation

WHO = """
Sign in with one of these names and the passphrase: {passphrase}

  Mina        member, walking with Theo                Side by Side
  Ottoline    member, waiting                          Side by Side
  Theo        peer supporter                           Side by Side
  Marcus      member, and Imogen beside him            Two Ways
  Fearless Fred  member in one programme, supporter in another
  Len         sponsee of Frankie D                     Stepping Stones
  Halima      coordinator; also asks for six digits:   {command} demo --code Halima
  Morwenna    safeguarding lead, keeps the rota:       {command} demo --code Morwenna
  Aled        on call at night:                        {command} demo --code Aled
  Precious    learns: a mentor reads what she writes   Side by Side
  Odile       mentor; also asks for six digits:        {command} demo --code Odile
  Oluchi      administrator; also asks for six digits: {command} demo --code Oluchi

Every person and every word is invented. The telephone numbers are demonstration data: nobody has checked them.
"""


class Command(BaseCommand):
    help = "Load the demonstration organisation into an empty service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--who", action="store_true", help="only say who can sign in")
        parser.add_argument(
            "--code", metavar="NAME", help="print a demonstration staff member's six digits now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["code"]:
            self.stdout.write(_code_of(options["code"]))
        elif options["who"]:
            if Organisation.objects.filter(is_demonstration=True).exists():
                self.stdout.write(_who())
        elif Organisation.objects.exists():
            raise CommandError(
                "There is an organisation here already. The demonstration needs an empty database."
            )
        else:
            build(now=timezone.now())
            self.stdout.write(_who())


def _who() -> str:
    started_by = Path(sys.argv[0])
    command = os.path.relpath(started_by) if started_by.name == "companionway" else "companionway"
    return WHO.format(passphrase=PASSPHRASE, command=command)


def _code_of(name: str) -> str:
    kept = Authenticator.objects.filter(person__name=name, person__is_demonstration=True).first()
    if kept is None:
        raise CommandError(f"There is no demonstration staff member called {name}.")
    secret = sealing.key_of(sealing.PERSON, kept.person_id).open(kept.sealed_secret, "authenticator")
    return pyotp.TOTP(secret).now()
