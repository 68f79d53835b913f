"""The live lane between two organisations, and inside one: each hears, asks and writes only where they belong.

Against the process's own door, with committed rows and everybody listening at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from companionway.config import asgi, callers
from companionway.conversations import lane_doors, places, queries, telling
from companionway.conversations.models import Participant
from companionway.conversations.places import Place
from companionway.foundation import lane
from companionway.people import queries as people
from tests.access.elsewhere import make_elsewhere
from tests.access.walking import come_in
from tests.access.world import NOW, Both, World, make_world
from tests.rooms.conversations.test_lane_doors import story

pytestmark = pytest.mark.django_db(transaction=True)
STILL_TOLD_WITHIN = 1.5
# Whose, the conversation's name for addresses, the two who are in it.
Walk = tuple[World, str, frozenset[str]]


@dataclass(frozen=True)
class Caller:
    """Somebody's browser at a door."""

    actor: str
    host: str
    cookie: bytes


@pytest.fixture
def both(transactional_db: None) -> Iterator[Both]:
    callers.forget_all()
    places.forget_all()
    telling.forget_drawn()
    with time_machine.travel(NOW + timedelta(minutes=5)):
        yield Both(make_world(), make_elsewhere())
    places.forget_all()


def callers_of(both: Both) -> list[Caller]:
    found = []
    for world, other in (both.each, both.each[::-1]):
        for actor in sorted(world.actors):
            client: Client = come_in(world, actor)
            client.get("/me/")
            key = f"session={client.cookies['session'].value}".encode()
            found.append(Caller(actor, world.host, key))
            if actor == world.parts.member:
                found.append(Caller(f"{actor} at the other door", other.host, key))
    return found


async def ask(
    caller: Caller, method: str, path: str, body: bytes = b"", until: asyncio.Event | None = None
) -> tuple[int, bytes]:
    """One answer; a stream is listened to `until` then, and left."""
    answer: dict[str, Any] = {"status": 0, "body": bytearray()}
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    left = until or asyncio.Event()

    async def receive() -> Any:
        if waiting:
            return waiting.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        answer["status"] = message.get("status", answer["status"])
        answer["body"].extend(message.get("body", b""))

    bare, _, query = path.partition("?")
    origin = f"http://{caller.host}".encode()
    headers = [
        (b"host", caller.host.encode()), (b"cookie", caller.cookie), (b"origin", origin),
        (b"accept", b"application/json"),
    ]  # fmt: skip
    scope = {
        "type": "http", "method": method, "path": bare, "query_string": query.encode(), "headers": headers,
    }  # fmt: skip
    asking = asyncio.ensure_future(asgi.application(scope, receive, send))
    if until is not None:
        waiting.clear()
    await asyncio.wait_for(asking, 60)
    return answer["status"], bytes(answer["body"])


def walks_of(both: Both) -> list[Walk]:
    return [(world, world.talk_of(walk).public_id, two) for world in both.each for walk, two in world.walks]


def live_deviations(both: Both, round_: int = 0) -> list[str]:
    """Everybody listens; in each conversation somebody writes; everybody tries every door of every conversation."""
    knocking, walks, found = callers_of(both), walks_of(both), []
    songs = [f"canary {round_} {number} sings" for number, _ in enumerate(walks)]
    by_actor = {each.actor: each for each in knocking}

    async def tell() -> None:
        over = asyncio.Event()
        listening = [
            asyncio.ensure_future(ask(each, "GET", "/live?after=0", until=over)) for each in knocking
        ]
        await asyncio.sleep(0.6)
        for number, (world, talk, two) in enumerate(walks):
            words = {"text": songs[number], "client_id": f"canary-{round_}-{number:06}"}
            # What a learner writes is read first, and heard by nobody before.
            writer = by_actor[min(two - {world.parts.learning})]
            status, _ = await ask(writer, "POST", f"/messages/{talk}/send", urlencode(words).encode())
            if status != 200:
                found.append(f"{writer.actor} could not write where they belong: {status}")
        await asyncio.sleep(STILL_TOLD_WITHIN)
        over.set()
        for each, (_status, heard) in zip(knocking, await asyncio.gather(*listening), strict=True):
            found.extend(_out_of_place(each, heard, walks, songs))
        for each in knocking:
            found.extend(await _at_the_doors(each, walks))

    story(tell)
    return found


