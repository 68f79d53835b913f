"""`set_up NAME ADMINISTRATOR [--host HOST]`: begin an organisation with its first administrator."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import validate_host
from django.utils import timezone

from companionway.foundation.policy import Refused
from companionway.people import queries, services

HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*")


class Command(BaseCommand):
    help = (
        "Begin an organisation, with a one-time code for its first administrator. A second one on the same server "
        "needs --host, the host name that only it answers to."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the organisation's name")
        parser.add_argument("administrator", help="the name the first administrator signs in with")
        parser.add_argument("--host", default="", help="its host name; without it, it answers to every name")

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"].strip().lower()
        if host and not HOST.fullmatch(host):
            raise CommandError("A host name looks like peers.example.org: no https://, no port, no path.")
        try:
            made, code = services.set_up_service(
                name=options["name"], administrator=options["administrator"], host=host, now=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if host and not validate_host(host, settings.ALLOWED_HOSTS):
            self.stdout.write(f"Add {host} to ALLOWED_HOSTS and start the service anew.")
        self.stdout.write(f"Open {queries.public_url(made)}/join/code/ within two days and write: {code}")
