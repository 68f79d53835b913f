"""Keeping the numbers on the Help now page true: two people, at the operator's own site, every half year."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.safety import policy
from companionway.safety.events import HelpLinesChanged, LineSaidToFail
from companionway.safety.models import HelpLine, LineTrouble

FACTS: Final = (
    "country", "kind", "name", "number", "text_number", "chat_url", "hours", "languages", "audience", "cost",
    "appears_on_bill", "operator_url",
)  # fmt: skip
MOST_OPEN_TROUBLES: Final = 20
DEMONSTRATION: Final = Path(__file__).parents[1] / "data" / "demonstration_lines.toml"


def _changed(actor: Person | None, line: HelpLine, now: datetime) -> None:
    announce(HelpLinesChanged(actor_id=actor.pk if actor else None, subject=f"helpline:{line.pk}"), at=now)


@transaction.atomic
def add_helpline(
    *, actor: Person, facts: dict[str, Any], is_demonstration: bool = False, now: datetime
) -> HelpLine:
    """Write down a number (`facts`: see FACTS). Nobody is shown it until two people have checked it. Raises Refused."""
    require(policy.may_keep_lines(actor))
    chosen = {key: facts[key] for key in FACTS if key in facts}
    line = HelpLine.objects.create(
        **chosen, organisation_id=actor.organisation_id, is_demonstration=is_demonstration, added_at=now
    )
    _changed(actor, line, now)
    return line


@transaction.atomic
def verify_helpline(
    *, actor: Person, line: HelpLine, expires_on: date | None = None, now: datetime
) -> HelpLine:
    """Vouch for a number after reading the operator's own page.

    The first person's check waits for a second person's; theirs makes it live until `expires_on` (at most 180 days,
    the default). What was verified before holds until its own date meanwhile. Raises Refused.
    """
    locked = policy.lines_kept_by(actor).select_for_update().get(pk=line.pk)
    require(policy.may_verify(actor, locked))
    today = timezone.localdate(now)
    latest = HelpLine.latest_expiry(today)
    if expires_on is not None and not today <= expires_on <= latest:
        raise Refused(_("Please choose a day within the next 180 days."))
    if locked.half_checked_by_id is None:
        locked.half_checked_by, locked.half_checked_on = actor, today
    else:
        locked.verified_by_id, locked.also_verified_by = locked.half_checked_by_id, actor
        locked.verified_on, locked.expires_on = today, expires_on or latest
        locked.half_checked_by = locked.half_checked_on = None
        locked.troubles.filter(settled_at=None).update(settled_at=now)
    locked.save()
    _changed(actor, locked, now)
    return locked


@transaction.atomic
def correct_helpline(*, actor: Person, line: HelpLine, facts: dict[str, Any], now: datetime) -> HelpLine:
    """Put a number right. It disappears from the page until two people have checked it anew. Raises Refused."""
    locked = policy.lines_kept_by(actor).select_for_update().get(pk=line.pk)
    for key in FACTS:
        if key in facts:
            setattr(locked, key, facts[key])
    locked.half_checked_by = locked.half_checked_on = locked.verified_by = locked.also_verified_by = None
    locked.verified_on = locked.expires_on = None
    locked.save()
    _changed(actor, locked, now)
    return locked


@transaction.atomic
def retire_helpline(*, actor: Person, line: HelpLine, now: datetime) -> None:
    """Take a number off the page for good."""
    locked = policy.lines_kept_by(actor).select_for_update().get(pk=line.pk)
    locked.retired_at = now
    locked.save(update_fields=["retired_at"])
    _changed(actor, locked, now)


@transaction.atomic
def say_line_fails(*, actor: Person | None, line: HelpLine, now: datetime) -> None:
    """Anybody, signed in or not, says that a number does not work. Who said it is not kept, not even in the record."""
    if line.troubles.filter(settled_at=None).count() >= MOST_OPEN_TROUBLES:
        return
    LineTrouble.objects.create(line=line, said_at=now)
    announce(LineSaidToFail(actor_id=None, subject=f"helpline:{line.pk}"), at=now)


@transaction.atomic
def lay_out_demonstration_lines(*, actor: Person, second: Person, now: datetime) -> list[HelpLine]:
    """Put the demonstration's numbers on the shelf, as if `actor` and `second` had checked them today.

    Refused unless the organisation is a demonstration: these numbers were never checked. Doing it twice adds nothing.
    """
    require(policy.may_lay_out_demonstration(actor))
    if HelpLine.objects.filter(organisation=actor.organisation_id, is_demonstration=True).exists():
        return []
    facts = tomllib.loads(DEMONSTRATION.read_text(encoding="utf-8"))["line"]
    lines = []
    for each in facts:
        line = add_helpline(actor=actor, facts=each, is_demonstration=True, now=now)
        verify_helpline(actor=actor, line=line, now=now)
        lines.append(verify_helpline(actor=second, line=line, now=now))
    return lines
