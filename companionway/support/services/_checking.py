"""After the first two weeks each is asked, alone: go on, change, stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person
from companionway.support.events import CheckInAnswered, CheckInAsked
from companionway.support.models import CheckIn, Relationship
from companionway.support.moving import taken, whom
from companionway.support.states import CheckAnswer, State

ASKED_AFTER = timedelta(days=14)
ASKED_AT_ONCE = 200


@transaction.atomic
def ask_how_it_goes(*, actor: Person | None, now: datetime) -> int:
    """Ask both people of every walk that is two weeks old, once each. The clock calls this with no actor."""
    asked = CheckIn.objects.filter(relationship=OuterRef("pk"))
    due = Relationship.objects.filter(
        ~Exists(asked), began_at__lte=now - ASKED_AFTER, state__in=[State.MEETING, State.WALKING]
    ).exclude(programme__coordinator_sees=False, programme__keeps_ending_reasons=False)
    due = due.select_related("programme").order_by("pk")[:ASKED_AT_ONCE]
    count = 0
    for relationship in due:
        for person_id in relationship.people_ids:
            _row, is_new = CheckIn.objects.get_or_create(
                relationship=relationship, person_id=person_id, defaults={"asked_at": now}
            )
            if is_new:
                announce(CheckInAsked(**whom(relationship, actor, about_id=person_id)), at=now)
                count += 1
    return count


@transaction.atomic
def answer_how_it_goes(*, actor: Person, relationship: Relationship, answer: str, now: datetime) -> CheckIn:
    """Keep one's own answer, for oneself; where outcomes are never kept, only that the question was put."""
    locked = taken(actor, relationship)
    if answer not in CheckAnswer.values:
        raise Refused(_("Please choose one of the answers listed."))
    question = locked.check_ins.filter(person=actor).first()
    if question is None:
        raise Refused(_("There is nothing to answer here."))
    question.answered_at = now
    if locked.programme.keeps_outcomes:
        question.sealed_answer = key_of(PERSON, actor.pk).seal(answer, f"check:{locked.pk}")
    question.save(update_fields=["answered_at", "sealed_answer"])
    announce(CheckInAnswered(**whom(locked, actor, about_id=actor.pk)), at=now)
    return question
