"""`check_erasure PROOF`: whether what a proof of erasure says still holds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companionway.foundation import proof


class Command(BaseCommand):
    help = "Whether a proof of erasure is genuine and still holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("proof")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts, faults = proof.read(options["proof"]), proof.faults(options["proof"])
        except ValueError as fault:
            raise CommandError(str(fault)) from fault
        if faults:
            raise CommandError(" ".join(faults))
        counted = ", ".join(f"{number} {key.replace('_', ' ')}" for key, number in facts["counts"].items())
        self.stdout.write(
            f"It holds. Destroyed on {facts['at']}: {len(facts['keys'])} keys; {counted or 'no rows'}."
        )
