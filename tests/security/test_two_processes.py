"""The real program twice on one database: signing out everywhere in one ends what is open in the other."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys.server import fresh_database
from tests.journeys.test_durability import House
from tests.journeys.test_many_processes import Bus

WITHIN_SECONDS = 5.0
pytestmark = pytest.mark.once  # the fast ones run on every database


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    running = Bus(tmp_path)
    running.start()
    yield running
    running.stop()


class OpenStream(threading.Thread):
    """Reads until the service ends the stream; notes when."""

    def __init__(self, house: House, who: int) -> None:
        super().__init__(daemon=True)
        self.ended_at, self.is_listening = 0.0, threading.Event()
        self.connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        self.cookie = house.cookies[who]
        self.start()
        assert self.is_listening.wait(20)

    def run(self) -> None:
        self.connection.request("GET", "/live", headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        try:
            while line := answer.readline():
                if line.startswith(b"event: here"):
                    self.is_listening.set()
        except (OSError, http.client.HTTPException):
            return
        self.ended_at = time.monotonic()

    def close(self) -> None:
        if self.connection.sock:
            self.connection.sock.shutdown(socket.SHUT_RDWR)


def sign_out_everywhere(house: House, who: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    cookie = house.cookies[who]
    connection.request("GET", "/me/devices/", headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode()
    assert answer.status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    csrf = re.search(r"csrftoken=(\w+)", answer.headers["Set-Cookie"])
    assert token and csrf
    headers = {
        "Cookie": f"{cookie}; csrftoken={csrf[1]}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": token[1]})
    connection.request("POST", "/me/devices/end-all/", body, headers)
    assert connection.getresponse().status == 302
    connection.close()


@pytest.mark.parametrize("bus_is", ["there", "away", "not set up"])
def test_signing_out_everywhere_ends_streams_in_the_other_process(
    bus: Bus, bus_is: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if bus_is != "not set up":
        monkeypatch.setenv("VALKEY_URL", bus.url)
    with fresh_database() as database_url:
        one = House(tmp_path, database_url)
        other = one.beside()
        try:
            hers = [OpenStream(house, 0) for house in (one, other, other)]
            his = [OpenStream(house, 1) for house in (one, other)]
            if bus_is == "away":
                bus.stop()
            sign_out_everywhere(one, 0)
            done_at = time.monotonic()
            for stream in hers:
                stream.join(timeout=20)
            assert [bool(stream.ended_at) for stream in hers] == [True] * 3
            assert max(stream.ended_at for stream in hers) - done_at <= WITHIN_SECONDS
            assert all(stream.is_alive() for stream in his)
            assert other.ask(0, "GET", f"/messages/{one.place}/since")[0] == 401
        finally:
            for stream in [*hers, *his]:
                stream.close()
            one.kill()
            other.kill()
