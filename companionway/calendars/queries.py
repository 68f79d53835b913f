"""Which series stand in which feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companionway.calendars import policy
from companionway.calendars.models import Feed
from companionway.calendars.secrets_of import hashed
from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of, open_facts
from companionway.meetings import queries as meetings
from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class MyFeed:
    feed: Feed
    label: str
    title: str


def my_feeds(actor: Person) -> list[MyFeed]:
    found = []
    for each in policy.visible_to(actor):
        facts = facts_of(each)
        found.append(MyFeed(each, facts.get("label", ""), facts.get("title", "")))
    return found


def facts_of(feed: Feed) -> dict[str, str]:
    try:
        facts: Any = open_facts(key_of(PERSON, feed.person_id), feed.sealed, feed.context)
    except KeyDestroyed:
        return {}
    return dict(facts or {})


def feed_of(token: str) -> Feed | None:
    """The feed of a secret address, while its owner is here. By the hash: nothing is compared letter by letter."""
    found = Feed.objects.select_related("person__organisation").filter(token_hash=hashed(token))
    return found.filter(person__is_active=True, person__erased_at=None).first()


def series_in(feed: Feed, now: datetime) -> list[Any]:
    """What its owner chose to be reminded of, and what they hold or stand in at."""
    return list(meetings.in_own_calendar(feed.person, now))
