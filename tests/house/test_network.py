"""No test reaches another machine; the block is seen to hold."""

from __future__ import annotations

import http.server
import socket
import threading
import urllib.request
from pathlib import Path

import pytest

from tests.network import NetworkBlocked

ELSEWHERE = "192.0.2.1"  # kept free for documentation, never a real machine


def test_connecting_elsewhere_is_refused() -> None:
    with socket.socket() as line, pytest.raises(NetworkBlocked):
        line.connect((ELSEWHERE, 80))
    with socket.socket() as line, pytest.raises(NetworkBlocked):
        line.connect_ex((ELSEWHERE, 80))


def test_a_packet_to_elsewhere_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, pytest.raises(NetworkBlocked):
        line.sendto(b"x", (ELSEWHERE, 53))


def test_names_of_elsewhere_are_not_looked_up() -> None:
    with pytest.raises(NetworkBlocked):
        urllib.request.urlopen("http://example.org/", timeout=5)


def test_this_machine_is_reached() -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.handle_request, daemon=True).start()
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5):
        pass
    server.server_close()


def test_sockets_in_a_folder_are_reached(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
