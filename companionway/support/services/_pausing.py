"""A pause, and coming back from it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.foundation.sealing import RELATIONSHIP, key_of
from companionway.people.models import Person
from companionway.support import policy, talk
from companionway.support.events import PausedTogether, Resumed
from companionway.support.models import Relationship
from companionway.support.moving import move, taken, whom
from companionway.support.states import State


@transaction.atomic
def pause(
    *, actor: Person, relationship: Relationship, words: str = "", until: date | None = None, now: datetime
) -> Relationship:
    """Stop for a while. A few words and a day are welcome, never needed; both stay able to write."""
    locked = taken(actor, relationship)
    require(policy.may_pause(actor, locked))
    locked.paused_at, locked.paused_until = now, until
    if words.strip():
        require(policy.may_write_beside(locked))
        locked.sealed_pause = key_of(RELATIONSHIP, locked.pk).seal(words, "pause")
    move(locked, State.PAUSED, "paused_at", "paused_until", "sealed_pause")
    talk.say(locked, actor, "paused", now)
    announce(PausedTogether(**whom(locked, actor)), at=now)
    return locked


@transaction.atomic
def resume(*, actor: Person, relationship: Relationship, now: datetime) -> Relationship:
    """Come back to where the two were. The words about the pause go."""
    locked = taken(actor, relationship)
    require(policy.may_resume(actor, locked))
    locked.paused_at = locked.paused_until = locked.sealed_pause = None
    move(locked, locked.where_we_were, "paused_at", "paused_until", "sealed_pause")
    talk.go_on(locked, actor, now)
    announce(Resumed(**whom(locked, actor)), at=now)
    return locked
