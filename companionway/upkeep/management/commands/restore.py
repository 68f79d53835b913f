"""`companionway restore FILE`: bring a backup back onto a clean machine, or try it in a throw-away place (--drill)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.upkeep import backing_up, places
from companionway.upkeep.lines import FAULTS
from companionway.upkeep.management.commands.backup import passphrase_file
from companionway.upkeep.restoring import NotRestored, Wish, restore
from companionway.upkeep.sealed_file import Damaged, WrongKey


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Restore a backup into the database that the settings name. Nothing is touched before the whole file is "
        "verified; stop the service first. A backup of SQLite may be restored to PostgreSQL, and the other way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keys", type=Path, help="the newest copy of the keys, when it is not in its usual place"
        )
        parser.add_argument(
            "--without-keys", action="store_true", help="give up what people wrote, keep the rest"
        )
        parser.add_argument(
            "--passphrase-file", type=Path, help="the passphrase that the backup was sealed with"
        )
        parser.add_argument("--replace", action="store_true", help="set aside what the database holds now")
        parser.add_argument(
            "--drill", action="store_true", help="only try it, in a throw-away place, and report"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Whatever is made on the way is for the service's own user only.
        os.umask(0o077)
        path: Path = options["file"]
        try:
            wish = Wish(
                path=path,
                lock=backing_up.lock(
                    passphrase_file=options["passphrase_file"] or passphrase_file(), make=False
                ),
                keys=options["keys"],
                without_keys=options["without_keys"],
                replace=options["replace"],
                is_drill=options["drill"],
            )
            found = restore(wish, timezone.now(), self.stdout.write)
        except FileNotFoundError as fault:
            if fault.filename == str(path):
                raise CommandError(f"There is no file {path}.") from fault
            raise CommandError(
                f"The backup key is not at {settings.BACKUP_KEY_FILE}. Put your copy of it there, then restore."
            ) from fault
        except (NotRestored, WrongKey, places.NoRoom) as fault:
            raise CommandError(str(fault)) from fault
        except Damaged as fault:
            raise CommandError(f"{fault} Nothing was changed. Try an earlier backup.") from fault
        except (OSError, ValueError, *FAULTS) as fault:
            raise CommandError(f"It could not be restored: {fault}. Nothing was changed.") from fault
        rows = sum(each.rows for each in found.values())
        done = "The drill went well" if options["drill"] else "Restored"
        self.stdout.write(f"{done}: {rows} rows of {len(found)} tables, all equal to the backup.")
        if not options["drill"]:
            self.stdout.write(
                "Start the service. People sign in again where the secret key of before is gone."
            )
