"""Heavy words through kills: is each row there, and how long until it stands on the screen of whoever is on call?

The screen does what `waiting.js` does: it listens, asks for the list at each signal and when it comes back, and looks
by itself every four seconds. Times are from the moment the service began to take the message (its `sent_at`, before
the commit) to the moment the list with it was in the screen's hands: longer than "stored to shown", never shorter.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import re
import sqlite3
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.chaos.house import AWAY, House, prepare

HEAVY = "I have taken all my tablets"
SLOW_SECONDS = 4.0
COME_BACK_SECONDS = (1.0, 3.0)
COUNT = re.compile(r"· (\d+) messages?\b")


class Screen(threading.Thread):
    """One open duty screen. The list tells no messages apart, so it notes how many it has shown, and when."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True, name="screen")
        self.house, self.shown, self.is_done = house, [(time.time(), 0)], False
        self.unchecked_said = False
        self._stale = threading.Event()

    def run(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        while not self.is_done:
            self._stale.wait(SLOW_SECONDS)
            self._stale.clear()
            try:
                status, body = self.house.ask(self.house.on_call, "GET", "/noticed/waiting/", wait=10)
            except AWAY:
                time.sleep(0.2)
                self._stale.set()
                continue
            if status == 200:
                found, page = COUNT.search(body.decode()), body.decode()
                self.unchecked_said = (
                    self.unchecked_said or "checked</strong>" in page or "not</strong>" in page
                )
                self.shown.append((time.time(), int(found[1]) if found else 0))

    def _listen(self) -> None:
        while not self.is_done:
            with contextlib.suppress(AWAY):
                self._stream()
            time.sleep(random.uniform(*COME_BACK_SECONDS))  # noqa: S311 - as a browser, told so by the service

    def _stream(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.house.ports[0], timeout=70)
        connection.request("GET", "/live", headers={"Cookie": self.house.on_call})
        answer = connection.getresponse()
        while not self.is_done and (line := answer.readline()):
            if line.startswith((b"event: here", b"event: noticed")):
                self._stale.set()


class Teller(threading.Thread):
    """Says heavy things at a pace, each until it is acknowledged."""

    def __init__(self, house: House, number: int, pace: float, seed: int) -> None:
        super().__init__(daemon=True, name=f"teller {number}")
        self.house, self.number, self.pace = house, number, pace
        self.chance = random.Random(seed * 100 + number)
        self.acknowledged: list[int] = []
        self.is_done = False

    def run(self) -> None:
        count = 0
        while not self.is_done:
            count += 1
            name = f"alarm{self.number}-{count:05d}"
            while not self.is_done:
                try:
                    found = self.house.send(0, self.number % 2, f"{HEAVY} {count}", name, wait=5)
                except AWAY:
                    found = None
                if found:
                    self.acknowledged.append(found["id"])
                    break
                time.sleep(self.chance.uniform(0.02, 0.1))
            time.sleep(self.chance.uniform(0.5, 1.5) * self.pace)


@dataclass
class Result:
    """What the database and the screen say afterwards."""

    kills: int
    stored: int = 0
    checked: int = 0
    unchecked: int = 0
    missing: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    never_shown: int = 0
    seconds: list[float] = field(default_factory=list)
    unchecked_said: bool = False

    def at(self, share: float) -> float:
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]

    def told(self) -> str:
        times = (
            f"p50 {self.at(0.5):.2f} s, p99 {self.at(0.99):.2f} s, max {self.at(1):.2f} s"
            if self.seconds
            else ""
        )
        return (
            f"{self.kills} kills, {self.stored} messages stored ({self.unchecked} not checked), "
            f"{self.checked} rows to be there, {len(self.missing)} missing, {len(self.lost)} acknowledged lost, "
            f"{self.never_shown} never on the screen; {times}"
        )


def alarms(
    house: House, *, kills: int, seed: int, longest: float, tellers: int = 2, pace: float = 0.3
) -> Result:
    """Kill the service so often while heavy words are written, then compare."""
    chance = random.Random(seed)
    house.start_all()
    house.start_worker()
    screen = Screen(house)
    people = [Teller(house, number, pace, seed) for number in range(tellers)]
    for thread in (screen, *people):
        thread.start()
    for number in range(1, kills + 1):
        time.sleep(chance.uniform(0.1, longest))
        if chance.random() < 0.6 and house.wait_for_a_commit(1):
            time.sleep(chance.uniform(0, 0.03))
        house.kill()
        if number % 10 == 0:
            house.kill_worker()
            house.start_worker()
        house.start()
        house.wait_until_it_answers()
    time.sleep(1)
    for each in people:
        each.is_done = True
    for each in people:
        each.join(30)
    time.sleep(SLOW_SECONDS + 2)
    screen.is_done = True
    return _compared(house, screen, people, kills)


def _compared(house: House, screen: Screen, people: list[Teller], kills: int) -> Result:
    messages, rows = _rows(house)
    result = Result(kills, stored=len(messages), unchecked_said=screen.unchecked_said)
    labels = {pk: label for pk, label, _at in messages}
    known = set(rows)
    result.unchecked = sum(label is None for label in labels.values())
    result.checked = sum(label == 3 for label in labels.values())
    result.missing = [pk for pk, label in labels.items() if label == 3 and pk not in known]
    result.lost = [pk for each in people for pk in each.acknowledged if pk not in labels]
    stored_at = {pk: at for pk, _label, at in messages}
    for place, pk in enumerate(sorted(known), 1):
        seen = next((at for at, count in screen.shown if count >= place), None)
        if seen is None:
            result.never_shown += 1
        else:
            result.seconds.append(seen - stored_at[pk])
    return result


def _rows(house: House) -> tuple[list[tuple[int, int | None, float]], list[int]]:
    """(message, label, when it was taken) of everything heavy, and the messages that have their row."""
    asked = "select id, noticed, sent_at from conversations_message where author_id is not null order by id"
    noticed = "select message_id from noticing_noticed"
    connect: Any = (
        psycopg.connect(house.url) if house.url else sqlite3.connect(house.var / "companionway.sqlite3")
    )
    with connect as connection:
        found = [(pk, label, _seconds(at)) for pk, label, at in connection.execute(asked)]
        return found, [pk for (pk,) in connection.execute(noticed)]


def _seconds(kept: Any) -> float:
    moment = kept if isinstance(kept, datetime) else datetime.fromisoformat(kept).replace(tzinfo=UTC)
    return moment.timestamp()


def main() -> None:
    """The long form: `python -m tests.chaos.alarms --kills 100`."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="companionway-alarms."))
    house = House(prepare(folder / "var", "", pairs=1))
    try:
        result = alarms(house, kills=given.kills, seed=given.seed, longest=2.0)
    finally:
        house.close()
    print(result.told(), json.dumps({"missing": result.missing}))  # noqa: T201 - a console program


if __name__ == "__main__":
    main()
