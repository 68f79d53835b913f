"""`set_up NAME ADMINISTRATOR`: begin an empty service with its organisation and a first administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.foundation.policy import Refused
from companionway.people import services


class Command(BaseCommand):
    help = "Begin an empty service: its organisation, and a one-time code for its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the organisation's name")
        parser.add_argument("administrator", help="the name the first administrator signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = services.set_up_service(
                name=options["name"], administrator=options["administrator"], now=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Open {settings.PUBLIC_URL}/join/code/ within two days and write: {code}")
