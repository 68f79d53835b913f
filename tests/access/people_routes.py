"""The addresses of people: one's own profile, and what administrators set up."""

from __future__ import annotations

from typing import Any

from tests.access import programme_routes
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def things(world: World, name: str, parts: tuple[str, ...]) -> Things:
    who = world.parts.member
    mina, own = world.people[who], frozenset({who})
    if name in programme_routes.NAMES:
        return programme_routes.things(world, parts)
    if name.startswith("people:admin"):
        thing = (
            world.first.programme if "programme" in name or name in programme_routes.WITH_PROGRAMME else mina
        )
        kwargs: dict[str, Any] = {"public_id": thing.public_id}
        if "pk" in parts:
            kwargs["pk"] = mina.roles_held.earliest("pk").pk
        return [("thing", kwargs, world.parts.administrators)]
    if name in {"people:item", "people:remove_item"}:
        item = mina.profile_items.filter(kind="story").earliest("pk")
        return [("item", {"public_id": item.public_id}, own)]
    if name == "people:receipt":
        return [("receipt", {"public_id": mina.consents.earliest("pk").receipt}, own)]
    return [("not there", {part: 999_999 if part == "pk" else "notthere1234" for part in parts}, frozenset())]
