"""What people do about minutes. One call, one transaction: check, change, announce."""

from companionway.association.moving import OutOfDate
from companionway.association.services._signing import ask_to_sign, sign_minutes, take_back
from companionway.association.services._writing import (
    Said,
    begin_minutes,
    correct_minutes,
    set_draft_aside,
    write_minutes,
)

__all__ = [
    "OutOfDate",
    "Said",
    "ask_to_sign",
    "begin_minutes",
    "correct_minutes",
    "set_draft_aside",
    "sign_minutes",
    "take_back",
    "write_minutes",
]
