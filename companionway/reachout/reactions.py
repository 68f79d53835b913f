"""What we do when the house tells: a sign of somebody begins their days again; whoever left is not asked after."""

from __future__ import annotations

from datetime import datetime

from companionway.clubhouse.moving import tell
from companionway.people.models import Person, Programme
from companionway.reachout.events import ReachStopped
from companionway.reachout.models import ReachBy, ReachWish
from companionway.reachout.moving import end, seen


def hears(person: Person, programme: Programme, is_by_being_here: bool, now: datetime) -> None:
    """Days here count only for whoever chose that they do."""
    rows = ReachWish.objects.live().filter(programme=programme, person=person).select_for_update()
    for row in rows.filter(counts_days_here=True) if is_by_being_here else rows:
        seen(row, now)


def lets_go(person: Person, programme: Programme, now: datetime) -> None:
    """Nobody asks after them, and they ask after nobody."""
    ReachBy.objects.filter(person=person, wish__programme=programme).delete()
    for row in ReachWish.objects.live().filter(person=person, programme=programme).select_for_update():
        end(row, now)
        tell(ReachStopped, row, programme.pk, now)
