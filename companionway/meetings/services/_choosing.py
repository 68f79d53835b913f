"""Remind me: one sealed list of one’s own. Nobody else can ask who is on it; taken back, it leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.meetings import policy, queries
from companionway.meetings.events import RemindersChosen
from companionway.meetings.models import Chosen, Series
from companionway.people.models import Person

MOST = 200


@transaction.atomic
def remind_me(*, actor: Person, series: Series, now: datetime) -> None:
    """Ask to be told, in neutral words, when a meeting of this series is near or has changed."""
    require(policy.may_choose(actor, series))
    _write(actor, lambda there: [*there, series.public_id][-MOST:], now)


@transaction.atomic
def forget(*, actor: Person, public_id: str, now: datetime) -> None:
    """Take it back. The list is written anew without it; when it was the last, nothing is left."""
    _write(actor, lambda there: [each for each in there if each != public_id], now)


def _write(actor: Person, change: Callable[[list[str]], list[str]], now: datetime) -> None:
    # The person's row is the lock: two taps at once must not lose one.
    Person.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    there = queries.chosen_by(actor)
    wanted = list(dict.fromkeys(change(there)))
    if wanted == there:
        return
    if wanted:
        sealed = seal_facts(key_of(PERSON, actor.pk), wanted, queries.CHOSEN)
        Chosen.objects.update_or_create(person=actor, defaults={"sealed": sealed})
    else:
        Chosen.objects.filter(person=actor).delete()
    announce(RemindersChosen(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
