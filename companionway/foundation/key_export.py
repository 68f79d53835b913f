"""The master keys in a file locked by a passphrase: scrypt makes the key, AES-GCM locks the content."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from companionway.foundation import ring, whole_files

LEAST_PASSPHRASE: Final = 14
KIND: Final = "companionway master key 1"
# 128 MiB and about half a second for each guess.
COST: Final = {"n": 2**17, "r": 8, "p": 1}


def write(path: Path, passphrase: str) -> None:
    salt, nonce = os.urandom(16), os.urandom(12)
    locked = AESGCM(_key(passphrase, salt)).encrypt(nonce, ring.fresh().as_bytes(), KIND.encode())
    parts = {"salt": salt, "nonce": nonce, "locked": locked}
    content = {"kind": KIND} | {name: base64.b64encode(part).decode() for name, part in parts.items()}
    whole_files.replace(path, json.dumps(content).encode())


def bring_back(path: Path, passphrase: str) -> int:
    """Put the keys of the file beside those that are here; returns how many there are. Raises OSError, ValueError."""
    brought = read(path, passphrase)
    if not Path(settings.MASTER_KEY_FILE).exists():
        ring.write(brought)
        ring.forget()
        return len(brought.keys)
    here = ring.fresh()
    together = ring.Ring(here.current, {**brought.keys, **here.keys})
    if together.keys != here.keys:
        ring.write(together)
    return len(together.keys)


def read(path: Path, passphrase: str) -> ring.Ring:
    try:
        content = json.loads(path.read_bytes())
        salt, nonce, locked = (base64.b64decode(content[name]) for name in ("salt", "nonce", "locked"))
    except (KeyError, TypeError, ValueError) as fault:
        raise ValueError("This is no copy of a master key.") from fault
    try:
        return ring.parsed(AESGCM(_key(passphrase, salt)).decrypt(nonce, locked, KIND.encode()))
    except InvalidTag as fault:
        raise ValueError("The passphrase does not fit, or the file was changed.") from fault


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, dklen=32, maxmem=2**28, **COST)
