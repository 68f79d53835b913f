"""Those who write and those who read while the service dies under them."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass

from tests.chaos.house import AWAY, House
from tests.chaos.telling import Known, text_of
from tests.chaos.witness import Witness

IMPATIENT_SECONDS = (0.005, 0.15)


class Writer(threading.Thread):
    """One thing after the other, each again and again under its own name until it is acknowledged; some are changed."""

    def __init__(
        self, house: House, witness: Witness, number: int, pair: int, pace: float, seed: int
    ) -> None:
        super().__init__(daemon=True, name=f"writer {number}")
        self.house, self.witness, self.number, self.pair, self.pace = house, witness, number, pair, pace
        self.chance = random.Random(seed * 1000 + number)
        self.acknowledged = 0
        self.may_write, self.is_idle, self.is_done = threading.Event(), threading.Event(), False
        self.may_write.set()

    def run(self) -> None:
        count = 0
        while not self.is_done:
            if not self.may_write.is_set():
                self.is_idle.set()
                self.may_write.wait(1)
                continue
            self.is_idle.clear()
            count += 1
            self._say(f"w{self.number}-{count:05d}", impatient=count % 3 == 0)
            time.sleep(self.chance.uniform(0.5, 1.5) * self.pace)

    def _say(self, name: str, *, impatient: bool) -> None:
        who = self.number % 2
        while not self.is_done:
            try:
                # An impatient device tries again although the first try may have arrived.
                found = self.house.send(
                    self.pair, who, text_of(name), name, which=self.number,
                    wait=self.chance.uniform(*IMPATIENT_SECONDS) if impatient else 10,
                )  # fmt: skip
            except AWAY:
                found = None
            if found:
                self.acknowledged += 1
                self.witness.saw("sent", name, found["id"])
                if self.chance.random() < 0.04:
                    self._think_again(name, found["id"], who)
                return
            impatient = False
            time.sleep(self.chance.uniform(0.02, 0.1))

    def _think_again(self, name: str, message_id: int, who: int) -> None:
        """Change it, take it back, or undo it; what was tried and what was acknowledged are both witnessed."""
        deed = self.chance.choice(("edit", "take-back", "undo"))
        path = f"/messages/{self.house.pairs[self.pair].place}/{message_id}/{deed}/"
        words = {"text": text_of(name, 1)} if deed == "edit" else {}
        self.witness.saw("trying", name, deed)
        while not self.is_done:
            try:
                status, _ = self.house.ask(
                    self.house.pairs[self.pair].cookies[who], "POST", path, words, which=self.number,
                    page=deed != "undo",
                )  # fmt: skip
            except AWAY:
                status = 0
            if status in {200, 302}:
                self.witness.saw("did", name, deed)
            if 0 < status < 500:
                return
            time.sleep(self.chance.uniform(0.05, 0.2))


@dataclass
class Patience:
    """How long a reader stays before it goes away by itself, in seconds."""

    least: float = 1.0
    most: float = 8.0


@dataclass
class Line:
    """One event as it comes off the wire; it counts when the empty line has come."""

    number: str = ""
    kind: str = ""
    data: bytes = b""


class Reader(threading.Thread):
    """One open screen: comes back with the last number it has."""

    def __init__(self, house: House, number: int, pair: int, seed: int, patience: Patience) -> None:
        super().__init__(daemon=True, name=f"reader {number}")
        self.house, self.number, self.pair, self.patience = house, number, pair, patience
        self.chance = random.Random(seed * 1000 + 500 + number)
        self.known = Known()
        self.came_back, self.is_done = 0, False

    def run(self) -> None:
        while not self.is_done:
            try:
                self._look(self.chance.uniform(self.patience.least, self.patience.most))
            except AWAY:
                time.sleep(self.chance.uniform(0.03, 0.15))

    def _look(self, seconds: float) -> None:
        port = self.house.ports[self.number % len(self.house.ports)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=max(1.0, seconds))
        try:
            cookie = self.house.pairs[self.pair].cookies[self.number // 2 % 2]
            connection.request(
                "GET", "/live", headers={"Cookie": cookie, "Last-Event-ID": str(self.known.last)}
            )
            stream = connection.getresponse()
            if stream.status != 200:
                raise http.client.HTTPException(str(stream.status))
            self.came_back += 1
            until, event = time.monotonic() + seconds, Line()
            while time.monotonic() < until and not self.is_done:
                if not (line := stream.readline()) or not line.endswith(b"\n"):
                    return  # cut off: half a line is none
                event = self._hear(event, line.rstrip(b"\n"))
        finally:
            connection.close()

    def _hear(self, event: Line, line: bytes) -> Line:
        name, _, value = line.partition(b": ")
        if not line:
            if event.kind in {"", "message"} and event.number and event.data:
                self.known.take(json.loads(event.data))
            elif event.kind == "here":
                self.known.last = max(self.known.last, int(event.number))
            return Line()
        if name == b"id":
            event.number = value.decode()
        elif name == b"event":
            event.kind = value.decode()
        elif name == b"data":
            event.data = value
        return event
