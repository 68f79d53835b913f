"""What this room lays on the desk of those on call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companionway.concerns.desk import Panel
from companionway.noticing import policy, queries
from companionway.noticing.figures import LAST_CHECK
from companionway.oncall import queries as oncall
from companionway.people.models import Person
from companionway.people.queries import organisation


def shown(actor: Person, now: datetime) -> dict[str, Any]:
    """The queue, as the panel and its own page draw it."""
    return {
        "queue": queries.queue(actor, lambda: len(oncall.on_call_ids(organisation(), now)), now),
        "not_checked": queries.not_checked(queries.programmes_watched(actor), now),
        "check": LAST_CHECK,
    }


def _context(actor: Person, now: datetime) -> dict[str, Any] | None:
    return shown(actor, now) if policy.may_have_a_queue(actor) else None


PANEL = Panel("noticing", "noticing/panel.html", _context)