def _out_of_place(caller: Caller, heard: bytes, walks: list[Walk], songs: list[str]) -> list[str]:
    found = []
    for number, (_world, talk, two) in enumerate(walks):
        hears = songs[number].encode() in heard
        if caller.actor in two and not hears:
            found.append(f"{caller.actor} missed conversation {number}")
        if caller.actor not in two and (hears or talk.encode() in heard):
            found.append(f"{caller.actor} heard conversation {number}")
    return found


async def _at_the_doors(caller: Caller, walks: list[Walk]) -> list[str]:
    found = []
    nowhere = {
        door: await ask(
            caller, method, f"/messages/never-was-000000/{door}", b"text=x&client_id=nowhere-0001"
        )
        for door, method in DOORS
    }
    for number, (_world, talk, two) in enumerate(walks):
        if caller.actor in two:
            continue
        for door, method in DOORS:
            answer = await ask(caller, method, f"/messages/{talk}/{door}", b"text=x&client_id=intrude-0001")
            if answer != nowhere[door] or answer[0] not in (401, 404):
                found.append(f"{caller.actor} got {answer[0]} at {door} of conversation {number}")
    return found


DOORS = (("since", "GET"), ("send", "POST"), ("typing", "POST"))


def test_everybody_hears_and_reaches_only_their_own(both: Both) -> None:
    assert live_deviations(both) == []


def everybody_reads(whole: Place) -> Place:
    return replace(whole, readers=frozenset(range(1, 10_000)), writers=frozenset(range(1, 10_000)))


def planted(name: str, patch: pytest.MonkeyPatch, both: Both) -> None:
    real_load, real_person = places.load, people.person_of_session
    # What making the world left in the cache was right.
    places.forget_all()
    if name == "the place cache forgets who may read":
        made = places._made
        patch.setattr(places, "_made", lambda rows: everybody_reads(made(rows)))
    if name == "membership stays in the place cache after somebody left":
        for row in Participant.objects.filter(person=both.here.people["mina"]):
            real_load(conversation_id=row.conversation_id)
        patch.setattr(places, "KEPT_SECONDS", 3600.0)
        Participant.objects.filter(person=both.here.people["mina"]).update(left_at=NOW)
    if name == "what was missed is asked for everybody":
        both_ways = queries.changed_between
        patch.setattr(queries, "changed_since", lambda person, after, most: both_ways(after, 10**12, most))
    if name == "since is answered without asking who reads":

        async def open_door(send: Any, caller: Any, public_id: str, since: int) -> None:
            place = await lane_doors._place(public_id)
            rows = await lane.read(queries.changed_in, place.conversation_id, since, 50) if place else []
            await lane_doors.reply(send, 200, {"messages": len(rows)})

        patch.setattr(lane_doors, "missed", open_door)
    if name == "a session is known at every door":
        patch.setattr(
            callers, "person_of_session",
            lambda key, host: real_person(key, both.here.host) or real_person(key, both.elsewhere.host),
        )  # fmt: skip


@pytest.mark.once
def test_planted_faults_in_the_lane_are_caught(both: Both) -> None:
    for number, fault in enumerate(FAULTS, start=1):
        with pytest.MonkeyPatch.context() as patch:
            if fault.startswith("membership"):
                assert live_deviations(both) == []  # nothing of the others has lasted
            planted(fault, patch, both)
            if fault.startswith("membership"):
                # Mina has left: what she still hears is out of place.
                here = replace(
                    both.here, walks=tuple((walk, two - {"mina"}) for walk, two in both.here.walks)
                )
                both = replace(both, here=here)
            assert live_deviations(both, number) != [], fault
        callers.forget_all()
        telling.forget_drawn()


FAULTS = (
    "the place cache forgets who may read",
    "what was missed is asked for everybody",
    "since is answered without asking who reads",
    "a session is known at every door",
    # Last: she has left for good.
    "membership stays in the place cache after somebody left",
)
