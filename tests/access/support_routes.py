"""The addresses of those who hold a supporter, and of replies that a mentor reads first."""

from __future__ import annotations

from typing import Any

from companionway.reading.models import PageReading
from tests.access import holding
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def supervision(world: World, name: str, parts: tuple[str, ...]) -> Things:
    play = world.parts
    return holding.things(
        world.held,
        name.partition(":")[2],
        supporter=play.supporter,
        others=frozenset({play.second, play.learning}),
        supervisor=play.supervisor,
        coordinators=play.coordinators,
    )


def release(world: World, name: str, parts: tuple[str, ...]) -> Things:
    """The reply itself is for the mentors; before the promise has passed, for nobody else of the team."""
    held, learner = world.unread, frozenset({world.parts.learning})
    own = {"public_id": held.public_id}
    if name in {"release:mine", "release:withdraw", "release:anew", "release:put_aside"}:
        return [("a held reply of one's own", own, learner)]
    if name in {"release:reply", "release:open", "release:release", "release:send_back"}:
        return [("a held reply", own, world.parts.mentors)]
    if name == "release:hold":
        keepers = world.parts.coordinators | world.parts.administrators
        return [("programme", {"public_id": held.programme.public_id}, keepers)]
    if name == "release:hold_one":
        return [("talk", {"public_id": held.conversation.public_id}, world.parts.coordinators)]
    if name == "release:how":
        return [("talk", {"public_id": held.conversation.public_id}, learner | world.parts.learning_with)]
    if name == "release:thread":
        thread = held.traineeship.threads.get(conversation=held.conversation)
        return [("thread", {"public_id": thread.public_id}, learner | world.parts.mentors)]
    readers = world.parts.mentors | world.parts.coordinators
    return [("traineeship", {"public_id": held.traineeship.public_id}, readers)]


def reading(world: World, name: str, parts: tuple[str, ...]) -> Things:
    """The two find their own page; the reader finds what both said yes to, at another address."""
    rows = PageReading.objects.filter(note__relationship=world.first).select_related("note").order_by("-pk")
    of_ours = name in {"reading:ours", "reading:ask"}
    two, reader = frozenset({world.parts.member, world.parts.supporter}), frozenset({world.parts.supervisor})
    insiders = reader if name in {"reading:read", "reading:open"} else two
    return [
        (row.state, {"public_id": row.note.public_id if of_ours else row.public_id}, insiders) for row in rows
    ]
