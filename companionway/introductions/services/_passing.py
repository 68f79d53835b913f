"""Nobody who waits longest is passed over in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.foundation.sealing import PERSON, key_of
from companionway.introductions.models import PASSED_OVER_WORDS, Introduction, PassedOver, Request
from companionway.introductions.states import PassingReason
from companionway.people.models import Person


class ReasonOwed(Refused):
    """Somebody who could have been asked waits longer; a written reason is needed first."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Why somebody else is asked before the one who waits longest: one of a few reasons, and words."""

    reason: PassingReason
    words: str


def reason_owed() -> ReasonOwed:
    return ReasonOwed(
        _(
            "Somebody who could be asked waits longer. You may go on; please write down why, for the coordinators."
        )
    )


@transaction.atomic
def record_passed_over(
    *,
    actor: Person,
    request: Request,
    introduction: Introduction,
    passing: Passing | None,
    how_many: int,
    now: datetime,
) -> PassedOver:
    """Write down that `request`, who waits longest of `how_many`, was passed over for `introduction`, and why.

    Raises `ReasonOwed` without a reason in words. The words are sealed with the key of the person passed over.
    Called inside the deeds that offer and propose; they announce.
    """
    if passing is None or not passing.words.strip():
        raise reason_owed()
    return PassedOver.objects.create(
        request=request,
        introduction=introduction,
        by=actor,
        reason=passing.reason,
        sealed_words=key_of(PERSON, request.member_id).seal(passing.words, PASSED_OVER_WORDS),
        how_many=how_many,
        happened_at=now,
    )
