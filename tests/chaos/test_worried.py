"""No concern is lost, and every step happens once: through kills of the web and the worker, and a dead mail server.

`WORRIED_KILLS=100` is the long form; its figures stand in decision 0017.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.chaos.house import AWAY, TOKEN, House

KILLS = int(os.environ.get("WORRIED_KILLS", "10"))
WAIT_SECONDS, CLIMB_SECONDS = 60, 25
# How long a planted fault is watched before it counts as seen; without one everything climbs in a second or two.
FAULT_SECONDS = 10
OpenHouse = Callable[..., House]
Faults = dict[str, list[str]]
HAVE = re.compile(r"/told/([\w-]+)/have/")


class Night:
    """Two supporters who press, one on call who looks at the desk and takes; and what was acknowledged to each."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.pressed: dict[str, float] = {}
        self.taken: set[str] = set()
        self.born: dict[str, float] = {}
        self.shown: dict[str, float] = {}
        self.is_over = self.may_take = False
        house.tell_parent(do="ask", what="take_part")

    def post(self, cookie: str, method: str, path: str, **fields: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.house.ports[0], timeout=20)
        headers = {
            "Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Accept": "text/html",
            "Origin": f"http://127.0.0.1:{self.house.ports[0]}", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        try:
            connection.request(method, path, urlencode(fields), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()

    def press(self, cookie: str, name: str) -> None:
        """Again and again with the same name, until it is acknowledged."""
        began = time.monotonic()
        while time.monotonic() < began + WAIT_SECONDS:
            with contextlib.suppress(*AWAY):
                status, where, _body = self.post(cookie, "POST", "/tell/", press=name)
                if status == 302 and "/told/" in where:
                    self.pressed[name] = time.monotonic()
                    # Most presses join what was raised before; it is born with the first, not with the answer to it.
                    self.born.setdefault(where.split("/")[2], began)
                    return
            time.sleep(0.1)

    def raise_on(self, number: int) -> None:
        cookie, count = self.house.pairs[0].cookies[number], 0
        while not self.is_over:
            self.press(cookie, f"press-{number}-{count:04d}")
            count += 1
            time.sleep(0.3)

    def take_on(self) -> None:
        cookie = self.house.pairs[-1].cookies[0]
        while not self.is_over:
            with contextlib.suppress(*AWAY):
                _status, _where, page = self.post(cookie, "GET", "/duty/")
                for each in dict.fromkeys(HAVE.findall(page)):
                    self.shown.setdefault(each, time.monotonic())
                    # Every second one is left to climb.
                    if self.may_take and list(self.shown).index(each) % 2 == 0 and each not in self.taken:
                        self._take(cookie, each)
            time.sleep(0.3)

    def _take(self, cookie: str, each: str) -> None:
        status, _where, _body = self.post(cookie, "POST", f"/told/{each}/have/")
        if status == 302:
            self.taken.add(each)

    def later(self, minutes: float) -> None:
        self.house.tell_parent(do="ask", what="later", minutes=minutes)

    def stored(self) -> Any:
        return self.house.tell_parent(do="ask", what="stored")

    def judge(self) -> Faults:
        kept = self.stored()
        presses, records = Counter(kept["presses"]), Counter(kept["records"])
        by_name = {each["public_id"]: each for each in kept["concerns"]}
        found: Faults = {
            "lost": [name for name in self.pressed if name not in presses],
            "twice": [name for name, times in presses.items() if times > 1],
            "told nobody": [
                each["public_id"]
                for each in kept["concerns"]
                if not any(" told " in step for step in each["steps"])
                or records[f"concerns.raised {each['id']} ."] != 1
            ],
            "not climbed": [
                each["public_id"]
                for each in kept["concerns"]
                if each["state"] == "open" and each["stage"] < 4
            ],
            "nobody has it": [each for each in self.taken if by_name.get(each, {}).get("state") != "held"],
        }
        for each in kept["concerns"]:
            steps = Counter(each["steps"])
            found["twice"] += [f"{each['id']} {step}" for step, times in steps.items() if times > 1]
            has_it = sum(" has_it " in step for step in each["steps"])
            if has_it != records[f"concerns.acknowledged {each['id']} ."] or has_it > 1:
                found["twice"].append(f"{each['id']} has_it")
        found["twice"] += [line for line, times in records.items() if "climbed" in line and times > 1]
        return {kind: names for kind, names in found.items() if names}


def blow(night: Night, kills: int, seed: int = 17) -> None:
    """Kill the web and the worker by turns, at moments of chance, while an hour passes now and then."""
    chance, house = random.Random(seed), night.house
    threads = [threading.Thread(target=night.raise_on, args=(number,), daemon=True) for number in range(2)]
    threads.append(threading.Thread(target=night.take_on, daemon=True))
    house.start_all()
    house.start_worker()
    for thread in threads:
        thread.start()
    for number in range(kills):
        night.may_take = number % 3 > 0
        time.sleep(chance.uniform(0.3, 1.5))
        if number % 2:
            house.kill_worker()
            house.start_worker()
        else:
            house.kill()
            house.start()
            house.wait_until_it_answers()
        night.later(chance.choice([2, 3, 5, 11]))
    night.is_over = True
    for thread in threads:
        thread.join(timeout=WAIT_SECONDS)


def settle(night: Night, seconds: float = CLIMB_SECONDS) -> Faults:
    """Everything left is let climb to the end; then all of it is judged."""
    night.later(30)
    until = time.monotonic() + seconds
    while (found := night.judge()) and time.monotonic() < until:
        time.sleep(0.5)
    return found


def test_no_concern_is_lost_and_each_step_happens_once(open_house: OpenHouse) -> None:
    night = Night(open_house())
    blow(night, KILLS)
    assert settle(night) == {}
    assert len(night.pressed) > KILLS, "hardly anybody pressed: this proves nothing"
    assert len(night.taken) > KILLS // 5, "hardly anything was taken: this proves nothing"
    assert night.stored()["concerns"][0]["steps"]
    waits = sorted(night.shown[each] - night.born[each] for each in night.shown if each in night.born)
    assert waits[-1] <= 15, waits[-5:]
    p50, p99, worst = (waits[int(len(waits) * share)] for share in (0.5, 0.99, 0.9999))
    assert waits[0] >= 0
    shown = f"p50 {p50:.2f} s, p99 {p99:.2f} s, worst {worst:.2f} s"
    print(f"{KILLS} kills, {len(night.pressed)} presses, {len(night.taken)} taken; on the desk {shown}")  # noqa: T201


def test_telling_outside_the_transaction_is_seen(open_house: OpenHouse) -> None:
    night = Night(open_house(fault="tells_later"))
    house = night.house
    house.start_all()
    night.press(house.pairs[0].cookies[0], "press-0-0000")
    house.kill()
    time.sleep(2)
    assert night.pressed
    assert "told nobody" in night.judge()


def climbs_with(open_house: OpenHouse, fault: str, seconds: float = FAULT_SECONDS) -> Faults:
    night = Night(open_house())
    house = night.house
    house.start_all()
    if fault != "no worker":
        house.worker = house.tell_parent(do="work", fault=fault)["pid"]
    night.press(house.pairs[0].cookies[0], "press-0-0000")
    assert night.pressed
    time.sleep(3)
    return settle(night, seconds)


@pytest.mark.once
def test_a_lost_worker_is_seen(open_house: OpenHouse) -> None:
    """With nobody who looks at a page either, nothing climbs: the checker must say so."""
    assert climbs_with(open_house, "press_nothing_tell_nobody").get("not climbed")


def test_without_any_worker_whoever_looks_takes_the_step(open_house: OpenHouse) -> None:
    night = Night(open_house())
    night.house.start_all()
    cookie = night.house.pairs[0].cookies[0]
    night.press(cookie, "press-0-0000")
    night.later(30)
    assert "not climbed" in night.judge()
    for each in night.born:
        assert night.post(cookie, "GET", f"/told/{each}/")[0] == 200
    assert night.judge() == {}


def test_a_mail_server_that_never_answers_holds_up_no_step(open_house: OpenHouse) -> None:
    assert climbs_with(open_house, "mail_hangs", CLIMB_SECONDS) == {}


@pytest.mark.once
def test_duties_in_one_row_behind_a_dead_mail_server_are_seen(open_house: OpenHouse) -> None:
    assert climbs_with(open_house, "mail_hangs_and_everything_waits").get("not climbed")
