"""Sealed text: one key per person and per conversation, each wrapped by a master key outside the database.

Destroying a key is what "delete everything" means: rows, free pages and the write-ahead log become noise together.
So do backups made earlier: they hold no keys. The wrapped keys are kept apart, once, as they are now (`key_copy`).
"""

from __future__ import annotations

import hmac
import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.db.models import Q

from companionway.foundation import bus, ring
from companionway.foundation.models import DataKey

PERSON, CONVERSATION, REPORT, RELATIONSHIP = "person", "conversation", "report", "relationship"
# One meeting while it happens, and what those who hold a series of meetings hand on.
GATHERING, SERIES = "gathering", "series"
KEPT_KEYS = 20_000
# A process that the bus does not reach looks again after this long whether a key is still there.
KEPT_SECONDS: Final = 600.0


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
        except (InvalidTag, ValueError) as fault:
            raise CannotOpen(self._owner) from fault


_lock = threading.Lock()
# One owner, or the two whose keys it needs.
Owner = tuple[str, int]
_open_keys: OrderedDict[tuple[Owner, ...], tuple[SealingKey, float]] = OrderedDict()
_gone: set[Owner] = set()
# Made in a transaction that has not committed: what is rolled back must never be remembered.
_unsure: set[Owner] = set()
_on_destroyed: list[Callable[[datetime], None]] = []


def key_of(kind: str, owner_id: int) -> SealingKey:
    """The key of one person or conversation, made at first use. Raises KeyDestroyed after erasure."""
    owners = ((kind, owner_id),)
    return _kept(owners) or _made(owners, _load(kind, owner_id))


def key_of_both(kind: str, owner_id: int, other_kind: str, other_id: int) -> SealingKey:
    """A key that needs the keys of both: whichever is destroyed, it is gone. For words of one in a place of several."""
    owners = ((kind, owner_id), (other_kind, other_id))
    return _kept(owners) or _made(owners, _both(_load(kind, owner_id), _load(other_kind, other_id)))


def raw_key(kind: str, owner_id: int) -> bytes:
    """The bytes of a key that does not seal but signs (the record chain). Never remembered here."""
    return _load(kind, owner_id)


def _both(one: bytes, other: bytes) -> bytes:
    return hmac.digest(one, b"both\0" + other, "sha256")


def _kept(owners: tuple[Owner, ...]) -> SealingKey | None:
    with _lock:
        kept = _open_keys.get(owners)
        if kept is None or kept[1] <= time.monotonic():
            return None
        _open_keys.move_to_end(owners)
        return kept[0]


def _made(owners: tuple[Owner, ...], raw: bytes) -> SealingKey:
    key = SealingKey(raw, "+".join(f"{kind}:{owner_id}" for kind, owner_id in owners))
    # Only a committed key may be remembered: one that is rolled back must never seal anything again.
    if _unsure.isdisjoint(owners):
        _remember(owners, key)
    else:
        transaction.on_commit(lambda: _remember(owners, key))
    return key


def _remember(owners: tuple[Owner, ...], key: SealingKey) -> None:
    with _lock:
        if not _gone.isdisjoint(owners):
            return
        _open_keys[owners] = key, time.monotonic() + KEPT_SECONDS
        if len(_open_keys) > KEPT_KEYS:
            _open_keys.popitem(last=False)


def _load(kind: str, owner_id: int) -> bytes:
    row = DataKey.objects.filter(kind=kind, owner_id=owner_id).first()
    if row is None:
        try:
            return _make(kind, owner_id)
        except IntegrityError:  # another process made it first
            _sure(kind, owner_id)
            row = DataKey.objects.get(kind=kind, owner_id=owner_id)
    return _opened(row)


@transaction.atomic
def _make(kind: str, owner_id: int) -> bytes:
    with _lock:
        _unsure.add((kind, owner_id))
    transaction.on_commit(lambda: _sure(kind, owner_id))
    raw, owner, masters = os.urandom(32), f"{kind}:{owner_id}", ring.fresh()
    made = DataKey.objects.create(
        kind=kind, owner_id=owner_id, master_id=masters.current, wrapped=masters.wrap(raw, owner)
    )
    # From here on the table cannot be locked by a change of the master key until this commits: what the file
    # says now holds, and a row wrapped by a master key that went in between would never open again.
    if (now := ring.fresh()).current != masters.current:
        made.master_id, made.wrapped = now.current, now.wrap(raw, owner)
        made.save(update_fields=["master_id", "wrapped"])
    return raw


def _sure(kind: str, owner_id: int) -> None:
    with _lock:
        _unsure.discard((kind, owner_id))


