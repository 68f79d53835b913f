"""Where people talk while they are measured: conversations, or meetings in writing with everybody on a seat."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bench.systems.companionway import Companionway


@dataclass
class Chair:
    """One person's place: what their browser sends along, where it listens, writes and reads."""

    cookie: str
    live: str
    send: str
    read: str
    fields: dict[str, str] = field(default_factory=dict)
    # What the event carries beside the words that says where they stand; empty: the id of the event.
    number: bytes = b""

    def reading(self, numbers: list[int]) -> str:
        return self.read + (f"?since={numbers[-1] if numbers else 0}&state=0.0" if self.number else "")


Chairs = Callable[[Companionway, list[dict[str, Any]], int], Awaitable[list[list[Chair]]]]


async def conversations(system: Companionway, people: list[dict[str, Any]], many: int) -> list[list[Chair]]:
    found = []
    for n in range(many):
        place = await system.ask({"conversation": [each["id"] for each in people[n::many]]})
        at = f"/messages/{place}/"
        found.append([Chair(each["cookie"], "/live", f"{at}send", at) for each in people[n::many]])
    return found


async def meetings(system: Companionway, people: list[dict[str, Any]], many: int) -> list[list[Chair]]:
    found = []
    for n in range(many):
        here = people[n::many]
        opened = await system.ask({"meeting": [each["id"] for each in here]}, "bench_meeting")
        found.append([_on_a_seat(each, opened["at"], opened["tickets"][str(each["id"])]) for each in here])
    return found


def _on_a_seat(one: dict[str, Any], meeting: str, ticket: str) -> Chair:
    token, at = secrets.token_hex(16), f"/gatherings/{meeting}/"
    cookie = f"{one['cookie']}; seat_{meeting}={ticket}; csrftoken={token}"
    fields = {"csrfmiddlewaretoken": token}
    return Chair(cookie, f"/live?at={meeting}", f"{at}share/", f"{at}now/", fields, b'"number": ')
