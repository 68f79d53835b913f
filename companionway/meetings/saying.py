"""Rules and reasons in words. What a rule means is decided in `reasoning.recurrence`; here it is only said."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from companionway.meetings.models import Series
from companionway.people.group_rules import Format, Part
from companionway.reasoning import recurrence
from companionway.reasoning.recurrence import Rule, WrongRule
from companionway.ui.times import full_day_words


def clock(begins: time) -> str:
    """ "6:30 pm": a local time of the place, whatever zone the reader is in."""
    words = date_format(datetime.combine(date(2000, 1, 1), begins), pgettext("time format", "g:i a"))
    return words.replace("a.m.", "am").replace("p.m.", "pm")


def when(series: Series, today: date) -> str:
    """ "Every second Tuesday at 6:30 pm"."""
    rule = recurrence.parse(series.rule)
    at = clock(series.begins)
    if rule is None:
        return _("%(day)s at %(time)s") % {"day": full_day_words(series.starts_on, today), "time": at}
    return _("%(how_often)s at %(time)s") % {"how_often": how_often(rule, series.starts_on), "time": at}


def how_often(rule: Rule, first_on: date) -> str:
    said = recurrence.spoken(rule, first_on)
    if said.frequency == "WEEKLY":
        words = _weekly(said)
    elif said.frequency == "MONTHLY":
        words = _monthly(said)
    elif said.frequency == "YEARLY":
        day = date_format(first_on, pgettext("date format", "j F"))
        words = ngettext("Every year on %(day)s", "Every %(number)d years on %(day)s", said.interval) % {
            "number": said.interval,
            "day": day,
        }
    else:
        words = _daily(said)
    if said.count:
        words = ngettext("%(words)s, %(count)d time", "%(words)s, %(count)d times", said.count) % {
            "words": words,
            "count": said.count,
        }
    return words


def _daily(rule: Rule) -> str:
    if rule.by_day:
        return _weekly(rule)
    return ngettext("Every day", "Every %(number)d days", rule.interval) % {"number": rule.interval}


def _weekly(rule: Rule) -> str:
    days = _and([_weekday(day) for _nth, day in rule.by_day])
    if rule.interval == 2:
        return _("Every second %(days)s") % {"days": days}
    return ngettext("Every %(days)s", "Every %(number)d weeks on %(days)s", rule.interval) % {
        "number": rule.interval,
        "days": days,
    }


def _monthly(rule: Rule) -> str:
    if rule.month_days:
        days = _and([_month_day(each) for each in rule.month_days])
    else:
        days = _and([_nth_day(nth, day) for nth, day in rule.by_day])
    return ngettext("%(days)s of every month", "%(days)s of every %(number)d months", rule.interval) % {
        "number": rule.interval,
        "days": days,
    }


def _weekday(day: int) -> str:
    return str(WEEKDAYS[day])


def _nth_day(nth: int, day: int) -> str:
    names = {
        0: _("Every %(day)s"),
        1: _("The first %(day)s"),
        2: _("The second %(day)s"),
        3: _("The third %(day)s"),
        4: _("The fourth %(day)s"),
        5: _("The fifth %(day)s"),
        -1: _("The last %(day)s"),
    }
    words = names.get(nth, _("The %(day)s that is number %(number)d from the end"))
    return words % {"day": _weekday(day), "number": abs(nth)}


def _month_day(day: int) -> str:
    if day == -1:
        return _("The last day")
    if day < 0:
        return _("The day that is number %(number)d from the end") % {"number": -day}
    return _("Day %(number)d") % {"number": day}


def _and(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(these)s and %(last)s") % {"these": ", ".join(words[:-1]), "last": words[-1]}


def why_not(fault: WrongRule) -> str:
    """Why a rule is not taken, and what would be."""
    reasons = {
        "count": _("A series has between one and a thousand meetings."),
        "interval": _("Please choose a number of days, weeks or months between 1 and 99."),
        "until": _("Please write the last day beside the rule, not into it."),
        "both": _("Please choose either days of the week or days of the month."),
        "mixed": _("Please choose either every such day, or those of certain weeks of the month."),
        "never": _("With these days there would never be a meeting. Please look at them again."),
        "yearly": _("A yearly meeting is on the date of its first one."),
        "month_day": _("Please choose a day between 1 and 31, or the last day of the month."),
        "nth": _("Which week of the month can only be said of a monthly meeting."),
        "frequency": _("A meeting comes again daily, weekly, monthly or yearly."),
    }
    return reasons.get(fault.why, _("We could not read how often this comes again."))


def minute_by_minute(form: Format) -> list[tuple[int, Part]]:
    """Each part of a meeting with the minute at which it begins."""
    found, minute = [], 0
    for part in form.parts:
        found.append((minute, part))
        minute += part.minutes
    return found
