"""The addresses of plans: one's own by kind and part, and those that name somebody or a share."""

from __future__ import annotations

from typing import Any

from tests.access.world import World

# A slug for the kind, a number for the part.
_KINDS: list[dict[str, Any]] = [{"kind": "own"}, {"kind": "pace"}]
_PARTS: list[dict[str, Any]] = [{"kind": "own", "number": 6}, {"kind": "pace", "number": 5}]
CHOICES = dict.fromkeys(("plans:plan", "plans:paper", "plans:stop_all"), _KINDS) | dict.fromkeys(
    ("plans:part", "plans:share"), _PARTS
)


def things(
    world: World, name: str, parts: tuple[str, ...]
) -> list[tuple[str, dict[str, Any], frozenset[str]]]:
    """Who wrote it sees it as the other does; only who may read it now comes in at the other's door."""
    member, supporter = world.parts.member, world.parts.supporter
    owner, reader = world.people[member].public_id, world.people[supporter].public_id
    if name == "plans:stop":
        return [("share", {"public_id": world.share.public_id}, frozenset({member}))]
    if name == "plans:theirs":
        return [("plan", {"public_id": owner}, frozenset({supporter}))]
    if name == "plans:in_danger":
        # No concern is open: nobody is on call for one.
        return [("plan", {"public_id": owner}, frozenset())]
    return [
        ("reader", {"kind": "own", "public_id": reader}, frozenset({member})),
        ("reader of the other kind", {"kind": "pace", "public_id": reader}, frozenset()),
    ]