def _opened(row: DataKey) -> bytes:
    owner = f"{row.kind}:{row.owner_id}"
    for masters in (ring.kept, ring.fresh):
        if row.wrapped is None:
            raise KeyDestroyed(owner)
        try:
            return masters().unwrap(bytes(row.wrapped), row.master_id, owner)
        except ring.UnknownMaster:
            row.refresh_from_db()  # it may have been wrapped anew since it was read
    if row.wrapped is None:
        raise KeyDestroyed(owner)
    return ring.fresh().unwrap(bytes(row.wrapped), row.master_id, owner)


def preload(kind: str, owner_ids: Collection[int]) -> None:
    """Open many existing keys with one query, for pages and pools that need them all."""
    preload_all((kind, each) for each in owner_ids)


def preload_all(owners: Iterable[Owner]) -> None:
    """The same for owners of several kinds: still one query, and none when all are open."""
    missing = [owner for owner in set(owners) if _kept((owner,)) is None]
    if missing:
        for owner, raw in _raws(missing).items():
            _made((owner,), raw)


def keys_of_both(
    kind: str, other_kind: str, pairs: Collection[tuple[int, int | None]]
) -> dict[tuple[int, int | None], SealingKey]:
    """Many keys of two owners (or, with None, of the first alone) that exist already, with one query for the missing.

    What was destroyed or never made is left out.
    """
    asked = {pair: ((kind, pair[0]), (other_kind, pair[1])) if pair[1] is not None else ((kind, pair[0]),)
             for pair in pairs}  # fmt: skip
    found = {pair: key for pair, owners in asked.items() if (key := _kept(owners))}
    if len(found) < len(asked):
        missing = {owner for pair, owners in asked.items() if pair not in found for owner in owners}
        raws = _raws(missing)
        for pair, owners in asked.items():
            if pair not in found and all(owner in raws for owner in owners):
                parts = [raws[owner] for owner in owners]
                found[pair] = _made(owners, _both(*parts) if len(parts) == 2 else parts[0])
    return found


def _raws(owners: Collection[Owner]) -> dict[Owner, bytes]:
    wanted = Q(pk__in=[])
    for kind in sorted({kind for kind, _pk in owners}):
        wanted |= Q(kind=kind, owner_id__in=[pk for each, pk in owners if each == kind])
    rows = DataKey.objects.filter(wanted).exclude(wrapped=None)
    return {(row.kind, row.owner_id): _opened(row) for row in rows}


def destroy_key(kind: str, owner_id: int, *, now: datetime) -> None:
    """Make everything this key sealed unreadable for ever: here, in every process and in every backup."""
    DataKey.objects.update_or_create(
        kind=kind, owner_id=owner_id, defaults={"wrapped": None, "destroyed_at": now, "master_id": ""}
    )
    forget(kind, owner_id)
    # Again after the commit: another thread may have opened the old row in between.
    transaction.on_commit(lambda: _forget_everywhere(kind, owner_id))
    for hearer in _on_destroyed:
        hearer(now)


def on_destroyed(hearer: Callable[[datetime], None]) -> None:
    """`hearer(now)` runs inside the destroying transaction (the copy of the keys asks to be made anew)."""
    _on_destroyed.append(hearer)


def _forget_everywhere(kind: str, owner_id: int) -> None:
    forget_for_good(kind, owner_id)
    bus.post("key_gone", [kind, owner_id])


def forget(kind: str, owner_id: int) -> None:
    owner = (kind, owner_id)
    with _lock:
        for owners in [each for each in _open_keys if owner in each]:
            del _open_keys[owners]


def forget_for_good(kind: str, owner_id: int) -> None:
    """Its destruction is committed: whoever opened the row a moment ago may not put it back."""
    with _lock:
        _gone.add((kind, owner_id))
    forget(kind, owner_id)


bus.hear("key_gone", lambda fact: forget_for_good(fact[0], fact[1]))
bus.hear("ring", lambda _fact: ring.forget())


def forget_all() -> None:
    """Drop every key from memory (tests, and after a restore)."""
    with _lock:
        _open_keys.clear()
        _gone.clear()
        _unsure.clear()
    ring.forget()


def seal_facts(key: SealingKey, facts: Any, context: str) -> bytes:
    """Seal a small structure (lists, dicts, strings) as JSON."""
    return key.seal(json.dumps(facts, ensure_ascii=False, separators=(",", ":")), context)


def open_facts(key: SealingKey, sealed: bytes | memoryview | None, context: str) -> Any:
    return json.loads(key.open(sealed, context)) if sealed else None
