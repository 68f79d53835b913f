"""What is done to an uploaded calendar before a library may read it: one way of writing lines, no traps in its zones,
and a word on every rule that would be counted for ever."""

from __future__ import annotations

import codecs
import re
from calendar import monthrange
from datetime import datetime
from typing import Any, Final

from icalendar import Timezone

_FOLD: Final = re.compile(rb"\r*\n[ \t]")
_LINE_END: Final = re.compile(r"\r\n|\r")
_ZONE: Final = re.compile(r"^BEGIN:VTIMEZONE\s*\n.*?^END:VTIMEZONE\s*$\n?", re.I | re.M | re.S)
_ZONE_RULE: Final = re.compile(r"^RRULE[^:]*:(.*)$", re.I | re.M)
_ZONE_DATES: Final = re.compile(r"^RDATE[^:]*:(.*)$", re.I | re.M)
# Of one zone: as many dates as a country with Ramadan has in two hundred years, and far more parts than any has had.
MOST_ZONE_DATES: Final = 500
MOST_ZONE_PARTS: Final = 200
MOST_RULES: Final = 3
MOST_INTERVAL: Final = 9999
_OFTEN: Final = {"SECONDLY", "MINUTELY", "HOURLY"}
_PLAIN: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY"}
# What may stand in a rule beside these; a rule that no day ever meets is looked for until the year 9999.
_ALSO: Final = {
    "DAILY": set(),
    "WEEKLY": set(),
    "MONTHLY": {"BYSETPOS"},
    "YEARLY": {"BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
}
_OF_A_DAY: Final = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_LEAP_YEAR: Final = 2024


def tamed(content: bytes) -> str:
    """The text of a calendar: decoded, unfolded (also where a fold cuts a letter in two), one line end, no trap."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            content = content.decode(name, "replace").encode("utf-8")
    text = _FOLD.sub(b"", content).decode("utf-8-sig", "replace")
    return _ZONE.sub(_zone_or_nothing, _LINE_END.sub("\n", text))


def _zone_or_nothing(found: re.Match[str]) -> str:
    """A zone that cannot be made, or not soon (changes not yearly, too many), is left out."""
    zone = found[0].upper()
    dates = sum(line.count(",") + 1 for line in _ZONE_DATES.findall(zone))
    is_yearly = all(
        "FREQ=YEARLY" in rule and _OF_A_DAY.isdisjoint(_names(rule)) for rule in _ZONE_RULE.findall(zone)
    )
    is_bearable = is_yearly and dates <= MOST_ZONE_DATES and zone.count("BEGIN:") <= MOST_ZONE_PARTS
    return found[0] if is_bearable and _can_be_made(found[0]) else ""


def _can_be_made(zone: str) -> bool:
    try:
        made = Timezone.from_ical(zone)
        return isinstance(made, Timezone) and bool(datetime.fromtimestamp(0, made.to_tz(lookup_tzid=False)))
    except Exception:  # whatever: one zone is left out, the file stands
        return False


def _names(rule: str) -> set[str]:
    return {part.partition("=")[0] for part in rule.split(";")}


def comes_too_often(rule: dict[str, list[Any]]) -> bool:
    """More often than once on a day. `rule`: names in capitals, each with its values."""
    said = [str(each).upper() for each in rule.get("FREQ", [])]
    return not _OFTEN.isdisjoint(said) or any(len(rule.get(name, [])) > 1 for name in _OF_A_DAY)


def is_countable(rule: dict[str, list[Any]]) -> bool:
    """Whether its days can be counted soon: known parts only, and none that no day ever meets."""
    frequency = str(rule.get("FREQ", [""])[0]).upper()
    if frequency not in _ALSO or not set(rule) <= _PLAIN | _OF_A_DAY | _ALSO[frequency]:
        return False
    # Every nought weeks never comes to its second time.
    if any(not 1 <= int(each) <= MOST_INTERVAL for each in rule.get("INTERVAL", [])):
        return False
    days, months = [int(each) for each in rule.get("BYMONTHDAY", [])], rule.get("BYMONTH", [])
    longest = [monthrange(_LEAP_YEAR, int(each))[1] for each in months if 1 <= int(each) <= 12]
    return not days or not months or any(1 <= abs(day) <= length for day in days for length in longest)
