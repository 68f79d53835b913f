"""The addresses of those who look after safety: concerns, reports, records kept apart, and who is on call."""

from __future__ import annotations

from typing import Any

from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def kept_apart(world: World, name: str, parts: tuple[str, ...]) -> Things:
    """Who told it has one page of it; the leads all others, without those too close to it."""
    kwargs: dict[str, Any] = {"public_id": world.apart.public_id}
    if name == "safeguarding:told":
        return [("record", kwargs, frozenset({world.parts.second}))]
    readers = world.parts.leads - world.parts.too_close
    if "handed" in parts:
        kwargs["handed"] = world.apart.handed_out.earliest("pk").public_id
    if "deed" in parts:
        deeds = ("more", "decision", "answer", "close", "hold", "keep-from", "paper")
        return [(f"record: {deed}", {**kwargs, "deed": deed}, readers) for deed in deeds]
    return [("record", kwargs, readers)]


def on_call(world: World, name: str, parts: tuple[str, ...]) -> Things:
    duty, keepers = world.duty, world.parts.keepers
    if name in {"oncall:turn", "oncall:cannot"}:
        return [("turn", {"public_id": duty.turn.public_id}, world.parts.on_the_rota)]
    if name in {"oncall:answer", "oncall:withdraw"}:
        return [("offer", {"public_id": duty.offer.public_id}, keepers | world.parts.on_call)]
    thing = duty.slot if name == "oncall:remove_slot" else duty.phone
    return [(type(thing).__name__.lower(), {"public_id": thing.public_id}, keepers)]


def concerns(world: World, name: str, parts: tuple[str, ...]) -> Things:
    raiser, answering = frozenset({world.parts.supporter}), world.answering
    if name in {"concerns:task", "concerns:answer"}:
        task = world.concern.tasks.get(kind="debrief", person=world.people[world.parts.supporter])
        holder = {key for key, person in world.people.items() if person.pk == task.holder_id}
        return [("task", {"public_id": task.public_id}, raiser | holder | world.parts.leads)]
    insiders = {"concerns:add_words": raiser, "concerns:close": answering}
    return [("concern", {"public_id": world.concern.public_id}, insiders.get(name, raiser | answering))]


def safety(world: World, name: str, parts: tuple[str, ...]) -> Things:
    if name in {"safety:answer", "safety:take"}:
        return [("report", {"public_id": world.report.public_id}, world.parts.coordinators)]
    if name == "safety:my_report":
        return [("report", {"public_id": world.report.public_id}, frozenset({world.parts.member}))]
    if name == "safety:wish":
        return [("wish", {"public_id": world.wish.public_id}, world.parts.coordinators)]
    if name == "safety:pair":
        return [("pair", {"public_id": world.pair_apart.public_id}, world.parts.coordinators)]
    if name == "safety:end_mine":
        return [("pair", {"public_id": world.pair_apart.public_id}, frozenset())]
    if name in {"safety:number", "safety:check_number", "safety:retire_number"}:
        return [("line", {"public_id": world.help_line.public_id}, world.parts.administrators)]
    who = world.parts.supporter
    named = {"public_id": world.people[who].public_id}
    if name == "safety:add_pair":
        return [(who, named, world.parts.coordinators)]
    return [(who, named, world.actors - {who})]
