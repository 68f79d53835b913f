"""Staying away from one group: what the room of groups does when a decision holds, and when it is too much."""

from __future__ import annotations

from datetime import datetime, timedelta

from companionway.groups import services as groups
from companionway.moderation.models import Decision
from companionway.moderation.near import same_as
from companionway.people.models import Person


def leave_out(decision: Decision, actor: Person, first: Person | None, days: int, now: datetime) -> None:
    """Under each of their names, where two of the team have recorded that there are several."""
    assert decision.about is not None and decision.group is not None
    others = same_as(decision.about.pk) - {decision.about.pk}
    decision.left_out = groups.leave_out(
        actor=actor,
        first=first,
        group=decision.group,
        person=decision.about,
        days=days,
        also=Person.objects.here().filter(pk__in=others),
        now=now,
    )
    decision.save(update_fields=["left_out"])


def let_in(decision: Decision, actor: Person, days: int, now: datetime) -> None:
    """Now, or after so many days more; never later than it would have been. What is over stays over."""
    row = decision.left_out
    if row is None or row.ended_at is not None:
        return
    if days == 0:
        groups.let_in_again(actor=actor, row=row, now=now)
    else:
        groups.shorten_leaving_out(actor=actor, row=row, until=now + timedelta(days=days), now=now)
