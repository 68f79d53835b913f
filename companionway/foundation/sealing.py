"""Sealed text: one key per person and per conversation, each wrapped by a master key outside the database.

Destroying a key is what "delete everything" means: rows, free pages and the write-ahead log become noise together.
A backup made earlier holds the wrapped key too: it stays readable, beside the master key, until it is thrown away.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import threading
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

from companionway.foundation.models import DataKey

PERSON, CONVERSATION, REPORT, RELATIONSHIP = "person", "conversation", "report", "relationship"
KEPT_KEYS = 20_000


class KeyDestroyed(Exception):
    """What this key sealed was deleted for good."""


class CannotOpen(Exception):
    """The sealed bytes were changed, moved, or sealed by another key."""


class SealingKey:
    """Seals and opens text for one owner; `context` names the place, so bytes moved elsewhere do not open."""

    __slots__ = ("_cipher", "_owner")

    def __init__(self, raw: bytes, owner: str) -> None:
        self._cipher, self._owner = AESGCM(raw), owner

    def seal(self, text: str, context: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(nonce, text.encode(), f"{self._owner}|{context}".encode())

    def open(self, sealed: bytes | memoryview, context: str) -> str:
        blob = bytes(sealed)
        try:
            return self._cipher.decrypt(blob[:12], blob[12:], f"{self._owner}|{context}".encode()).decode()
        except InvalidTag as fault:
            raise CannotOpen(self._owner) from fault


class _Keyring:
    """The master keys, read once from a file that only the service may read."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            if DataKey.objects.exists():
                raise RuntimeError(
                    f"The master key file {path} is missing. Restore it from your backup of keys."
                )
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            first = secrets.token_hex(4)
            content = {"current": first, "keys": {first: base64.b64encode(os.urandom(32)).decode()}}
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(content, file)
        content = json.loads(path.read_text())
        self.current: str = content["current"]
        self._ciphers = {name: AESGCM(base64.b64decode(key)) for name, key in content["keys"].items()}

    def wrap(self, raw: bytes, owner: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._ciphers[self.current].encrypt(nonce, raw, owner.encode())

    def unwrap(self, wrapped: bytes, master_id: str, owner: str) -> bytes:
        return self._ciphers[master_id].decrypt(wrapped[:12], wrapped[12:], owner.encode())


@lru_cache(maxsize=4)
def _keyring(path: Path) -> _Keyring:
    return _Keyring(path)


_lock = threading.Lock()
_open_keys: OrderedDict[tuple[str, int], SealingKey] = OrderedDict()


def key_of(kind: str, owner_id: int) -> SealingKey:
    """The key of one person or conversation, made at first use. Raises KeyDestroyed after erasure."""
    with _lock:
        if kept := _open_keys.get((kind, owner_id)):
            _open_keys.move_to_end((kind, owner_id))
            return kept
    key = _load(kind, owner_id)
    # Only a committed key may be remembered: one that is rolled back must never seal anything again.
    transaction.on_commit(lambda: _remember(kind, owner_id, key))
    return key


def _remember(kind: str, owner_id: int, key: SealingKey) -> None:
    with _lock:
        _open_keys[kind, owner_id] = key
        if len(_open_keys) > KEPT_KEYS:
            _open_keys.popitem(last=False)


def _load(kind: str, owner_id: int) -> SealingKey:
    ring, owner = _keyring(Path(settings.MASTER_KEY_FILE)), f"{kind}:{owner_id}"
    row = DataKey.objects.filter(kind=kind, owner_id=owner_id).first()
    if row is None:
        raw = os.urandom(32)
        try:
            with transaction.atomic():
                DataKey.objects.create(
                    kind=kind, owner_id=owner_id, master_id=ring.current, wrapped=ring.wrap(raw, owner)
                )
            return SealingKey(raw, owner)
        except IntegrityError:  # another process made it first
            row = DataKey.objects.get(kind=kind, owner_id=owner_id)
    if row.wrapped is None:
        raise KeyDestroyed(owner)
    return SealingKey(ring.unwrap(bytes(row.wrapped), row.master_id, owner), owner)


def preload(kind: str, owner_ids: list[int]) -> None:
    """Open many existing keys with one query, for pages and pools that need them all."""
    with _lock:
        missing = [each for each in owner_ids if (kind, each) not in _open_keys]
    ring = _keyring(Path(settings.MASTER_KEY_FILE))
    for row in DataKey.objects.filter(kind=kind, owner_id__in=missing).exclude(wrapped=None):
        owner = f"{kind}:{row.owner_id}"
        key = SealingKey(ring.unwrap(bytes(row.wrapped or b""), row.master_id, owner), owner)
        _remember(kind, row.owner_id, key)


def destroy_key(kind: str, owner_id: int, *, now: datetime) -> None:
    """Make everything this key sealed unreadable for ever, here and in every backup made from now on."""
    DataKey.objects.update_or_create(
        kind=kind, owner_id=owner_id, defaults={"wrapped": None, "destroyed_at": now, "master_id": ""}
    )
    forget(kind, owner_id)
    # Again after the commit: another thread may have opened the old row in between.
    transaction.on_commit(lambda: forget(kind, owner_id))


def forget(kind: str, owner_id: int) -> None:
    with _lock:
        _open_keys.pop((kind, owner_id), None)


def forget_all() -> None:
    """Drop every key from memory (tests, and after a restore)."""
    with _lock:
        _open_keys.clear()
    _keyring.cache_clear()


def seal_facts(key: SealingKey, facts: Any, context: str) -> bytes:
    """Seal a small structure (lists, dicts, strings) as JSON."""
    return key.seal(json.dumps(facts, ensure_ascii=False, separators=(",", ":")), context)


def open_facts(key: SealingKey, sealed: bytes | memoryview | None, context: str) -> Any:
    return json.loads(key.open(sealed, context)) if sealed else None
