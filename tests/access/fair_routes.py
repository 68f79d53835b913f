"""The addresses of decisions and appeals: statements, panels, the second pair of eyes, ending in one press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from companionway.moderation import services
from companionway.moderation.models import Decision, SamePerson, Seat
from companionway.moderation.states import Outcome
from companionway.people.models import Person
from companionway.safety import services as safety
from companionway.safety.models import Report
from tests.access.deeds import NOW

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


@dataclass(frozen=True)
class Judged:
    """One decision that holds, with an appeal before its panel, and two names that may be one person's."""

    report: Report
    decision: Decision
    seat: Seat | None
    same: SamePerson
    about: str
    panel: frozenset[str]
    facts_words: str
    appeal_words: str


def judge(
    people: dict[str, Person], *, about: str, reporter: str, decider: str, panel: tuple[str, ...],
    names: tuple[str, str], programme: Any, name: str,
) -> Judged:  # fmt: skip
    """Done by the deeds a person would do. `name` makes the words those of one organisation."""
    facts, words = (
        f"{name}: you shouted at two people in the kitchen.",
        f"{name}: I was frightened that evening.",
    )
    whom = people[about]
    report = safety.report(
        actor=people[reporter], about=whom, subject=f"person:{whom.public_id}", words=f"{name}: he shouted at us.",
        extract="", programme=programme, now=NOW,
    )  # fmt: skip
    for each in panel:
        services.say_panel_yes(actor=_fresh(people[each]), is_yes=True, now=NOW)
    said = services.Said(Outcome.WORD, "unkind", facts)
    decision = services.decide(actor=_fresh(people[decider]), report=report, said=said, now=NOW)
    services.appeal(actor=_fresh(whom), decision=decision, words=words, now=NOW)
    same = services.record_same(
        actor=_fresh(people[decider]), one=people[names[0]], other=people[names[1]], now=NOW
    )
    return Judged(
        report, decision, decision.seats.order_by("pk").first(), same, about, frozenset(panel), facts, words
    )


def judged_here(people: dict[str, Person], programme: Any) -> Judged:
    return judge(
        people, about="ruth", reporter="ottoline", decider="halima", panel=("marcus", "len", "frankie"),
        names=("ottoline", "len"), programme=programme, name="Larkfield",
    )  # fmt: skip


def judged_elsewhere(people: dict[str, Person], programme: Any) -> Judged:
    return judge(
        people, about="dorrit", reporter="sable", decider="yusra", panel=("quill", "pember", "orrin"),
        names=("quill", "sable"), programme=programme, name="Thistledown",
    )  # fmt: skip


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def things(world: Any, name: str, parts: tuple[str, ...]) -> Things:
    fair, coordinators = world.fair, world.parts.coordinators
    deed = name.partition(":")[2]
    if deed == "end_and_block":
        return [
            (walk.programme.practice_model, {"public_id": walk.public_id}, two) for walk, two in world.walks
        ]
    if deed == "decide_noticed":
        # Only whoever has opened it with a reason; here nobody has.
        noticed = next(each for side, each in world.noticed.items() if side == 1)
        return [("cue", {"public_id": noticed.public_id}, frozenset())]
    if deed in {"seat", "leave_seat"}:
        sits = {key for key, person in world.people.items() if person.pk == fair.seat.person_id}
        return [("seat", {"public_id": fair.seat.public_id}, frozenset(sits))]
    found = {
        "decide": (fair.report, coordinators),
        "statement": (fair.decision, frozenset({fair.about})),
        "appeal": (fair.decision, frozenset({fair.about})),
        "confirm_same": (fair.same, coordinators),
        "end_same": (fair.same, coordinators),
    }
    thing, insiders = found.get(deed, (fair.decision, coordinators))
    return [(type(thing).__name__.lower(), {"public_id": thing.public_id}, insiders)]
