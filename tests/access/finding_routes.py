"""The addresses of finding each other, and who coordinates what."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Programme
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def introductions(world: World, name: str, parts: tuple[str, ...]) -> Things:
    own, pair = frozenset({world.parts.waiting}), {world.parts.supporter, world.parts.second}
    if name in {"introductions:desk_of", "introductions:whole_list"}:
        return [
            (
                walk.programme.practice_model,
                {"public_id": walk.programme.public_id},
                overseers(world, walk) | list_only(world, walk),
            )
            for walk, _two in world.walks
        ]
    if name in {"introductions:card", "introductions:level"}:
        return [("request", {"public_id": world.request.public_id}, world.parts.coordinators)]
    if name == "introductions:ask":
        programme = world.first.programme
        return [
            (
                "programme",
                {"public_id": programme.public_id},
                frozenset({world.parts.member, world.parts.waiting}),
            )
        ]
    if name in {"introductions:introduction", "introductions:take_back"}:
        return [("introduction", {"public_id": world.introduction.public_id}, own | world.parts.introduced)]
    if name == "introductions:need":
        return [("need", {"public_id": world.request.public_id}, frozenset(pair))]
    kwargs: dict[str, Any] = {"public_id": world.request.public_id}
    if "step" in parts:
        kwargs["step"] = 1
    if "practice_id" in parts:
        kwargs["practice_id"] = world.practice_of(world.parts.supporter).public_id
    return [("request", kwargs, own)]


def overseers(world: World, walk: Any) -> frozenset[str]:
    """Geraint coordinates one programme only; every other coordinator all of them."""
    if not walk.programme.coordinator_sees:
        return frozenset()
    is_first = walk.programme == world.first.programme
    return world.parts.coordinators if is_first else world.parts.coordinators - {"geraint"}


def list_only(world: World, walk: Any) -> frozenset[str]:
    """In a tradition that reports nothing upward the desk is only the list of those who put themselves on it."""
    return frozenset() if walk.programme.coordinator_sees else world.parts.coordinators - {"geraint"}


def label(walk: Any) -> str:
    return f"{walk.programme.practice_model}"


def who_arranges_twelve_steps(world: World) -> frozenset[str]:
    """A list of meetings is for twelve-step programmes only; Geraint coordinates another one."""
    here = Programme.objects.filter(organisation=world.organisation, practice_model="twelve_step_groups")
    return world.parts.coordinators - {"geraint"} if here.exists() else frozenset()
