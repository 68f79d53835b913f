"""Ask every page of a few people and count what it asks the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.routes import names, tries
from tests.access.walking import come_in
from tests.access.world import Both

WATCHED = ("mina", "theo", "halima", "oluchi")
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


def count(both: Both, *, only: Callable[[str], bool] = lambda name: True) -> Costs:
    """(address, thing, person) -> what was asked the second time: what a process keeps it has kept."""
    asked = {}
    clients = {actor: come_in(both.here, actor) for actor in WATCHED}
    for name, parts in names():
        if name in NOT_A_PAGE or not only(name):
            continue
        for each in tries(both, name, parts):
            for actor, client in clients.items():
                if actor in each.insiders:
                    found = _count(client, reverse(each.name, kwargs=each.kwargs))
                    if found:
                        asked[name, each.thing, actor] = found
    return asked


def _count(client: Client, address: str) -> Asked | None:
    if client.get(address).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers={"accept-encoding": "gzip"})
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    return Asked(len(statements), len(response.content), Counter(statements))
