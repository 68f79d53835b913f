"""The ticket of a seat: a random token that only the browser keeps, bound to one meeting and one person.

The database has the hash of the token and nothing of the person; the ticket has a keyed digest over both. So nobody
can tell from the tables who sat where, and nobody else who signs in on the same device gets the seat.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE_SECONDS: Final = 60 * 60 * 24
_SALT: Final = "gatherings.ticket"


def cookie_of(meeting_public_id: str) -> str:
    return f"seat_{meeting_public_id}"


def make(meeting_id: int, person_id: int) -> str:
    token = secrets.token_urlsafe(24)
    return f"{token}.{_bound(token, meeting_id, person_id)}"


def token_hash(ticket: str, meeting_id: int, person_id: int) -> str | None:
    """What the database knows the seat by; None when the ticket is not this person's, or not of this meeting."""
    token, _, bound = ticket.partition(".")
    if not token or not constant_time_compare(bound, _bound(token, meeting_id, person_id)):
        return None
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(meeting_public_id: str, door: str) -> str:
    """What stands in the picture at the door, or in the address of the device that stands there."""
    return salted_hmac(f"gatherings.door.{door}", meeting_public_id, algorithm="sha256").hexdigest()[:20]


def is_code(code: str, meeting_public_id: str, door: str) -> bool:
    return constant_time_compare(code, code_of(meeting_public_id, door))


def _bound(token: str, meeting_id: int, person_id: int) -> str:
    return salted_hmac(_SALT, f"{token}|{meeting_id}|{person_id}", algorithm="sha256").hexdigest()
