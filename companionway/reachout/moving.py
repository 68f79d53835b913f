"""A wish begins again, or is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.reachout.models import ReachWish


def seen(row: ReachWish, now: datetime) -> None:
    """There was a sign of them: the days begin again, and nobody needs to ask."""
    row.missed.filter(result="").delete()
    row.due_at = now + timedelta(days=row.days)
    row.save(update_fields=["due_at"])


def end(row: ReachWish, now: datetime) -> None:
    """The row stays as two dates until the clock takes it; words, names and lists go at once."""
    row.missed.filter(result="").delete()
    row.named.all().delete()
    row.stopped_at, row.sealed, row.unit = now, None, None
    row.save(update_fields=["stopped_at", "sealed", "unit"])
