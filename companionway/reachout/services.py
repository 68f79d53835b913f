"""Being missed, only as the person themselves wants it: by whom, how, after how many days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.clubhouse import policy as house
from companionway.clubhouse.moving import at_home, taken, tell
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.reachout import policy
from companionway.reachout.events import (
    MissedAnswered,
    MissedListed,
    MissedTaken,
    ReachChosen,
    ReachStopped,
    SignGiven,
)
from companionway.reachout.models import FEWEST_DAYS, MOST_DAYS, Missed, ReachBy, ReachWish
from companionway.reachout.moving import end, seen
from companionway.reachout.states import Reached, ReachWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How somebody would like to be asked after. `words`: number or address, and what they would like to be said."""

    days: int
    way: str
    named: Collection[Person] = ()
    unit: Any = None
    counts_days_here: bool = False
    words: str = ""


@transaction.atomic
def choose_reach(*, actor: Person, programme: Programme, wish: Wish, now: datetime) -> ReachWish:
    """Choose to be asked after when one is away for some days: by whom, and how. The choice before is over."""
    at_home(actor, programme)
    _looked_at(actor, programme, wish)
    _stop(actor, programme, now)
    row = ReachWish(
        programme=programme, person=actor, days=wish.days, way=wish.way, unit=wish.unit,
        counts_days_here=wish.counts_days_here, due_at=now + timedelta(days=wish.days), chosen_at=now,
        public_id=new_public_id(),
    )  # fmt: skip
    if wish.words.strip():
        row.sealed = key_of(PERSON, actor.pk).seal(wish.words, row.context)
    row.save()
    ReachBy.objects.bulk_create(ReachBy(wish=row, person=each) for each in set(wish.named))
    tell(ReachChosen, row, programme.pk, now, by=actor)
    return row


def _looked_at(actor: Person, programme: Programme, wish: Wish) -> None:
    if not FEWEST_DAYS <= wish.days <= MOST_DAYS or wish.way not in ReachWay.values:
        raise Refused(
            _("Please choose between %(fewest)d and %(most)d days.") % {"fewest": FEWEST_DAYS, "most": MOST_DAYS}
        )  # fmt: skip
    if not wish.named and wish.unit is None:
        raise Refused(_("Please choose who may ask after you: somebody by name, or a unit."))
    others = set(house.others_of(actor, programme).values_list("pk", flat=True))
    if not {each.pk for each in wish.named} <= others:
        raise Refused(_("One of them cannot be asked just now."))
    if wish.unit is not None and wish.unit.programme_id != programme.pk:
        raise Refused(_("One of them cannot be asked just now."))


def _stop(actor: Person, programme: Programme, now: datetime) -> int:
    """The row stays as two dates until the clock takes it; words, names and lists go at once."""
    rows = list(ReachWish.objects.live().filter(programme=programme, person=actor).select_for_update())
    for row in rows:
        end(row, now)
        tell(ReachStopped, row, programme.pk, now, by=actor)
    return len(rows)


@transaction.atomic
def stop_reach(*, actor: Person, programme: Programme, now: datetime) -> None:
    """Be asked after no more, from this moment; also when somebody was about to. Members past and present."""
    _stop(actor, programme, now)


@transaction.atomic
def give_sign(*, actor: Person, programme: Programme, now: datetime) -> None:
    """Say that one is all right: the days begin again, and nobody needs to ask."""
    for row in ReachWish.objects.live().filter(programme=programme, person=actor).select_for_update():
        seen(row, now)
        tell(SignGiven, row, programme.pk, now, by=actor)


@transaction.atomic
def list_missed(*, actor: Person | None, now: datetime) -> int:
    """Put those who asked for it, and of whom there was no sign for as long as they said, on the list.

    By the clock; twice is once. Whoever pauses said that they want to be left for a while. Returns how many.
    """
    due = ReachWish.objects.live().filter(due_at__lte=now, person__paused_at=None, person__erased_at=None)
    rows = (
        due.exclude(missed__result="").select_related("programme", "person").select_for_update(of=("self",))
    )
    found = [each for each in rows.order_by("pk") if house.belongs(each.person, each.programme)]
    for row in found:
        missed = Missed.objects.create(wish=row, since_at=now)
        tell(MissedListed, missed, row.programme_id, now)
    return len(found)


@transaction.atomic
def take_missed(*, actor: Person, missed: Missed, now: datetime) -> Missed:
    """Ask after somebody oneself: nobody else is asked any more, and how they like it is open to this one alone."""
    locked = taken(policy.missed_visible_to(actor).select_related("wish__person"), missed.pk)
    if locked.taken_by_id == actor.pk:
        return locked
    require(policy.may_take_missed(actor, locked))
    locked.taken_by, locked.taken_at = actor, now
    locked.save(update_fields=["taken_by", "taken_at"])
    people.record_read(
        actor=actor, about=locked.wish.person, subject=f"reach:{locked.wish_id}", reason_key="asked", now=now
    )
    tell(MissedTaken, locked, locked.wish.programme_id, now, by=actor)
    return locked


@transaction.atomic
def answer_missed(*, actor: Person, missed: Missed, result: str, now: datetime) -> Missed:
    """Say what came of it, in one of three words. Whoever would like to be left alone is not asked after again.

    Not reached: they are missed again after as many days as they chose.
    """
    if result not in Reached.values:
        raise Refused(_("Please choose one of the answers listed."))
    locked = taken(policy.taken_by(actor).select_related("wish__person"), missed.pk)
    require(policy.may_answer_missed(actor, locked))
    locked.result, locked.answered_at = result, now
    locked.save(update_fields=["result", "answered_at"])
    wish = ReachWish.objects.select_for_update().get(pk=locked.wish_id)
    if result == Reached.LEFT_ALONE:
        end(wish, now)
    else:
        seen(wish, now)
    tell(MissedAnswered, locked, wish.programme_id, now, by=actor)
    return locked
