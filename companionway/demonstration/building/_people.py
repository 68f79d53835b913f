"""People join, say what they want to say about themselves, and take up their roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companionway.demonstration.building._data import ago, read
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Audience, ItemKind, Person, Programme, Purpose
from companionway.people.queries import Needs
from companionway.practice import services as practice
from companionway.practice.queries import Offer

Programmes = Mapping[str, Programme]
NEVER_WORDS = {"phone": "phone", "post": "post"}


def gather(programmes: Programmes, administrator: Person, password: str, now: datetime) -> dict[str, Person]:
    """Everybody by name. `password` is one ready hash: making sixty of them would take half a minute."""
    gathered = {administrator.name: administrator}
    files = ("staff", "supervision", "supporters", "members")
    rows = [row for name in files for row in read(name)["person"]]
    for row in rows:
        if row["name"] not in gathered:
            gathered[row["name"]] = _join(row, programmes, now)
    Person.objects.of(administrator.organisation_id).update(password=password, is_demonstration=True)
    for row in rows:
        _take_roles(gathered[row["name"]], row, programmes, administrator, now)
    for row in rows:
        _say_who_covers(gathered, row, programmes, now)
    return gathered


def _join(row: dict[str, Any], programmes: Programmes, now: datetime) -> Person:
    joined_at = ago(now, row["days"], 11)
    member_of = [role.partition(":")[2] for role in row["roles"] if role.startswith(roles.MEMBER)]
    person = people.join(
        name=row["name"],
        programme=programmes[member_of[0]] if member_of else None,
        consents=[Purpose.MATCHING, Purpose.SERVICE_FIGURES],
        now=joined_at,
    )
    if row.get("pronouns"):
        Person.objects.filter(pk=person.pk).update(pronouns=row["pronouns"])
    _say(person, row, joined_at)
    return person


def _say(person: Person, row: dict[str, Any], at: datetime) -> None:
    """What they share. `open` rows let the person they talk with read it; the rest only helps to find someone."""
    audience = Audience.SUPPORTER if row.get("open") else Audience.MATCHING
    for kind, keys in ((ItemKind.EXPERIENCE, row.get("topics", [])), (ItemKind.GOAL, row.get("goals", []))):
        people.choose_topics(actor=person, kind=kind, audiences=dict.fromkeys(keys, audience), now=at)
    for kind, field in ((ItemKind.STORY, "story"), (ItemKind.MATTERS, "matters")):
        if row.get(field):
            people.share_item(actor=person, kind=kind, text=row[field], audience=audience, now=at)
    needs = Needs(
        languages=row.get("languages", ["en"]),
        modes=row.get("modes", ["text"]),
        never=[NEVER_WORDS[each] for each in row.get("never", [])],
    )
    people.state_needs(actor=person, needs=needs, now=at)


def _take_roles(
    person: Person, row: dict[str, Any], programmes: Programmes, administrator: Person, now: datetime
) -> None:
    held = set(person.roles_held.values_list("role", "programme_id"))
    for each in row["roles"]:
        role, _, key = each.partition(":")
        programme = programmes[key] if key else None
        if (role, programme.pk if programme else None) not in held:
            at = ago(now, row["days"] - 0.5, 15)
            people.give_role(actor=administrator, person=person, role=role, programme=programme, now=at)
        if role == roles.SUPPORTER and programme:
            _offer(Person.objects.get(pk=person.pk), row, programme, ago(now, row["days"] - 1, 16))


def _offer(person: Person, row: dict[str, Any], programme: Programme, at: datetime) -> None:
    offered = practice.offer_support(actor=person, programme=programme, now=at)
    practice.set_limits(
        actor=person,
        practice=offered,
        accepting=True,
        places=row["places"],
        weekly_minutes=row["hours"] * 60,
        minutes_each=60,
        now=at,
    )
    practice.set_hours(actor=person, practice=offered, hours=row.get("times", []), now=at)
    offer = Offer(
        languages=row.get("languages", ["en"]),
        modes=row.get("modes", ["text"]),
        wish_topics=row.get("topics", [])[:2],
        cannot_topics=row.get("not_topics", []),
        stage="further_along",
    )
    practice.describe_offer(actor=person, practice=offered, offer=offer, now=at)
    practice.write_about(actor=person, practice=offered, words=row.get("about", ""), now=at)
    if row.get("unwell"):
        practice.write_away_words(actor=person, practice=offered, words=row["unwell"], now=at)


def _say_who_covers(
    gathered: dict[str, Person], row: dict[str, Any], programmes: Programmes, now: datetime
) -> None:
    if not row.get("cover"):
        return
    person, other = gathered[row["name"]], gathered[row["cover"]]
    programme = programmes[row["roles"][0].partition(":")[2]]
    offered = practice.offer_support(actor=Person.objects.get(pk=person.pk), programme=programme, now=now)
    asked = practice.name_cover(actor=person, practice=offered, person=other, now=ago(now, 60, 10))
    practice.answer_cover(actor=other, cover=asked, says_yes=True, now=ago(now, 59, 10))
