"""What the program asks of upkeep: may this database be served, and is there a backup?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from companionway.upkeep import marks, places

AS_OLD_AS: Final = timedelta(days=2)


def not_to_be_served() -> str | None:
    """One sentence when this database is not the one people's words belong in (any more, or yet)."""
    found = marks.mark()
    if found and found.state == marks.MOVED:
        return (
            f"This database was moved to {found.place} on {found.made_at[:10]}. Set DATABASE_URL to that place; "
            "nothing can be written here any more."
        )
    if found and found.state == marks.RECEIVING:
        return "A move into this database has not ended: run `companionway move-database` again where it came from."
    return None


def missing_backup(now: datetime) -> str | None:
    """One sentence when there is no backup, or only an old one."""
    last = places.last_good()
    if last is None:
        return "No backup was ever made: run `companionway backup`, and set BACKUP_FOLDER to have one every night."
    if now - last.made_at > AS_OLD_AS:
        return (
            f"The last good backup is from {last.made_at:%d %B %Y %H:%M} UTC: run `companionway backup`, "
            "and look why the one of last night is missing."
        )
    return None
