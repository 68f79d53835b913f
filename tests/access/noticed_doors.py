"""The doors to what was noticed: who may open, answer and switch, and whose card it is."""

from __future__ import annotations

from typing import Any

from companionway.noticing.states import Side
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def opened(world: World, name: str) -> Things:
    """Nobody has opened it yet, so nobody reads it; who wrote it has a card."""
    care, conduct = world.noticed[Side.CARE], world.noticed[Side.CONDUCT]
    if name == "conversations:card":
        talk = {"public_id": world.talk_of(world.first).public_id, "noticed_id": care.public_id}
        return [("care", talk, frozenset({world.parts.member}))]
    is_open = name == "conversations:noticed"
    return [
        ("care", {"noticed_id": care.public_id}, frozenset() if is_open else world.parts.on_the_rota),
        ("conduct", {"noticed_id": conduct.public_id}, frozenset() if is_open else world.parts.coordinators),
    ]


def queued(world: World, name: str) -> Things:
    if name == "noticing:switch":
        kwargs = {"public_id": world.first.programme.public_id}
        return [("programme", kwargs, world.parts.administrators)]
    return [
        ("care", {"public_id": world.noticed[Side.CARE].public_id}, world.parts.on_the_rota),
        ("conduct", {"public_id": world.noticed[Side.CONDUCT].public_id}, world.parts.coordinators),
    ]
