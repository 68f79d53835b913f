"""What we do when the house tells that somebody belongs no more: no day of work is left without anybody."""

from __future__ import annotations

from datetime import datetime

from companionway.clubhouse.moving import tell, today_of
from companionway.people.models import Person, Programme
from companionway.placements.events import WorkEnded
from companionway.placements.models import CanCover, Holding, Interest, WorkDay
from companionway.placements.moving import ask_days_of


def lets_go(person: Person, programme: Programme, now: datetime) -> None:
    """Places they had, days they would have gone and offers to cover are free again."""
    today = today_of(programme, now)
    Interest.objects.filter(person=person, placement__programme=programme).delete()
    CanCover.objects.filter(person=person, placement__programme=programme).delete()
    for row in Holding.objects.filter(person=person, ended_on=None, placement__programme=programme):
        row.ended_on = today
        row.save(update_fields=["ended_on"])
        tell(WorkEnded, row, programme.pk, now)
    ask_days_of(WorkDay.objects.filter(person=person, placement__programme=programme), today, now)
