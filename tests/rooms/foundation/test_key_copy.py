"""The copy of the wrapped keys: always as things are now, and a key that was destroyed never comes back through it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from companionway.foundation import key_copy, sealing, whole_files
from companionway.foundation.models import DataKey
from companionway.foundation.sealing import CONVERSATION, PERSON
from companionway.people import services
from companionway.people.models import Person
from tests.cast import NOW, make_cast, make_person


@pytest.fixture(autouse=True)
def _own_file(tmp_path: Path, settings: object) -> None:
    settings.KEY_COPY_FILE = tmp_path / "other disk" / "key-copy.json"  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_an_old_backup_with_todays_copy_opens_for_everybody_but_the_erased() -> None:
    theirs = sealing.key_of(PERSON, 1).seal("theirs", "here")
    gone = sealing.key_of(PERSON, 2).seal("gone", "here")
    key_copy.refresh(NOW)
    in_the_old_backup = DataKey.objects.count()
    sealing.destroy_key(PERSON, 2, now=NOW)
    copied = key_copy.read()
    assert copied.destroyed(PERSON) == [2]
    assert in_the_old_backup == len(copied.rows)

    DataKey.objects.all().delete()
    sealing.forget_all()
    assert key_copy.bring_wrapped_keys(copied.rows) == 2
    assert sealing.key_of(PERSON, 1).open(theirs, "here") == "theirs"
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(PERSON, 2).open(gone, "here")


@pytest.mark.django_db(transaction=True)
def test_neither_side_brings_back_what_the_other_destroyed() -> None:
    for owner in (1, 2):
        sealing.key_of(PERSON, owner)
    older = list(key_copy.wrapped_keys())
    sealing.destroy_key(PERSON, 1, now=NOW)
    newer = list(key_copy.wrapped_keys())
    key_copy.bring_wrapped_keys(older)
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(PERSON, 1)
    DataKey.objects.filter(owner_id=2).delete()
    key_copy.bring_wrapped_keys(older)
    DataKey.objects.filter(owner_id=1).delete()
    key_copy.bring_wrapped_keys(older)
    key_copy.bring_wrapped_keys(newer)
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(PERSON, 1)


@pytest.mark.django_db(transaction=True)
def test_many_destructions_in_one_deed_write_the_copy_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in range(1, 6):
        sealing.key_of(CONVERSATION, owner)
    key_copy.refresh(NOW)
    written: list[Path] = []
    plain = whole_files.replace

    def counted(path: Path, content: bytes) -> None:
        written.append(path)
        plain(path, content)

    monkeypatch.setattr(whole_files, "replace", counted)
    with transaction.atomic():
        for owner in range(1, 6):
            sealing.destroy_key(CONVERSATION, owner, now=NOW)
    assert written == [key_copy.path()]
    assert len(key_copy.read().destroyed(CONVERSATION)) == 5


@pytest.mark.django_db(transaction=True)
def test_the_duty_notices_a_copy_that_missed_a_destruction() -> None:
    sealing.key_of(PERSON, 1)
    key_copy.keep_it_new(NOW)
    kept = key_copy.path().read_bytes()
    key_copy.keep_it_new(NOW + timedelta(hours=1))
    assert key_copy.path().read_bytes() == kept
    sealing.destroy_key(PERSON, 1, now=NOW)
    key_copy.path().write_bytes(kept)
    key_copy.keep_it_new(NOW + timedelta(hours=2))
    assert key_copy.read().destroyed(PERSON) == [1]
    key_copy.keep_it_new(NOW + timedelta(hours=26))
    assert json.loads(key_copy.path().read_text())["made_at"] == (NOW + timedelta(hours=26)).isoformat()


@pytest.mark.django_db(transaction=True)
def test_somebody_new_never_gets_the_number_of_a_destroyed_key() -> None:
    make_cast()
    first = make_person("First")
    rows: list[key_copy.WrappedKey] = [
        {
            "kind": PERSON,
            "owner_id": first.pk + 7,
            "master_id": "",
            "wrapped": None,
            "destroyed_at": NOW.isoformat(),
        }
    ]
    key_copy.bring_wrapped_keys(rows)
    assert make_person("Second").pk > first.pk + 7
    key_copy.bring_wrapped_keys(rows)
    assert make_person("Third").pk > first.pk + 8


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_the_erased_are_erased_again() -> None:
    cast = make_cast()
    back = {name: getattr(cast.mina, name) for name in ("name", "sign_in_name", "public_id")}
    services.delete_everything(actor=cast.mina, now=NOW)
    Person.objects.filter(pk=cast.mina.pk).update(**back, erased_at=None, is_active=True)
    assert services.erase_again(actor=None, person_ids=[cast.mina.pk, 9_999], now=NOW) == 1
    assert Person.objects.get(pk=cast.mina.pk).name == ""
    assert services.erase_again(actor=None, person_ids=[cast.mina.pk], now=NOW) == 0
    assert connection.in_atomic_block is False


def test_what_a_replaced_file_held_is_overwritten_even_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    whole_files.replace(path, b"the old key")
    handle = open(path, "rb")  # noqa: SIM115
    whole_files.replace(path, b"the new key")
    assert handle.read() == b"\0" * 11
    assert path.read_bytes() == b"the new key"
    handle.close()
    # A kill before the exchange: the link still is the living file, which must not be harmed.
    path.with_name("keys.json.before").hardlink_to(path)
    whole_files.clear_remains(path)
    assert path.read_bytes() == b"the new key"
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.django_db(transaction=True)
def test_an_empty_service_never_writes_over_the_copy_of_another(caplog: pytest.LogCaptureFixture) -> None:
    """Somebody puts the copy in its place, and starts the service before they restore."""
    sealing.key_of(PERSON, 1)
    key_copy.refresh(NOW)
    kept = key_copy.path().read_bytes()
    DataKey.objects.all().delete()
    sealing.forget_all()
    sealing.key_of(PERSON, 7)
    with pytest.raises(key_copy.OfAnother, match="belongs to another database"):
        key_copy.refresh(NOW)
    with pytest.raises(key_copy.OfAnother):
        key_copy.keep_it_new(NOW + timedelta(days=2))
    sealing.destroy_key(PERSON, 7, now=NOW)
    assert "could not be written" in caplog.text
    assert key_copy.path().read_bytes() == kept
    # Once its keys are here, it is ours again.
    key_copy.bring_wrapped_keys(key_copy.read().rows)
    key_copy.refresh(NOW)
    assert len(key_copy.read().rows) == 2
