"""What was acknowledged is there, once and in order, on every screen: through kill -9 and lost connections.

The short form of `make chaos`, with the same harness and the same checker; and the faults that the checker must see.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.chaos import verdict
from tests.chaos.databases import Bus, Postgres
from tests.chaos.house import House
from tests.chaos.people import Patience, Reader
from tests.chaos.storm import Plan, Storm
from tests.chaos.telling import Store, text_of

OpenHouse = Callable[..., House]
# Which of the checker's sentences each fault must bring up.
FAULTS = {
    "acknowledges_first": "lost",
    "forgets_names": "twice",
    "never_resumes": "missed",
    "repeats_itself": "told again",
}


def test_nothing_acknowledged_is_lost_doubled_or_disordered(
    open_house: OpenHouse, postgres: Postgres | None, bus: Bus
) -> None:
    kills, browsers = (6, 1) if postgres else (10, 2)
    plan = Plan(
        kills, seed=4, readers=5, browsers=browsers, writers=4, longest=1.2, patience=Patience(0.1, 2.0),
        cold_every=5, worker_every=3, cut_every=2, restart_every=4,
    )  # fmt: skip
    storm = Storm(open_house(), plan, postgres)
    storm.blow(kills)
    storm.divide(bus)
    storm.blow(2)
    assert storm.end() == {}
    counts = storm.counts()
    assert counts["acknowledged messages"] > 2 * kills, "hardly anything was sent: this proves nothing"
    assert counts["records reacted to"] > 0
    assert counts["streams opened again"] > 5 * kills


@pytest.mark.parametrize("fault", FAULTS)
def test_the_seeded_fault_is_seen(fault: str, open_house: OpenHouse) -> None:
    plan = Plan(
        3, seed=4, readers=4, browsers=0, writers=4, pace=0.02, longest=0.8, patience=Patience(0.1, 0.6)
    )
    storm = Storm(open_house(fault=fault), plan)
    storm.blow(3)
    if fault == "forgets_names":
        # Whether an impatient writer was quick enough is chance; this device surely sent the same thing twice.
        for _ in range(2):
            assert storm.house.send(0, 0, text_of("w8-00001"), "w8-00001")
    assert storm.end().get(FAULTS[fault])


def two_houses_with_a_bus(house: House, bus: Bus) -> list[Reader]:
    """Readers that do not come back by themselves: no reconnect hides what the telling missed."""
    house.become_two(VALKEY_URL=bus.url)
    house.start_all()
    assert house.send(0, 0, text_of("first0-0"), "first")
    readers = [Reader(house, number, 0, 4, Patience(120, 120)) for number in range(4)]
    for reader in readers:
        reader.start()
    until = time.monotonic() + 30
    while time.monotonic() < until and any(
        reader.came_back < 1 or reader.known.last < 2 for reader in readers
    ):
        # The last number is told with "here": from then on the stream flows.
        assert house.send(0, 1, text_of("w9-0"), f"{time.monotonic()}")
        time.sleep(0.2)
    return readers


def write_through_both(house: House, bus: Bus, readers: list[Reader], seconds: float) -> verdict.Faults:
    """Thirty messages, by turns through one process and the other; ten of them while the bus is away."""
    for number in range(30):
        if number == 10:
            bus.stop()
        if number == 20:
            bus.start()
        assert house.send(0, number % 2, text_of(f"w1-{number:05d}"), f"w1-{number}", which=number)
    stores = {0: Store(house, 0).refresh()}
    until = time.monotonic() + seconds
    while time.monotonic() < until and any(verdict.of_readers(readers, stores).values()):
        time.sleep(0.1)
    for reader in readers:
        reader.is_done = True
    return verdict.together(verdict.of_readers(readers, stores))


def test_what_one_process_stores_the_other_shows(open_house: OpenHouse, bus: Bus) -> None:
    house = open_house()
    assert write_through_both(house, bus, two_houses_with_a_bus(house, bus), 30) == {}


def test_a_wake_up_lost_between_processes_is_seen(open_house: OpenHouse, bus: Bus) -> None:
    house = open_house(fault="loses_wake_ups")
    assert write_through_both(house, bus, two_houses_with_a_bus(house, bus), 5).get("missed")


@pytest.mark.once
def test_two_hundred_reconnects_of_five_streams_show_everything_once(open_house: OpenHouse) -> None:
    house = open_house()
    house.start_all()
    assert house.send(0, 0, text_of("first0-0"), "first")
    readers = [Reader(house, number, 0, 4, Patience(0.0, 0.12)) for number in range(5)]
    for reader in readers:
        reader.start()
    until, count = time.monotonic() + 180, 0
    while time.monotonic() < until and min(reader.came_back for reader in readers) < 200:
        assert house.send(0, count % 2, text_of(f"w1-{count:05d}"), f"w1-{count}")
        count += 1
        time.sleep(0.03)
    stores = {0: Store(house, 0).refresh()}
    assert len(stores[0].messages) >= count
    until = time.monotonic() + 30
    while time.monotonic() < until and any(verdict.of_readers(readers, stores).values()):
        time.sleep(0.1)
    assert verdict.together(verdict.of_readers(readers, stores)) == {}
    assert min(reader.came_back for reader in readers) >= 200
    for reader in readers:
        reader.is_done = True
