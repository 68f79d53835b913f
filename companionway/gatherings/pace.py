"""How fast one seat may write, and be asked: so that one browser cannot drown a room, nor somebody be pestered.

Counted by the random id of the seat, which knows nobody. Words that are refused stay in the box.
"""

from __future__ import annotations

from typing import Final

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from limits import RateLimitItem, parse

from companionway.foundation import pace
from companionway.foundation.policy import Refused
from companionway.gatherings.models import Seat
from companionway.meetings.models import Meeting
from companionway.people.models import Person

# Ten in a minute are a line every six seconds: more than others can read. Ours, to be decided with groups.
SHARES: Final = parse("10/minute")
# A question that was answered may be asked again: three in ten minutes is care, more is pressure.
ASKINGS: Final = parse("3/10minutes")
# A sign beside words can be set and taken back; each press is told to everybody.
SIGNS: Final = parse("30/minute")
OUTSIDE: Final = parse("3/day")


def share(seat: Seat) -> None:
    """Raises Refused."""
    words = _(
        "That was a lot in one minute. Your words are still here. Please wait a little, so that others can read."
    )
    _count("share", SHARES, seat, words)


def asking(seat: Seat) -> None:
    """Raises Refused."""
    _count(
        "asking", ASKINGS, seat, _("They were asked a few times just now. Please give them a little time.")
    )


def sign(seat: Seat) -> None:
    """Raises Refused."""
    _count("sign", SIGNS, seat, _("That was a lot in one minute. Please wait a little."))


def outside(actor: Person, meeting: Meeting) -> None:
    """Raises Refused. Counted by a keyed hash of both, so that not even the count knows who said it."""
    who = salted_hmac("gatherings.outside", f"{actor.pk}|{meeting.series_id}").hexdigest()[:16]
    if not pace.ask("hit", OUTSIDE, "gatherings", "outside", who):
        raise Refused(_("You said this a few times today. Those who hold the meetings know. Thank you."))


def _count(what: str, most: RateLimitItem, seat: Seat, words: str) -> None:
    if not pace.ask("hit", most, "gatherings", what, seat.public_id):
        raise Refused(words)
