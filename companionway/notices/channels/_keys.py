"""Who we are to push services: one key, made at first use, readable by the service only."""

from __future__ import annotations

import base64
import contextlib
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02  # type: ignore[import-untyped]


def vapid() -> Vapid02:
    path = Path(settings.VAPID_KEY_FILE)
    if not path.exists():
        _make(path)
    return Vapid02.from_pem(path.read_bytes())


def _make(path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and linked into place: whoever reads sees a whole key, and the first one made stays.
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()


def public_key() -> str:
    """What a browser needs to know before it asks its push service for an address."""
    raw = vapid().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
