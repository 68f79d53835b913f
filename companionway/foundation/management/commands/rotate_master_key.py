"""`rotate_master_key`: a new master key while people write. Cut off anywhere, it goes on when it is run again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from companionway.foundation import rotation


class Command(BaseCommand):
    help = "Change the master key while people write. Cut off anywhere, it goes on when it is run again."

    def handle(self, *args: Any, **options: Any) -> None:
        moved = rotation.rotate(now=timezone.now())
        self.stdout.write(
            f"{moved} keys are wrapped by a new master key; the old one opens nothing here any more."
        )
        self.stdout.write(
            f"Back up {settings.MASTER_KEY_FILE} now, apart from the database, and throw older copies away."
        )
