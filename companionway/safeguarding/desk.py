"""What the desk of those on call shows a lead: that something waits, never what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companionway.concerns.desk import Panel
from companionway.concerns.desk import register as register_panel
from companionway.people.models import Person
from companionway.safeguarding import policy


def _waiting(actor: Person, now: datetime) -> dict[str, Any] | None:
    if not actor.holds(policy.RECORD):
        return None
    return {"waiting": policy.readable_by(actor).unread().exclude(author=actor).count()}


def register() -> None:
    register_panel(Panel("safeguarding", "safeguarding/parts/desk.html", _waiting))
