"""What every deed here shares: the row under lock, for whoever may see it, and the ids in the record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from companionway.clubhouse import policy
from companionway.clubhouse.events import OfAHouse
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import SealingKey, key_of
from companionway.people.models import Person, Programme

HOUSE = "house"
M = TypeVar("M", bound=Model)


class OutOfDate(Refused):
    """Something changed meanwhile; what was typed is not lost, it waits in the form."""


def taken(rows: QuerySet[M], pk: int) -> M:
    """The row, locked, out of those the actor may see; Refused for anybody else."""
    found = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise Refused(_("This is not open to you."))
    return found


def at_home(actor: Person, programme: Programme) -> None:
    """Refused for whoever does not belong."""
    require(policy.belongs(actor, programme))


def today_of(programme: Programme, now: datetime) -> date:
    """The day it is where the house stands."""
    return now.astimezone(ZoneInfo(programme.organisation.time_zone)).date()


def monday_of(day: date) -> date:
    """The Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def house_key(programme_id: int) -> SealingKey:
    """The key that seals what the house wrote together."""
    return key_of(HOUSE, programme_id)


def tell(
    kind: type[OfAHouse],
    thing: Model,
    programme_id: int,
    now: datetime,
    *,
    by: Person | None = None,
    about_id: int | None = None,
) -> None:
    """One fact of the house. Without `by` nobody is named: the record is kept longer than anybody's days are."""
    announce(
        kind(
            actor_id=by.pk if by else None,
            about_id=about_id,
            subject=f"{thing._meta.model_name}:{thing.pk}",
            programme_id=programme_id,
        ),
        at=now,
    )
