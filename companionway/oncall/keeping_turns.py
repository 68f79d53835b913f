"""What several deeds on the rota share: one of them at a time, and steps freed of those who can no longer stand."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.foundation.events import announce
from companionway.oncall.events import TurnLeft
from companionway.oncall.models import Offer, Rota, Turn, TurnQuerySet, may_stand
from companionway.oncall.states import OfferState
from companionway.people.models import Organisation, Person
from companionway.reasoning.rota import Span


def begin(organisation_id: int, now: datetime) -> Rota:
    """The rota of this organisation, begun with its first turn; locked, so that two deeds never cross."""
    here = Organisation.objects.select_for_update().get(pk=organisation_id)
    rota, _ = Rota.objects.get_or_create(
        organisation=here, defaults={"began_at": now, "time_zone": here.time_zone}
    )
    if rota.stopped_at is not None:
        rota.stopped_at = None
        rota.save(update_fields=["stopped_at"])
    return rota


def in_the_way(organisation_id: int, person: Person, step: int, span: Span, now: datetime) -> TurnQuerySet:
    """Turns at this step, or of this person at any step, during this time, of people who can stand."""
    free_of_those_gone(organisation_id, span, now)
    there = Turn.objects.filter(Q(step=step) | Q(person=person), organisation=organisation_id)
    during = there.touching(span.starts_at, span.ends_at).filter(starts_at__lt=span.ends_at)
    return during.select_related("person").order_by("starts_at")


def free_of_those_gone(organisation_id: int, span: Span, now: datetime) -> None:
    """Turns during this time of people who can no longer stand end now, so that others can have them."""
    there = Turn.objects.filter(organisation=organisation_id).touching(span.starts_at, span.ends_at)
    for turn in there.exclude(may_stand("person", now)):
        end(turn, now)
        tell_left(None, turn, now)


def end(turn: Turn, now: datetime) -> None:
    """The turn ends now, or where it would have begun. What was offered to somebody is withdrawn."""
    if turn.until <= now:
        return
    turn.ended_at = max(now, turn.starts_at)
    turn.save(update_fields=["ended_at"])
    Offer.objects.filter(turn=turn, state=OfferState.WAITING).update(
        state=OfferState.WITHDRAWN, answered_at=now
    )


def tell_left(actor: Person | None, turn: Turn, now: datetime) -> None:
    """No turn is left to nobody silently."""
    announce(
        TurnLeft(
            actor_id=actor.pk if actor else None,
            subject=f"turn:{turn.pk}",
            organisation_id=turn.organisation_id,
            person_id=turn.person_id,
        ),
        at=now,
    )
