"""The rhythm of a programme, what the clock does with it, and a place above somebody's limits."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person, Programme
from companionway.reasoning import supervision as reasoning
from companionway.supervision import lateness, policy
from companionway.supervision.events import ExtraPlaceEnded, ExtraPlaceGiven, RhythmChosen
from companionway.supervision.models import EXTRA_REASON, ExtraPlace, Rhythm
from companionway.supervision.moving import of_one


@transaction.atomic
def choose_rhythm(
    *, actor: Person, programme: Programme, rhythm: reasoning.Rhythm | None, now: datetime
) -> Rhythm | None:
    """How often talks are wanted in a programme, and after how long a late one is said; None: it is not counted.

    Counting begins on the day it is chosen: nobody is late for a time in which nothing was asked.
    """
    require(policy.may_oversee(actor, programme))
    row = Rhythm.objects.select_for_update().filter(programme=programme).first()
    told = RhythmChosen(
        actor_id=actor.pk,
        subject=f"programme:{programme.pk}",
        programme_id=programme.pk,
        is_kept=rhythm is not None,
    )
    if rhythm is None:
        Rhythm.objects.filter(programme=programme).delete()
        lateness.lift_all(programme.pk, actor, now)
        announce(told, at=now)
        return None
    row = row or Rhythm(programme=programme, kept_since=now)
    for name in reasoning.Rhythm.__slots__:
        setattr(row, name, getattr(rhythm, name))
    row.changed_at = now
    row.save()
    lateness.look_at_all(row, now)
    announce(told, at=now)
    return row


@transaction.atomic
def look_at_the_clock(*, actor: Person | None = None, now: datetime) -> None:
    """Say what is late, in order: both at due + 7 days, the coordinators at due + 14, nobody new from due + 21.

    The days are each programme's own. Each step is said once; a talk that both sign ends it at once. Places given
    above a limit end on their day.
    """
    for rhythm in Rhythm.objects.order_by("pk"):
        lateness.look_at_all(rhythm, now)
    today = timezone.localdate(now)
    for row in ExtraPlace.objects.select_for_update().filter(ended_at=None, until_on__lt=today):
        _end(row, actor, now)


@transaction.atomic
def give_extra_place(
    *, actor: Person, programme: Programme, person: Person, words: str, until_on: date, now: datetime
) -> ExtraPlace:
    """Let somebody take one person more than their limits for a while, with a reason both see.

    A hard stop with an override that gives its reason is what services of this kind use; the supporter still says
    yes or no. It lifts nothing else: not "not well", not a talk that is late, not "nobody new".
    """
    require(policy.may_widen(actor, programme, person))
    if not words.strip():
        raise Refused(_("Please write down why: both of you see it."))
    if until_on < timezone.localdate(now):
        raise Refused(_("Please choose a day to come."))
    # `may_be_held` names those who support here.
    require(policy.may_be_held(person, programme))
    for before in ExtraPlace.objects.select_for_update().filter(
        person=person, programme=programme, ended_at=None
    ):
        _end(before, actor, now)
    row = ExtraPlace.objects.create(
        person=person,
        programme=programme,
        given_by=actor,
        sealed_reason=key_of(PERSON, person.pk).seal(words, EXTRA_REASON),
        given_at=now,
        until_on=until_on,
    )
    announce(ExtraPlaceGiven(**of_one(person.pk, programme.pk, actor)), at=now)
    return row


@transaction.atomic
def end_extra_place(*, actor: Person, programme: Programme, person: Person, now: datetime) -> None:
    """Take the extra place back: the supporter themselves, or a coordinator. Whoever came by it stays."""
    if actor.pk != person.pk:
        require(policy.may_widen(actor, programme, person))
    for row in ExtraPlace.objects.select_for_update().filter(
        person=person, programme=programme, ended_at=None
    ):
        _end(row, actor, now)


def _end(row: ExtraPlace, actor: Person | None, now: datetime) -> None:
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    announce(ExtraPlaceEnded(**of_one(row.person_id, row.programme_id, actor)), at=now)
