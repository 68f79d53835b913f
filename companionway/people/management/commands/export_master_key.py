"""`export_master_key FILE`: the master key into a file locked by a passphrase, when two administrators agreed."""

from __future__ import annotations

from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.foundation import key_export
from companionway.foundation.policy import Refused
from companionway.people import services


class Command(BaseCommand):
    help = "Copy the master key into a file locked by a passphrase; asks for the codes of two administrators."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"{path} is there already.")
        typed = [input(f"The words of the {which} administrator: ") for which in ("first", "second")]
        passphrase = getpass("A passphrase for the file: ")
        if len(passphrase) < key_export.LEAST_PASSPHRASE:
            raise CommandError(
                f"Please take at least {key_export.LEAST_PASSPHRASE} letters. Nothing was done."
            )
        try:
            services.export_by_two(actor=None, typed=typed, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        key_export.write(path, passphrase)
        self.stdout.write(
            f"{path} holds the master key, locked by that passphrase. Every administrator was told."
        )
