"""The nginx file that is shipped, as it is shipped: TLS, headers, live streams, and a process that dies behind it."""

from __future__ import annotations

import copy
import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.proxy import Nginx
from tests.chaos import verdict
from tests.chaos.databases import Bus
from tests.chaos.house import House
from tests.chaos.people import Patience, Reader, Writer
from tests.chaos.telling import Store, text_of
from tests.chaos.witness import Witness
from tests.journeys.server import free_port

pytestmark = pytest.mark.once


@dataclass
class Behind:
    """`inside` are the two processes; `outside` is the same house as people reach it."""

    nginx: Nginx
    inside: House
    outside: House


@pytest.fixture
def behind(open_house: Callable[..., House], bus: Bus, tmp_path: Path) -> Iterator[Behind]:
    house, plain = open_house(), free_port()
    house.become_two(VALKEY_URL=bus.url, PUBLIC_URL=f"http://127.0.0.1:{plain}")
    nginx = Nginx(tmp_path / "nginx", live=house.ports, pages=house.ports, plain=plain)
    house.start_all()
    nginx.start()
    outside = copy.copy(house)
    outside.ports = [plain]
    yield Behind(nginx, house, outside)
    nginx.stop()


def _hands(nginx: Nginx, newest: ssl.TLSVersion) -> str:
    """The TLS version that both sides agree on, when the client knows none newer than this."""
    context = ssl.create_default_context(cafile=str(nginx.certificate))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    with (
        socket.create_connection(("127.0.0.1", nginx.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as wrapped,
    ):
        return wrapped.version() or ""


def _ask(nginx: Nginx, path: str) -> http.client.HTTPResponse:
    context = ssl.create_default_context(cafile=str(nginx.certificate))
    connection = http.client.HTTPSConnection("localhost", nginx.port, timeout=30, context=context)
    connection.request("GET", path)
    return connection.getresponse()


def test_old_tls_is_refused_and_every_answer_says_stay_on_tls(behind: Behind) -> None:
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        with pytest.raises((ssl.SSLError, OSError)):
            _hands(behind.nginx, old)
    assert _hands(behind.nginx, ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
    assert _hands(behind.nginx, ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
    for path in ("/help-now/", "/nothing-here/", "/live"):
        answer = _ask(behind.nginx, path)
        assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"], path
        assert answer.headers["Server"] == "nginx", "no version"
    help_now = _ask(behind.nginx, "/help-now/")
    assert help_now.status == 200, help_now.read()
    assert "default-src 'self'" in help_now.headers["Content-Security-Policy"]
    behind.inside.kill(0)
    behind.inside.kill(1)
    assert _ask(behind.nginx, "/").status == 502
    assert _ask(behind.nginx, "/").headers["Strict-Transport-Security"], "also when only nginx is left"


def test_plain_addresses_lead_to_tls(behind: Behind) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", behind.nginx.redirecting, timeout=10)
    connection.request("GET", "/help-now/?in=GB")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://127.0.0.1/help-now/?in=GB")


def test_a_process_that_dies_behind_it_loses_nobody(behind: Behind, tmp_path: Path) -> None:
    house, witness = behind.outside, Witness(tmp_path / "witness.log")
    assert house.send(0, 0, text_of("first0-0"), "first")
    # Nobody leaves by themselves: only the death of their process sends them elsewhere.
    readers = [Reader(house, number, number % 2, 7, Patience(600, 600)) for number in range(6)]
    writers = [Writer(house, witness, number, number % 2, 0.05, 7) for number in range(4)]
    for each in (*readers, *writers):
        each.start()
    for which in (0, 1, 0):
        time.sleep(2.0)
        behind.inside.kill(which)
        time.sleep(1.0)
        behind.inside.start(which)
        behind.inside.wait_until_it_answers(which)
    time.sleep(2.0)
    for writer in writers:
        writer.is_done = True
        writer.join(30)
    stores = {pair: Store(house, pair).refresh() for pair in (0, 1)}
    until = time.monotonic() + 60
    while time.monotonic() < until and any(verdict.of_readers(readers, stores).values()):
        time.sleep(0.1)
    for reader in readers:
        reader.is_done = True
    assert sum(writer.acknowledged for writer in writers) > 20
    assert max(reader.came_back for reader in readers) > 1, "somebody was on the process that died"
    found = verdict.together(
        verdict.of_store(witness.lines(), stores.values()), verdict.of_readers(readers, stores)
    )
    assert found == {}
