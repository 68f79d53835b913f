"""`companionway move-database --to postgres://...`: from SQLite to PostgreSQL while people go on writing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from companionway.upkeep import moving
from companionway.upkeep.lines import FAULTS
from companionway.upkeep.moving import NotMoved


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Move everything to an empty PostgreSQL database. The service may go on; at the end nothing can be written for "
        "some seconds. Killed or interrupted at any moment: run the same command again. --cancel gives up instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--to", metavar="URL", help="postgres://user:passphrase@host/name")
        group.add_argument("--cancel", action="store_true", help="let the database of now be written again")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if connection.vendor != "sqlite":
                raise NotMoved(
                    "This installation is on PostgreSQL already. To go to SQLite: stop the service, `companionway "
                    "backup`, unset DATABASE_URL, `companionway restore`."
                )
            if options["cancel"]:
                was = moving.give_up()
                self.stdout.write(
                    "The move was given up; the service goes on here." if was else "There is no move."
                )
                return
            self._move(options["to"])
        except NotMoved as fault:
            raise CommandError(str(fault)) from fault
        except FAULTS as fault:
            raise CommandError(
                f"{fault}".strip() + "\nNothing is lost: run the same command again."
            ) from fault

    def _move(self, url: str) -> None:
        try:
            place = dict(dj_database_url.parse(url))
        except ValueError as fault:
            raise NotMoved("The address cannot be read: postgres://user:passphrase@host/name") from fault
        if "postgresql" not in str(place["ENGINE"]):
            raise NotMoved("A move goes to PostgreSQL: postgres://user:passphrase@host/name")
        parts = urlsplit(url)
        shown = f"postgres://{parts.hostname or ''}{parts.path}"
        moving.move(place, shown, timezone.now(), self.stdout.write)
        self.stdout.write(
            "Moved. Set this, then start the service again; the old file refuses to be served and may be kept:\n"
            f"DATABASE_URL={url}"
        )
