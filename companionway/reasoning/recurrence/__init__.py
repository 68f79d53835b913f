"""When something comes again: rules of RFC 5545 that people use, read strictly, and counted in local time.

A clock change never moves a meeting: 6:30 pm stays 6:30 pm. Everything that comes out is an instant (UTC).
"""

from companionway.reasoning.recurrence._changes import Change, Occurrence, occurrences
from companionway.reasoning.recurrence._days import days, first_day, is_one_of
from companionway.reasoning.recurrence._instants import instant, starts
from companionway.reasoning.recurrence._rules import (
    DAYS,
    FREQUENCIES,
    Rule,
    WrongRule,
    check,
    day_code,
    parse,
    spoken,
)

__all__ = [
    "Change",
    "DAYS",
    "FREQUENCIES",
    "Occurrence",
    "Rule",
    "WrongRule",
    "check",
    "day_code",
    "days",
    "first_day",
    "instant",
    "is_one_of",
    "occurrences",
    "parse",
    "spoken",
    "starts",
]
