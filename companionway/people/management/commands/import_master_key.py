"""`import_master_key FILE`: bring a copied master key back to a service that lost its own."""

from __future__ import annotations

from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companionway.foundation import key_export


class Command(BaseCommand):
    help = "Bring a copied master key back. Keys that are here already stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = key_export.bring_back(options["file"], getpass("The passphrase of the file: "))
        except (OSError, ValueError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Brought back. The key file holds {number} master key{'s' if number > 1 else ''}.")
