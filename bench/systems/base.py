"""What the load needs of a system. A further peer is one file beside this one and one line in `bench.systems`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

# Every message carries its own mark, so that a live connection is understood without parsing what surrounds it.
MARK = re.compile(rb"~([0-9a-z-]+)~")
CONVERSATION, ROOM, IDLE, HISTORY, PAGE = "conversation", "room", "idle", "history", "page"


class Person(Protocol):
    """One signed-in person, with an open live connection unless they came only to read."""

    on_mark: Callable[[str], None]

    async def send(self, place: Any, words: str) -> None:
        """Returns when the server has said that it is stored; raises otherwise."""

    async def history(self, place: Any, limit: int) -> str:
        """The newest `limit` messages as the server hands them out, as one text."""

    async def close(self) -> None: ...


class System:
    """One server with what belongs to it: prepared once, started and stopped for each turn."""

    name = ""
    paths: frozenset[str] = frozenset({CONVERSATION, ROOM, IDLE, HISTORY})

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def why_not(self) -> str:
        """Why it cannot run on this machine, or nothing."""
        return ""

    def prepare(self) -> None: ...

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def discard(self) -> None:
        """After the last turn."""

    def processes(self) -> list[int]:
        """The roots of everything whose CPU and memory counts: program, database, broker."""
        raise NotImplementedError

    async def people(self, number: int) -> None:
        """Make sure that so many accounts exist."""
        raise NotImplementedError

    async def connect(self, number: int, *, live: bool = True) -> Person:
        raise NotImplementedError

    async def place(self, members: list[Any]) -> Any:
        """A new conversation (two members) or room (more)."""
        raise NotImplementedError

    async def page(self, person: Any, place: Any) -> int:
        """Read the page of a conversation; returns its bytes."""
        raise NotImplementedError

    async def close(self) -> None:
        """At the end of a turn's load."""
