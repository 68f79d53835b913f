"""A message that was taken away, and put back after three people had thought again. Everybody in it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from companionway.conversations import queries as conversations
from companionway.conversations.policy import visible_to
from companionway.demonstration.building._data import ago, read
from companionway.moderation import policy
from companionway.moderation import services as moderation
from companionway.moderation.states import Finding, Outcome
from companionway.people.models import Person
from companionway.safety import queries as safety_queries
from companionway.safety import services as safety
from companionway.support.queries import between


def judge(gathered: Mapping[str, Person], now: datetime) -> None:
    kept = read("fair")
    people = {name: Person.objects.get(pk=person.pk) for name, person in gathered.items()}
    for row in kept["panel"]["view"]:
        moderation.say_panel_yes(
            actor=people[row["name"]], is_yes=True, now=ago(now, kept["panel"]["yes_days"], 12)
        )
    report = _told(kept["report"], people, now)
    by, at = people[kept["decision"]["by"]], ago(now, kept["decision"]["days"], 11)
    safety.take_report(actor=by, report=report, now=at - timedelta(hours=1))
    said = moderation.Said(
        Outcome.REMOVAL,
        kept["report"]["reason"],
        kept["decision"]["facts"],
        answer=kept["decision"]["answer"],
    )
    decision = moderation.decide(actor=by, report=report, said=said, now=at)
    author = people[kept["report"]["supporter"]]
    moderation.read_statement(actor=author, decision=decision, now=at + timedelta(hours=8))
    moderation.appeal(
        actor=author,
        decision=decision,
        words=kept["appeal"]["words"],
        now=ago(now, kept["appeal"]["days"], 20),
    )
    _heard(kept["panel"]["view"], people, now)


def _told(row: dict[str, Any], people: Mapping[str, Person], now: datetime) -> Any:
    member, supporter = people[row["member"]], people[row["supporter"]]
    walk = between(member.pk, supporter.pk).latest("pk")
    talk = visible_to(member).get(pk=walk.conversation_id or 0)
    number = next(
        each.id for each in conversations.messages_of(talk) if each.facts.get("text") == row["words_told_of"]
    )
    thing = safety_queries.reportable(member, f"message:{number}")
    assert thing is not None
    return safety.report(
        actor=member, about=thing.about, subject=f"message:{number}", words=row["words"], extract=thing.text,
        programme=thing.programme, reason=row["reason"], now=ago(now, row["days"], 18),
    )  # fmt: skip


def _heard(rows: list[dict[str, Any]], people: Mapping[str, Person], now: datetime) -> None:
    for row in rows:
        person, at = people[row["name"]], ago(now, row["days"], 17)
        seat = policy.seats_visible_to(person).get()
        moderation.open_seat(actor=person, seat=seat, now=at - timedelta(minutes=20))
        moderation.write_view(
            actor=person, seat=seat, finding=Finding(row["finding"]), words=row["words"], now=at
        )
