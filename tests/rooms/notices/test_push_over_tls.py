"""A real push service on this machine: the name in its certificate counts, redirects are not followed."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from companionway.notices.channels import _push

NAME = "push.example.com"


class Service(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str], bytes]] = []
    status = 201

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen.append((self.path, dict(self.headers), body))
        self.send_response(type(self).status)
        self.send_header("Location", "https://127.0.0.1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        return


@pytest.fixture
def service(tmp_path) -> Iterator[tuple[int, str]]:
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]),
    )
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, secret = tmp_path / "ca.pem", tmp_path / "key.pem"
    trusted.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = HTTPServer(("127.0.0.1", 0), Service)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Service.seen, Service.status = [], 201
    yield server.server_port, str(trusted)
    server.shutdown()
    server.server_close()
    thread.join(5)


def post(service: tuple[int, str], host: str = NAME) -> int:
    port, trusted = service
    return _push._post(host, "127.0.0.1", "/send/1", b"sealed", {"TTL": "60"}, port=port, trusting=trusted)


def test_a_push_arrives_under_the_name_of_its_service(service):
    assert post(service) == 201
    ((path, headers, body),) = Service.seen
    assert (path, headers["Host"], headers["TTL"], body) == ("/send/1", NAME, "60", b"sealed")


def test_a_service_with_another_name_gets_nothing(service):
    with pytest.raises(urllib3.exceptions.HTTPError):
        post(service, host="other.example.com")
    assert Service.seen == []


def test_a_redirect_is_not_followed(service):
    Service.status = 307
    assert post(service) == 307
    assert len(Service.seen) == 1
