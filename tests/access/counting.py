"""Ask every page of a few people and count what it asks the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from companionway.conversations import places
from companionway.foundation import sealing
from companionway.introductions import queries as introductions
from companionway.release import gate, spaces, trainees
from tests.access import club_routes
from tests.access.routes import names, tries
from tests.access.walking import come_in
from tests.access.world import Both

WATCHED = ("mina", "theo", "halima", "oluchi")
# Of these only she belongs to the house.
IN_THE_HOUSE = "nerys"
NOT_A_PAGE = {"ui:leave"}


@dataclass
class Asked:
    """What one page asked: statements, and how often the same one."""

    number: int
    size: int
    statements: Counter[str] = field(default_factory=Counter)

    @property
    def most_repeated(self) -> str:
        return max(self.statements, key=lambda sql: self.statements[sql])[:300]


Costs = dict[tuple[str, str, str], Asked]


def count(both: Both, *, only: Callable[[str], bool] = lambda name: True) -> tuple[Costs, Costs]:
    """(address, thing, person) -> what was asked by a process that keeps nothing yet, and right after that."""
    cold, warm = Costs(), Costs()
    for key, client, address in _pages(both, only):
        _forget()
        if asked := _count(client, address):
            cold[key], warm[key] = asked, _count(client, address) or asked
    return cold, warm


def count_cold(both: Both, *, only: Callable[[str], bool] = lambda name: True) -> Costs:
    cold = Costs()
    for key, client, address in _pages(both, only):
        _forget()
        if asked := _count(client, address):
            cold[key] = asked
    return cold


def _pages(both: Both, only: Callable[[str], bool]) -> Iterator[tuple[tuple[str, str, str], Client, str]]:
    """In one moment: otherwise whichever page comes half a minute after the last also writes that somebody is here."""
    with time_machine.travel(timezone.now(), tick=False):
        yield from _pages_now(both, only)


def _pages_now(both: Both, only: Callable[[str], bool]) -> Iterator[tuple[tuple[str, str, str], Client, str]]:
    clients = {actor: come_in(both.here, actor) for actor in (*WATCHED, IN_THE_HOUSE)}
    for name, parts in names():
        if name in NOT_A_PAGE or not only(name):
            continue
        for each in tries(both, name, parts):
            for actor, client in clients.items():
                is_watched = actor in WATCHED or name.partition(":")[0] in club_routes.ROOMS
                if actor in each.insiders and is_watched:
                    yield (name, each.thing, actor), client, reverse(each.name, kwargs=each.kwargs)


def _forget() -> None:
    """As after a start: no key is open, and no snapshot of a programme's supporters was taken.

    What a process asks anew twice a minute, for all its pages, is no page's own.
    """
    sealing.forget_all()
    introductions.forget_pools()
    gate.forget()
    places.forget_all()
    spaces.are_anywhere()
    trainees.is_one(0)


def _count(client: Client, address: str) -> Asked | None:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers={"accept-encoding": "gzip"})
    if response.status_code != 200:
        return None
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    return Asked(len(statements), len(response.content), Counter(statements))
