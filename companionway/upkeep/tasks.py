"""What is done here again and again: one backup each night, in a process of its own so that nobody waits for it."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from companionway.foundation.duties import duty
from companionway.upkeep import places

logger = logging.getLogger(__name__)
NIGHT: Final = range(1, 6)
A_DAY: Final = timedelta(hours=25)
THIS_NIGHT: Final = timedelta(hours=12)
_running: list[subprocess.Popen[bytes]] = []


def is_time(last: datetime | None, now: datetime) -> bool:
    """In the night, once; by day when there is none, or the night was missed."""
    if last is None or now - last >= A_DAY:
        return True
    return timezone.localtime(now).hour in NIGHT and now - last >= THIS_NIGHT


@duty("upkeep.backup", every=timedelta(minutes=30))
def back_up(now: datetime) -> None:
    """When BACKUP_FOLDER is set. One that failed is tried again in half an hour."""
    if not settings.BACKUP_FOLDER:
        return
    if _running and _running[0].poll() is None:
        return
    if _running and _running.pop().returncode:
        logger.error("the last backup was not made; `companionway backup` says why")
    last = places.last_good()
    if is_time(last.made_at if last else None, now):
        gently = ["nice", "-n", "10"] if shutil.which("nice") else []
        program = [*gently, sys.executable, "-m", "companionway.config.cli", "backup"]
        days = ["--keep-days", str(settings.BACKUP_KEEP_DAYS)]
        process = subprocess.Popen([*program, settings.BACKUP_FOLDER, *days], stdout=subprocess.DEVNULL)  # noqa: S603
        _running.append(process)
