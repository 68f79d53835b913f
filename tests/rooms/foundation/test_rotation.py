"""A new master key while people write: killed at every step, nothing fails, and the old key opens nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from companionway.foundation import key_copy, ring, rotation, sealing
from companionway.foundation.events import MasterKeyChanged
from companionway.foundation.models import DataKey, Record
from tests.cast import NOW

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = (
    "import pathlib, sys, django; django.setup(); from tests.rooms.foundation import rotating;"
    "rotating.main(pathlib.Path(sys.argv[1]))"
)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: object) -> None:
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.json"  # type: ignore[attr-defined]
    settings.KEY_COPY_FILE = tmp_path / "keys" / "key-copy.json"  # type: ignore[attr-defined]


def opens_nothing(old: ring.Ring) -> bool:
    """Whether none of the old masters opens any key of the database or of its copy."""
    wrapped = [bytes(row.wrapped) for row in DataKey.objects.all() if row.wrapped is not None]
    owners = [f"{row.kind}:{row.owner_id}" for row in DataKey.objects.all() if row.wrapped is not None]
    for key in old.keys.values():
        for blob, owner in zip(wrapped, owners, strict=True):
            try:
                AESGCM(key).decrypt(blob[:12], blob[12:], owner.encode())
            except InvalidTag:
                continue
            return False
    return bool(wrapped)


@pytest.mark.django_db(transaction=True)
def test_the_old_key_opens_nothing_afterwards(tmp_path: Path) -> None:
    sealed = {owner: sealing.key_of(sealing.PERSON, owner).seal("words", "here") for owner in range(1, 30)}
    old = ring.fresh()
    assert not opens_nothing(old)
    assert rotation.rotate(now=NOW, at_once=10) == 29
    assert opens_nothing(old)
    assert set(ring.fresh().keys) == {ring.fresh().current}
    assert old.current not in key_copy.path().read_text()
    sealing.forget_all()
    for owner, words in sealed.items():
        assert sealing.key_of(sealing.PERSON, owner).open(words, "here") == "words"
    assert Record.objects.filter(name=MasterKeyChanged.name).count() == 1
    assert [
        each.name for each in (tmp_path / "keys").iterdir() if "before" in each.name or "new" in each.name
    ] == []


@pytest.mark.django_db(transaction=True)
def test_a_key_destroyed_in_the_middle_stays_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in range(1, 4):
        sealing.key_of(sealing.PERSON, owner)
    plain, destroyed = ring.Ring.wrap, []

    def destroying(self: ring.Ring, raw: bytes, owner: str) -> bytes:
        if not destroyed:
            destroyed.append(owner)
            sealing.destroy_key(sealing.PERSON, 1, now=NOW)
        return plain(self, raw, owner)

    monkeypatch.setattr(ring.Ring, "wrap", destroying)
    rotation.rotate(now=NOW)
    assert destroyed
    assert DataKey.objects.get(owner_id=1).wrapped is None


@pytest.mark.django_db(transaction=True)
def test_a_process_with_an_old_reading_never_makes_a_key_that_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between its reading of the file and its row, the master key was changed and the old one dropped."""
    sealing.key_of(sealing.PERSON, 1)
    old, plain = ring.fresh(), DataKey.objects.create
    rotation.rotate(now=NOW)
    readings = iter([old])
    monkeypatch.setattr(ring, "fresh", lambda real=ring.fresh: next(readings, None) or real())
    sealed = sealing.key_of(sealing.PERSON, 2).seal("words", "here")
    monkeypatch.undo()
    sealing.forget_all()
    assert plain is not None
    assert sealing.key_of(sealing.PERSON, 2).open(sealed, "here") == "words"


@pytest.mark.django_db(transaction=True)
def test_a_deed_inside_a_long_transaction_reads_on_after_the_change() -> None:
    sealed = sealing.key_of(sealing.PERSON, 1).seal("words", "here")
    kept = ring.kept()
    rotation.rotate(now=NOW)
    ring._rings[ring._path()] = kept
    sealing.forget(sealing.PERSON, 1)
    with transaction.atomic():
        assert sealing.key_of(sealing.PERSON, 1).open(sealed, "here") == "words"


@pytest.mark.django_db(transaction=True)
def test_killed_at_every_step_while_two_processes_read_and_write(tmp_path: Path, settings: object) -> None:
    facts = connection.settings_dict
    url = f"sqlite:///{facts['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
    env = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "COMPANIONWAY_VAR": str(tmp_path),
        "VALKEY_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert all(told["deaths"]), told["deaths"]
    assert told["finished"] == 0, done.stderr
    assert [each["failed"] for each in told["traffic"]] == [[], []]
    assert all(each["reads"] > 20 and each["made"] > 20 and each["gone"] for each in told["traffic"])
    gone = [owner for each in told["traffic"] for owner in each["gone"]]
    assert DataKey.objects.filter(owner_id__in=gone, wrapped=None).count() == len(gone)
    assert opens_nothing(ring.parsed(told["first"].encode()))
    assert len(ring.fresh().keys) == 1
