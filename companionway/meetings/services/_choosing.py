"""Remind me: one sealed list of one’s own. Nobody else can ask who is on it; taken back, it leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.meetings import policy, queries
from companionway.meetings.events import RemindersChosen
from companionway.meetings.letters import Letter
from companionway.meetings.models import Chosen, Invited, Series
from companionway.people import queries as people
from companionway.people.models import Person, Purpose

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


@transaction.atomic
def invite_me(*, actor: Person, now: datetime) -> None:
    """Ask that what one chose comes by e-mail, as invitations to one's own calendar. Raises Refused without an address
    that may be used. Twice changes nothing."""
    if not actor.email or not people.has_consent(actor, Purpose.CONTACT_EMAIL):
        raise Refused(_("Please give an e-mail address first, under “How I am told”."))
    if Invited.objects.get_or_create(person=actor)[1]:
        announce(RemindersChosen(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def stop_inviting(*, actor: Person, now: datetime) -> None:
    """No more invitations. What was sent is forgotten; what stands in the calendar, its owner takes out."""
    if Invited.objects.filter(person=actor).delete()[0]:
        announce(RemindersChosen(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


@transaction.atomic
def letter_sent(*, actor: Person, letter: Letter, now: datetime) -> None:
    """Know, sealed, that this went, so that it does not go again. Told to nobody."""
    row = Invited.objects.select_for_update().filter(person=actor).first()
    if row is None:
        return
    there = {uid: known for uid, known in queries.sent_to(row).items() if uid != letter.uid}
    there |= {letter.uid: letter.known} if letter.known else {}
    row.sealed = seal_facts(key_of(PERSON, actor.pk), there, queries.SENT) if there else None
    row.save(update_fields=["sealed"])
