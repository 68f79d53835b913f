"""Small steps of two people who talk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from companionway.people.models import Person
from companionway.supervision import services
from companionway.supervision.models import Supervision, Talk
from companionway.supervision.states import Side
from tests.cast import NOW


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def talked(
    pair: Supervision, now: datetime, *, held_on: date | None = None, words: str = "A good talk."
) -> Talk:
    """They talked, one wrote it down and the other said yes."""
    written = write(pair, now, held_on=held_on, words=words)
    return services.sign_talk(actor=fresh(pair.supporter), talk=written, version=written.version, now=now)


def write(
    pair: Supervision, now: datetime, *, held_on: date | None = None, words: str = "A good talk."
) -> Talk:
    return services.write_talk(
        actor=fresh(pair.supervisor),
        supervision=pair,
        held_on=held_on or now.date(),
        themes=["wellbeing", "endings"],
        words=words,
        actions=[services.Action(Side.SUPPORTER, "Take the Friday off", (now + timedelta(days=7)).date())],
        now=now,
    )
