"""Quiet hours of a whole programme: nothing is written in its groups, and nobody young hears from it.

Said by the practice model (`quiet_from`, `quiet_until`), told by the clock of the organisation. Help and safety ask
nothing of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.people import group_rules
from companionway.people.models import Programme
from companionway.ui.times import clock_words


@dataclass(frozen=True, slots=True)
class Night:
    """From one local clock time until another, past midnight too."""

    since: time
    until: time
    zone: ZoneInfo

    def ends_at(self, now: datetime) -> datetime | None:
        """The moment at which it is over; None while it is day."""
        local = now.astimezone(self.zone)
        clock = local.time()
        is_past_midnight = self.since > self.until
        if is_past_midnight and not self.until <= clock < self.since:
            day = local.date() + timedelta(days=1 if clock >= self.since else 0)
        elif not is_past_midnight and self.since <= clock < self.until:
            day = local.date()
        else:
            return None
        return datetime.combine(day, self.until, self.zone)


def night_of(programme: Programme) -> Night | None:
    """The quiet hours of this programme's groups; None where its practice model has none."""
    said = group_rules.data_of(programme)
    since, until = said.get("quiet_from", ""), said.get("quiet_until", "")
    if not since or not until or since == until:
        return None
    try:
        zone = ZoneInfo(programme.organisation.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return Night(time.fromisoformat(since), time.fromisoformat(until), zone)


def said_at(night: Night | None, now: datetime) -> str:
    """Why nothing is written at this hour, when again, and where somebody is meanwhile; empty by day."""
    if night is None or (ends := night.ends_at(now)) is None:
        return ""
    with timezone.override(night.zone):
        until = clock_words(ends)
    return _(
        "It is night, and nothing is written here until %(until)s. Your words can wait until then. "
        "If you would like somebody now: the page Help now is open all night."
    ) % {"until": until}
