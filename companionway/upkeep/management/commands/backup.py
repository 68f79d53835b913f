"""`companionway backup`: everything the service keeps, sealed, in one file, while people go on writing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.foundation import key_copy
from companionway.upkeep import backing_up, places
from companionway.upkeep.backing_up import Made
from companionway.upkeep.lines import FAULTS


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write one sealed file with everything the service keeps. The service may go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("where", nargs="?", type=Path, help="a folder, or a new file ending in .backup")
        parser.add_argument("--passphrase-file", type=Path, help="seal with the passphrase in this file")
        parser.add_argument(
            "--keep-days", type=int, help="afterwards remove our backups in that folder older than this"
        )
        parser.add_argument(
            "--keep", type=int, help="afterwards keep only so many of our backups in that folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        path = chosen(options["where"], now)
        try:
            lock = backing_up.lock(passphrase_file=options["passphrase_file"] or passphrase_file(), make=True)
            made = backing_up.make(path, with_lock=lock, now=now)
        except places.NoRoom as fault:
            raise CommandError(str(fault)) from fault
        except backing_up.Nothing as fault:
            raise CommandError("The database is empty: there is nothing to back up yet.") from fault
        except FileExistsError as fault:
            raise CommandError(f"{path} is already there. Name a new file.") from fault
        except OSError as fault:
            raise CommandError(places.as_sentence(fault, path.parent)) from fault
        except ValueError as fault:
            raise CommandError(f"No backup was made: {fault}.") from fault
        except FAULTS as fault:
            raise CommandError(f"The database cannot be read ({fault}). No backup was made.") from fault
        places.note_last_good(made.path, now)
        gone = []
        if options["keep_days"] is not None or options["keep"] is not None:
            gone = places.prune(path.parent, days=options["keep_days"], most=options["keep"], now=now)
        self._say(made, bool(lock.passphrase), len(gone))

    def _say(self, made: Made, by_passphrase: bool, gone: int) -> None:
        self.stdout.write(
            f"{made.path}: {made.rows} rows of {made.tables} tables, {made.size / 2**20:.1f} MB, sealed."
        )
        if gone:
            self.stdout.write(f"{gone} old backups were removed.")
        sealed_by = "the passphrase" if by_passphrase else str(settings.BACKUP_KEY_FILE)
        self.stdout.write(
            "To restore it you need three things that are NOT in it. Keep a copy of each in another place:\n"
            f"  {sealed_by}   opens the backup; without it the backup is worthless\n"
            f"  {settings.MASTER_KEY_FILE}   opens what people wrote; it stays the same\n"
            f"  {key_copy.path()}   the newest one only: who was erased stays erased"
        )


def passphrase_file() -> Path | None:
    return Path(settings.BACKUP_PASSPHRASE_FILE) if settings.BACKUP_PASSPHRASE_FILE else None


def chosen(where: Path | None, now: datetime) -> Path:
    if where is None:
        where = Path(settings.BACKUP_FOLDER) if settings.BACKUP_FOLDER else places.own_folder()
    return where if where.suffix == places.ENDING else places.named(where, now)
