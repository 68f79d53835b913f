"""The master keys: a small file outside the database. One is current and wraps; while it is changed there are two."""

from __future__ import annotations

import base64
import json
import os
import secrets
import threading
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from companionway.foundation import whole_files
from companionway.foundation.models import DataKey


class UnknownMaster(Exception):
    """A row was wrapped by a master key that the file does not hold (any more)."""


class Ring:
    """What one reading of the file gave."""

    def __init__(self, current: str, keys: dict[str, bytes], stamp: tuple[int, ...] = ()) -> None:
        self.current, self.keys, self.stamp = current, keys, stamp

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {name: AESGCM(key) for name, key in self.keys.items()}

    def wrap(self, raw: bytes, owner: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._ciphers[self.current].encrypt(nonce, raw, owner.encode())

    def unwrap(self, wrapped: bytes, master_id: str, owner: str) -> bytes:
        if master_id not in self._ciphers:
            raise UnknownMaster(master_id)
        return self._ciphers[master_id].decrypt(wrapped[:12], wrapped[12:], owner.encode())

    def with_new(self) -> Ring:
        """The same keys, and a new one that wraps from now on."""
        name = secrets.token_hex(4)
        return Ring(name, {**self.keys, name: os.urandom(32)})

    def only_current(self) -> Ring:
        return Ring(self.current, {self.current: self.keys[self.current]})

    def as_bytes(self) -> bytes:
        keys = {name: base64.b64encode(key).decode() for name, key in self.keys.items()}
        return json.dumps({"current": self.current, "keys": keys}).encode()


def parsed(content: bytes, stamp: tuple[int, ...] = ()) -> Ring:
    """Raises ValueError when this is no file of master keys."""
    try:
        facts = json.loads(content)
        keys = {str(name): base64.b64decode(key, validate=True) for name, key in facts["keys"].items()}
        ring = Ring(facts["current"], keys, stamp)
        is_whole = ring.current in keys and all(len(key) == 32 for key in keys.values())
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError("no master keys in it") from fault
    if not is_whole:
        raise ValueError("the current master key is not in it")
    return ring


_rings: dict[Path, Ring] = {}
_reading = threading.Lock()


def kept() -> Ring:
    """The ring as this process knows it; read at first use."""
    return _rings.get(_path()) or fresh()


def fresh() -> Ring:
    """The ring as the file has it now; the file is read only when it was changed."""
    path = _path()
    with _reading:
        if not path.exists():
            _make_first(path)
        known = _rings.get(path)
        if known is None or known.stamp != _stamp(path):
            stamp = _stamp(path)
            known = _rings[path] = parsed(path.read_bytes(), stamp)
    return known


def write(ring: Ring) -> None:
    whole_files.replace(_path(), ring.as_bytes())


def forget() -> None:
    _rings.clear()


def _path() -> Path:
    return Path(settings.MASTER_KEY_FILE)


def _stamp(path: Path) -> tuple[int, ...]:
    facts = path.stat()
    return facts.st_ino, facts.st_mtime_ns, facts.st_size


def _make_first(path: Path) -> None:
    if DataKey.objects.exclude(wrapped=None).exists():
        raise RuntimeError(f"The master key file {path} is missing. Restore it from your backup of keys.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    first = secrets.token_hex(4)
    own = path.with_name(f"{path.name}.first.{os.getpid()}.{first}")
    whole_files.replace(own, Ring(first, {first: os.urandom(32)}).as_bytes())
    try:
        os.link(own, path)
    except FileExistsError:  # another process was first: its key counts
        pass
    finally:
        own.unlink()
