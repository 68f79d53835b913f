"""Times in words, in the person's own time zone (the active one)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import available_timezones

from django.utils import timezone
from django.utils.choices import BaseChoiceIterator
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext


@lru_cache(maxsize=1)
def _zones() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones())]


class _TimeZones(BaseChoiceIterator):
    """Every time zone, as a form offers it: no form copies the 600, and Django does not look at each anew."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(_zones())

    def __deepcopy__(self, _memo: Any) -> _TimeZones:
        return self


time_zones: Final = _TimeZones()


def clock_words(moment: datetime) -> str:
    """ "6:30 pm"."""
    words = date_format(timezone.localtime(moment), pgettext("time format", "g:i a"))
    return words.replace("a.m.", "am").replace("p.m.", "pm")


def day_words(day: date, today: date) -> str:
    """ "Today", "Yesterday", "Tomorrow" or "Thursday 26 November" (with the year when it is another year)."""
    near = {0: gettext("Today"), -1: gettext("Yesterday"), 1: gettext("Tomorrow")}
    if (day - today).days in near:
        return near[(day - today).days]
    return full_day_words(day, today)


def full_day_words(day: date, today: date) -> str:
    """ "Thursday 26 November", with the year when it is not this one."""
    if day.year == today.year:
        return date_format(day, pgettext("date format", "l j F"))
    return date_format(day, pgettext("date format", "l j F Y"))


def moment_words(moment: datetime, now: datetime) -> str:
    """ "Thursday 26 November, 6:30 pm"."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    return gettext("%(day)s, %(time)s") % {
        "day": full_day_words(local.date(), today),
        "time": clock_words(moment),
    }


def short_words(moment: datetime, now: datetime) -> str:
    """For lists: the time today, "Yesterday", the weekday this week, else "18 November"."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    if local.date() == today:
        return clock_words(moment)
    if local.date() == today - timedelta(days=1):
        return gettext("Yesterday")
    if today - timedelta(days=7) < local.date() < today:
        return date_format(local, pgettext("weekday format", "l"))
    if local.year == today.year:
        return date_format(local, pgettext("date format", "j F"))
    return date_format(local, pgettext("date format", "j F Y"))
