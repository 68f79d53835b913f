"""What a device knows of a conversation: each message at most once, in its latest state."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.house import House

# "word w3-00012.v1;" in a bubble: whose words, and in which wording.
WORD = re.compile(r"word ([a-z]+\d+-\d+)\.v(\d+);")
TAKEN_BACK, GONE = "taken back", "gone"


def text_of(name: str, version: int = 0) -> str:
    return f"word {name}.v{version};"


def said_in(words: str) -> str:
    """Whose words these are, and in which wording. What an undo gave back may stand in one message with new words:
    what the browser wrote names it."""
    said = WORD.findall(words)
    chosen = next((each for each in said if each[0].startswith("b")), said[-1] if said else None)
    return f"{chosen[0]}.v{chosen[1]}" if chosen else ""


def state_of(found: dict[str, Any]) -> str:
    """What a frame or an answer says about one message."""
    if found.get("gone"):
        return GONE
    if said := said_in(found["html"]):
        return said
    return TAKEN_BACK if "withdrawn" in found["html"] else "a line of the service"


@dataclass
class Known:
    """Messages by id: (number of the latest change, state). `again` are numbers that came although they were known.

    Everybody begins after number 1: a question "since 0" would mean "the newest only".
    """

    messages: dict[int, tuple[int, str]] = field(default_factory=dict)
    last: int = 1
    again: list[int] = field(default_factory=list)

    def take(self, found: dict[str, Any]) -> None:
        if found["seq"] <= self.last:
            self.again.append(found["seq"])
        self.last = max(self.last, found["seq"])
        self.messages[found["id"]] = (found["seq"], state_of(found))


class Store:
    """What the service has, asked of it piece by piece."""

    def __init__(self, house: House, pair: int) -> None:
        self.house, self.pair, self.known = house, pair, Known()

    def refresh(self) -> Known:
        pair = self.house.pairs[self.pair]
        while True:
            path = f"/messages/{pair.place}/since?seq={self.known.last}"
            status, body = self.house.ask(pair.cookies[0], "GET", path)
            assert status == 200, body
            rows = json.loads(body)["messages"]
            for row in rows:
                self.known.take(row)
            if not rows:
                return self.known
