"""`check_record [HEAD]`: whether the record is whole, from its first block to its head."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companionway.foundation import chain


class Command(BaseCommand):
    help = "Go through the chain of records; says that it is whole, or the first place that was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "head", nargs="?", help="a head written down earlier, which must be part of it too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kept = chain.Head.read(options["head"]) if options["head"] else None
        except ValueError as fault:
            raise CommandError("A head looks like 12:9f86d0...") from fault
        found = chain.check(kept)
        if found.fault:
            raise CommandError(f"Changed. {found.fault}")
        self.stdout.write(f"Whole: {found.records} records in {found.blocks} blocks.")
        self.stdout.write(f"Head, to be kept elsewhere: {chain.head() or 'none yet'}")
