"""nginx with the shipped file (deploy/nginx.conf), on other ports and with a certificate made for the occasion."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.machine import end, free_port, wait_for

SHIPPED = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"
AROUND = """worker_processes 1;
daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/nginx.error.log crit;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/companionway.conf;
}}
"""


def why_no_nginx() -> str:
    return "" if _program() else "nginx is not installed"


def _program() -> str | None:
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")


def _servers(text: str, upstream: str, ports: Sequence[int]) -> str:
    lines = "".join(f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;\n" for port in ports)
    pattern = re.compile(rf"(upstream {upstream} {{.*?)(?:    server [^\n]*\n)+(.*?\n}})", re.S)
    changed, times = pattern.subn(lambda found: found[1] + lines + found[2], text)
    assert times == 1, f"deploy/nginx.conf has no servers in {upstream}"
    return changed


def _certify(certificate: Path, key: Path) -> None:
    """A certificate of our own for this machine, good for a day."""
    secret, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")]),
    )
    now = datetime.now(UTC)
    here = [x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(here), critical=False)
        .sign(secret, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.touch(mode=0o600)
    pem, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key.write_bytes(secret.private_bytes(serialization.Encoding.PEM, pem, plain))


class Nginx:
    """`port` speaks TLS; `plain` does the same without, for a load generator that should not pay for it."""

    def __init__(self, folder: Path, *, live: Sequence[int], pages: Sequence[int], plain: int = 0) -> None:
        self.folder, self.port, self.redirecting, self.plain = (
            folder,
            free_port(),
            free_port(),
            plain or free_port(),
        )
        self.certificate = folder / "certificate.pem"
        folder.mkdir(parents=True, exist_ok=True)
        key = folder / "key.pem"
        _certify(self.certificate, key)
        text = _servers(_servers(SHIPPED.read_text(), "companionway_live", live), "companionway_pages", pages)
        text = re.sub(r"\n    listen \[::\][^\n]*", "", text)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.redirecting};")
        text = text.replace(
            "listen 443 ssl http2;",
            f"listen 127.0.0.1:{self.port} ssl http2;\n    listen 127.0.0.1:{self.plain};",
        )
        text = text.replace("talk.example.org;", "localhost 127.0.0.1;")
        text = re.sub(r"ssl_certificate [^;]*;", f"ssl_certificate {self.certificate};", text)
        text = re.sub(r"ssl_certificate_key [^;]*;", f"ssl_certificate_key {key};", text)
        text = re.sub(r"error_log [^;]*;", f"error_log {folder}/companionway.error.log crit;", text)
        (folder / "companionway.conf").write_text(text)
        user = "user root;\n" if folder.owner() == "root" else ""
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = _program()
        assert program is not None
        self.process = subprocess.Popen(
            [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        )
        wait_for(self.port)

    def stop(self) -> None:
        end(self.process)

    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid
