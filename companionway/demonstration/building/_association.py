"""An association's motions and one signed set of minutes; and in the twelve-step group somebody who can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companionway.association import services as association
from companionway.demonstration.building._data import ago, read
from companionway.groups import policy as groups_policy
from companionway.groups import services as groups
from companionway.people.models import Organisation, Person
from companionway.sponsors import services as sponsors

People = Mapping[str, Person]


def decide(organisation: Organisation, gathered: People, now: datetime) -> None:
    kept = read("association")
    secretary = _fresh(gathered[kept["secretary"]])
    group = _group(organisation, secretary, kept["group"])
    for row in kept["motion"]:
        _move(group, row, gathered, now)
    _write(group, kept, secretary, _fresh(gathered[kept["chair"]]), now)
    for name in kept["sponsors"]["asked"]:
        person = _fresh(gathered[name])
        there = _group(organisation, person, kept["sponsors"]["group"])
        sponsors.offer(actor=person, group=there, now=ago(now, kept["sponsors"]["days"], 20))


def _group(organisation: Organisation, person: Person, name: str) -> Any:
    mine = groups_policy.belonging_to(person).filter(programme__organisation=organisation, name=name)
    return mine.select_related("programme__organisation").get()


def _move(group: Any, row: dict[str, Any], gathered: People, now: datetime) -> None:
    """Put, voted on, and decided when its week was over."""
    at = ago(now, row["days"], 18)
    motion = groups.propose(
        actor=_fresh(gathered[row["by"]]), group=group, kind="motion", words=row["words"], now=at
    )
    for voice in ("yes", "no"):
        for name in row[voice]:
            groups.vote(actor=_fresh(gathered[name]), proposal=motion, voice=voice, now=at)
    groups.decide_due(now=ago(now, row["days"] - 7, 19))


def _write(group: Any, kept: dict[str, Any], secretary: Person, chair: Person, now: datetime) -> None:
    at = ago(now, kept["days"], 17)
    minutes = association.begin_minutes(actor=secretary, group=group, held_on=at.date(), now=at)
    said = association.Said(**{key: kept[key] for key in ("opening", "reports", "other", "present")})
    association.write_minutes(actor=secretary, minutes=minutes, said=said, after=1, now=at)
    version = association.ask_to_sign(actor=secretary, minutes=minutes, now=at)
    for each in (secretary, chair):
        association.sign_minutes(actor=each, minutes=minutes, edition=version.edition, now=at)


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)
