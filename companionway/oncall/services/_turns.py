"""Taking a turn, and saying that one cannot: never asked why, never blamed, never silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.oncall import keeping_turns, policy
from companionway.oncall.events import TurnTaken
from companionway.oncall.models import Turn
from companionway.oncall.states import Step
from companionway.people.models import Person
from companionway.reasoning.rota import Span

LONGEST: Final = timedelta(days=8)


@transaction.atomic
def take_turn(
    *, actor: Person, person: Person, step: int, starts_at: datetime, ends_at: datetime, now: datetime
) -> Turn:
    """Stand at one step of the ladder from a moment to a moment: oneself, or whom the keeper of the rota puts there.

    What has begun already begins now. A step has one person at a time, and nobody stands at two steps at once
    (the database refuses both). Raises Refused. Source of the rule: docs/decisions/0016-who-is-here.md.
    """
    require(policy.may_take(actor, person, now))
    span = Span(max(starts_at, now), ends_at)
    _sensible(span, step)
    keeping_turns.begin(actor.organisation_id, now)
    if other := keeping_turns.in_the_way(actor.organisation_id, person, step, span, now).first():
        if other.person_id == person.pk:
            raise Refused(_("%(name)s has a turn at that time already.") % {"name": person.name})
        raise Refused(_("%(name)s has this turn already.") % {"name": other.person.name})
    turn = Turn.objects.create(
        organisation_id=actor.organisation_id,
        person=person,
        step=step,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        made_at=now,
    )
    about = None if person.pk == actor.pk else person.pk
    announce(TurnTaken(actor_id=actor.pk, about_id=about, subject=f"turn:{turn.pk}", step=step), at=now)
    return turn


def _sensible(span: Span, step: int) -> None:
    if step not in Step.values:
        raise Refused(_("There is no such step."))
    if span.ends_at <= span.starts_at:
        raise Refused(_("A turn ends after it begins, and not in the past."))
    if span.ends_at - span.starts_at > LONGEST:
        raise Refused(_("A turn lasts at most eight days. Nobody can be on call for ever."))


@transaction.atomic
def end_turn(*, actor: Person, turn: Turn, now: datetime) -> Turn:
    """ "I cannot": the turn ends now, or is given back before it begins. Nobody is asked why.

    It is never left to nobody silently: `TurnLeft` tells those who keep the rota. Raises Refused.
    """
    locked = Turn.objects.select_for_update().select_related("person").get(pk=turn.pk)
    require(policy.may_end(actor, locked, now))
    keeping_turns.end(locked, now)
    keeping_turns.tell_left(actor, locked, now)
    return locked


@transaction.atomic
def leave_turns(*, actor: Person | None, person: Person, now: datetime) -> int:
    """All turns of somebody who can no longer stand (role ended, taking a break) end; returns how many.

    Doing it again changes nothing, and neither does doing it for somebody who can stand again.
    """
    if policy.people_who_may_stand(person.organisation_id, now).filter(pk=person.pk).exists():
        return 0
    left = list(Turn.objects.select_for_update().standing().filter(person=person, ends_at__gt=now))
    for turn in left:
        keeping_turns.end(turn, now)
    if left:
        keeping_turns.tell_left(actor, min(left, key=lambda turn: turn.starts_at), now)
    return len(left)
