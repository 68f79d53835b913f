"""One's own book and what goes with it. Every question here is about whoever asks it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language

from companionway.conversations import queries as conversations
from companionway.meetings import policy as meetings
from companionway.people.models import Person
from companionway.steps import policy
from companionway.steps.book import Contact, Pages, Step, open_book

_DATA: Final = Path(__file__).parents[1] / "data" / "examples.toml"
SPAN: Final = timedelta(days=90)
MONTHS: Final = 6


def own_book(person: Person) -> Pages:
    """What stands in my book. There is no way to ask for somebody else's."""
    return open_book(person, policy.visible_to(person).first())


@cache
def _examples() -> dict[str, list[str]]:
    return {key: said["steps"] for key, said in tomllib.loads(_DATA.read_text(encoding="utf-8")).items()}


def examples() -> list[str]:
    """Steps to pick from, change or ignore, in the language of the page, English where there are none in it."""
    said = _examples()
    return said.get((get_language() or "en").split("-")[0], said["en"])


@dataclass(frozen=True, slots=True)
class Linked:
    """A meeting that a step leads to, as long as it is open to its person."""

    public_id: str
    name: str


def series_to_choose(person: Person, now: datetime) -> list[Linked]:
    """Meetings that go on and that this person may come to."""
    rows = meetings.enterable_by(person).going_on(now).order_by("name", "pk")
    return [Linked(*row) for row in rows.values_list("public_id", "name")]


def links_of(person: Person, steps: Iterable[Step]) -> dict[str, Linked]:
    """The meetings these steps lead to, by public id; one that is not open to them any more is left out."""
    asked = {each.series for each in steps if each.series}
    if not asked:
        return {}
    rows = meetings.enterable_by(person).filter(public_id__in=asked)
    return {key: Linked(key, name) for key, name in rows.values_list("public_id", "name")}


def months_outside(contacts: Iterable[Contact], today: date) -> list[tuple[date, int]]:
    """The first day of each of the last months, and how many contacts one wrote down in it. The oldest comes first."""
    met = Counter((each.on.year, each.on.month) for each in contacts)
    first, found = today.replace(day=1), []
    for _each in range(MONTHS):
        found.append((first, met[(first.year, first.month)]))
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Less:
    """The last 90 days beside the 90 before: days on which one wrote here, and contacts outside. Nothing is kept."""

    days_here: int
    days_here_before: int
    outside: int
    outside_before: int

    @property
    def is_less_here_and_more_outside(self) -> bool:
        return self.days_here < self.days_here_before and self.outside > self.outside_before


def needing_less(person: Person, contacts: Iterable[Contact], now: datetime) -> Less:
    """Counted while the page is drawn, from one's own messages and one's own book; written down nowhere."""
    talks = [each.conversation_id for each in conversations.my_conversations(person)]
    written = conversations.when_written(person.pk, talks, now - 2 * SPAN)
    middle = timezone.localtime(now - SPAN).date()
    today, oldest = timezone.localtime(now).date(), middle - SPAN
    days = {timezone.localtime(each).date() for each in written}
    met = [each.on for each in contacts if each.on <= today]
    return Less(
        days_here=sum(day > middle for day in days),
        days_here_before=sum(oldest < day <= middle for day in days),
        outside=sum(day > middle for day in met),
        outside_before=sum(oldest < day <= middle for day in met),
    )
