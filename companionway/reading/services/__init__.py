"""What can be done with a page. One call, one transaction: check, change, announce."""

from companionway.reading.moving import OutOfDate
from companionway.reading.services._agreeing import (
    ask_anew,
    ask_for_reading,
    keep_after,
    keep_between_us,
    say_yes,
)
from companionway.reading.services._reading import answer_page, open_page

__all__ = [
    "OutOfDate",
    "answer_page",
    "ask_anew",
    "ask_for_reading",
    "keep_after",
    "keep_between_us",
    "open_page",
    "say_yes",
]
