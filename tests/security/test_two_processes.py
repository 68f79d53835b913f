"""The real program twice on one database: signing out everywhere in one ends what is open in the other."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable

import pytest

from tests.chaos.conftest import bus, ground, open_house, postgres  # noqa: F401 - fixtures
from tests.chaos.databases import Bus
from tests.chaos.house import House

WITHIN_SECONDS = 5.0
pytestmark = pytest.mark.once  # the fast ones run on every database


class OpenStream(threading.Thread):
    """Reads until the service ends the stream; notes when."""

    def __init__(self, house: House, which: int, who: int) -> None:
        super().__init__(daemon=True)
        self.ended_at, self.is_listening = 0.0, threading.Event()
        self.connection = http.client.HTTPConnection("127.0.0.1", house.ports[which], timeout=60)
        self.cookie = house.pairs[0].cookies[who]
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
    assert house.ask(house.pairs[0].cookies[who], "POST", "/me/devices/end-all/", page=True)[0] == 302


@pytest.mark.parametrize("bus_is", ["there", "away", "not set up"])
def test_signing_out_everywhere_ends_streams_in_the_other_process(
    bus: Bus,  # noqa: F811
    bus_is: str,
    open_house: Callable[..., House],  # noqa: F811
) -> None:
    house = open_house()
    house.become_two(**({} if bus_is == "not set up" else {"VALKEY_URL": bus.url}))
    house.start_all()
    hers = [OpenStream(house, which, 0) for which in (0, 1, 1)]
    his = [OpenStream(house, which, 1) for which in (0, 1)]
    try:
        if bus_is == "away":
            bus.stop()
        sign_out_everywhere(house, 0)
        done_at = time.monotonic()
        for stream in hers:
            stream.join(timeout=20)
        assert [bool(stream.ended_at) for stream in hers] == [True] * 3
        assert max(stream.ended_at for stream in hers) - done_at <= WITHIN_SECONDS
        assert all(stream.is_alive() for stream in his)
        pair = house.pairs[0]
        assert house.ask(pair.cookies[0], "GET", f"/messages/{pair.place}/since", which=1)[0] == 401
    finally:
        for stream in [*hers, *his]:
            stream.close()
