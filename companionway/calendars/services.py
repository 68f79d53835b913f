"""Private addresses: made, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from companionway.calendars import policy
from companionway.calendars.events import FeedMade, FeedTakenBack
from companionway.calendars.models import Feed
from companionway.calendars.secrets_of import hashed
from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.people.models import Person


@transaction.atomic
def make_feed(*, actor: Person, label: str, title: str, shows_place: bool, now: datetime) -> tuple[Feed, str]:
    """A new private address. The secret in it is shown once and kept nowhere: returned beside the row."""
    Person.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    require(policy.may_make(actor))
    token = secrets.token_urlsafe(32)
    feed = Feed(
        public_id=new_public_id(),
        person=actor,
        token_hash=hashed(token),
        shows_place=shows_place,
        created_at=now,
    )
    facts = {"label": label.strip(), "title": title.strip()}
    feed.sealed = seal_facts(key_of(PERSON, actor.pk), facts, feed.context)
    feed.save()
    announce(FeedMade(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
    return feed, token


@transaction.atomic
def take_back(*, actor: Person, feed: Feed, now: datetime) -> None:
    """The address leads nowhere from now on. Twice changes nothing."""
    if policy.visible_to(actor).filter(pk=feed.pk).delete()[0]:
        announce(FeedTakenBack(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
