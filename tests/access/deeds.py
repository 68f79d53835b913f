"""What the world lacks, done by the deeds a person would do: shares that ended, something told, a concern."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from companionway.concerns import services as concerns
from companionway.concerns.models import Concern
from companionway.concerns.states import DecisionKind
from companionway.oncall import services as oncall
from companionway.people.models import Person, Programme
from companionway.plans import services as plans
from companionway.plans.kinds import HARD_DAYS
from companionway.plans.states import ShareFor
from companionway.safeguarding import services as safeguarding
from companionway.safeguarding.models import SafeguardingRecord
from companionway.safety import services as safety
from companionway.safety.models import Report

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def end_shares(people: dict[str, Person]) -> None:
    """Two people who could read a part of Mina's plan for a while, and no longer can."""
    mina = people["mina"]
    for part, reader, began_at in (
        ("alone", "halima", NOW - timedelta(hours=2)),
        ("safer", "geraint", NOW - timedelta(days=3)),
    ):
        [share] = plans.share_parts(
            actor=mina, kind=HARD_DAYS, parts=[part], reader=people[reader], lasts=ShareFor.DAY, now=began_at
        )
        if reader == "halima":
            plans.stop_shares(actor=mina, share=share, now=NOW)


def told_by_ruth(
    programme: Programme, words: dict[str, str], people: dict[str, Person]
) -> SafeguardingRecord:
    ruth, mina, lead = people["ruth"], people["mina"], people["morwenna"]
    return keep_apart_record(programme, words, ruth, mina, lead, [people["dilys"]])


def keep_apart_record(
    programme: Programme,
    words: dict[str, str],
    author: Person,
    about: Person,
    lead: Person,
    away: list[Person],
) -> SafeguardingRecord:
    """Told, opened, decided, answered and put on paper, by the same deeds."""
    lead = Person.objects.get(pk=lead.pk)
    told = safeguarding.Told(category="hurt", facts=words["told"], is_immediate=False)
    record = safeguarding.tell(actor=author, programme=programme, told=told, about=about, away=away, now=NOW)
    safeguarding.open_record(actor=lead, record=record, reason_key="safety", now=NOW)
    decided = safeguarding.Decision(words["decided"], "To be sure", "Nobody yet", why_not="It is too early")
    safeguarding.record_decision(actor=lead, record=record, decision=decided, now=NOW)
    safeguarding.answer_author(actor=lead, record=record, words=words["answered"], now=NOW)
    safeguarding.hand_out(actor=lead, record=record, to_whom="The council", reason="It asked", now=NOW)
    return record


def stands_now(person: Person) -> None:
    person = Person.objects.get(pk=person.pk)
    oncall.take_turn(
        actor=person, person=person, step=1, starts_at=NOW, ends_at=NOW + timedelta(hours=8), now=NOW
    )


def worried(raiser: Person, about: Person, words: str) -> Concern:
    """Raised, held, closed; the person it is about is not told yet, and everything is due that can be."""
    raised = concerns.raise_concern(
        actor=raiser, organisation=raiser.organisation, about=about, words=words, now=NOW
    )
    told = raised.steps.select_related("person").get()
    held = concerns.acknowledge(actor=told.person, concern=raised, now=NOW)
    concerns.record_decision(
        actor=told.person, concern=held, kind=DecisionKind.NOT_YET, words=f"Not yet. {words}", now=NOW
    )
    return concerns.close(actor=told.person, concern=held, outcome="talked", now=NOW)


def reported(reporter: Person, about: Person, programme: Programme, words: str) -> Report:
    return safety.report(
        actor=reporter, about=about, subject=f"person:{about.public_id}", words=words, extract="",
        programme=programme, now=NOW,
    )  # fmt: skip
