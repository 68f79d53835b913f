"""One record kept apart, as it would have come about: told, opened, decided, answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from companionway.demonstration.building._data import ago, read
from companionway.people.models import Person, Programme
from companionway.safeguarding import services as safeguarding


def tell(programmes: Mapping[str, Programme], gathered: Mapping[str, Person], now: datetime) -> None:
    kept = read("apart")
    told, decided, answer = kept["record"], kept["decision"], kept["answer"]
    lead = Person.objects.get(pk=gathered[decided["by"]].pk)
    arrangement = kept["arrangement"]
    safeguarding.make_arrangements(actor=lead, now=ago(now, 300, 10), **arrangement)
    record = safeguarding.tell(
        actor=Person.objects.get(pk=gathered[told["author"]].pk),
        programme=programmes[told["programme"]],
        told=safeguarding.Told(
            is_immediate=False,
            **{key: told[key] for key in ("category", "facts", "quote", "who", "informed")},
        ),
        now=ago(now, told["days"], 15),
    )
    at = ago(now, decided["days"], 16)
    safeguarding.open_record(actor=lead, record=record, reason_key="apart_answer", now=at)
    said = {key: decided[key] for key in ("decision", "why", "told", "person_told")}
    safeguarding.record_decision(
        actor=lead, record=record, decision=safeguarding.Decision(**said), now=at + timedelta(minutes=40)
    )
    safeguarding.answer_author(
        actor=lead, record=record, words=answer["words"], now=at + timedelta(minutes=50)
    )
