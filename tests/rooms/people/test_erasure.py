"""After "delete everything" no word of the person is found, in the rows, the files, the pages or an old backup."""

from __future__ import annotations

import logging
import os
import subprocess
import tempfile
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as house
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import BinaryField, CharField, JSONField, TextField

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation, Message
from companionway.foundation import chain, key_copy, proof, sealing, sweeping
from companionway.foundation.events import deliver
from companionway.foundation.models import DataKey, Record
from companionway.gatherings import services as gatherings
from companionway.people import services
from companionway.people.models import Person
from companionway.safeguarding.models import SAFEGUARDING
from tests.cast import NOW, Cast, make_cast
from tests.raw import raw
from tests.rooms.people.canaries import CANARY, Ledger, sealed_columns, write_everywhere

# The kind of key whose words stay when somebody deletes everything (docs/privacy.md).
KEPT_BY_LAW = SAFEGUARDING
# What was said in a meeting has the meeting's key, which goes by itself within a day of its close.
GOES_BY_ITSELF = sealing.GATHERING
# Sealed columns that stay empty here, with the reason.
NOT_FILLED = {
    "support_checkin.sealed_answer": "this programme keeps no answers; sealed with the person's key like letters"
}


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.json"
    settings.KEY_COPY_FILE = tmp_path / "keys" / "key-copy.json"


def house_models() -> list[Any]:
    return [
        each
        for each in apps.get_models()
        if each.__module__.startswith(("companionway", "django.contrib.sessions"))
    ]


def columns_with(word: str) -> set[str]:
    """table.column of every plain column in which the word stands, sealed ones left out."""
    found = set()
    with connection.cursor() as cursor:
        for model in house_models():
            for each in model._meta.concrete_fields:
                if isinstance(each, CharField | TextField | JSONField | BinaryField):
                    column = connection.ops.quote_name(each.column)
                    cursor.execute(f"select {column} from {model._meta.db_table}")  # noqa: S608
                    if any(word.encode() in _bytes(value) for (value,) in cursor.fetchall()):
                        found.add(f"{model._meta.db_table}.{each.column}")
    return found


def _bytes(value: Any) -> bytes:
    return (
        value
        if isinstance(value, bytes)
        else bytes(value)
        if isinstance(value, memoryview)
        else str(value).encode()
    )


def filled_columns() -> set[str]:
    return {
        f"{model._meta.db_table}.{name}"
        for model in house_models()
        for name in sealed_columns(model)
        if model.objects.exclude(**{name: None}).exclude(**{name: b""}).exists()
    }


def files_with(needles: list[bytes], *folders: Path) -> list[str]:
    """Path and surroundings of every hit, in any file of these folders."""
    files = [(path, raw(path)) for folder in folders for path in folder.rglob("*") if path.is_file()]
    hits = [(path, held, held.find(each)) for path, held in files for each in needles]
    return [f"{path.name}: {held[max(0, at - 40) : at + 60]!r}" for path, held, at in hits if at >= 0]


def tables_with(needle: str) -> list[str]:
    """PostgreSQL's own files of tables and indexes, gaps between rows included. Its log is not ours to forget."""
    with connection.cursor() as cursor:
        cursor.execute("checkpoint")
        cursor.execute("show data_directory")
        (folder,) = cursor.fetchone()
        cursor.execute("select relfilenode::text, relname from pg_class")
        names = dict(cursor.fetchall())
    found = subprocess.run(
        ["grep", "-rlaF", needle, f"{folder}/base"], capture_output=True, text=True, check=False
    )
    assert found.returncode in (0, 1), found.stderr
    return [names.get(Path(each).name, each) for each in found.stdout.splitlines()]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_no_canary_is_left_anywhere(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    ledger = Ledger()
    with ledger.kept(monkeypatch):
        write_everywhere(cast)
    key_copy.refresh(NOW)
    every = {f"{model._meta.db_table}.{name}" for model in house_models() for name in sealed_columns(model)}
    assert filled_columns() == every - set(NOT_FILLED), "a new place for words needs its canary"
    assert len(columns_with(CANARY)) >= 12
    assert len(ledger.opened()) == len(ledger.entries) >= 26

    made = services.delete_everything(actor=Person.objects.get(pk=cast.mina.pk), now=NOW)
    deliver()
    if connection.vendor == "postgresql":
        assert tables_with(CANARY), "before the sweep the gaps still hold it: the search can find"
    sweeping.sweep()

    assert columns_with(CANARY) == set()
    # Records that protect somebody stay, by law and said so beforehand; nothing else does.
    assert {owner.split(":")[0] for owner, _ in ledger.opened()} == {KEPT_BY_LAW, GOES_BY_ITSELF}
    gatherings.forget_due(actor=None, now=NOW + timedelta(days=1))
    assert {owner.split(":")[0] for owner, _ in ledger.opened()} == {KEPT_BY_LAW}
    assert CANARY not in caplog.text
    assert files_with([CANARY.encode()], tmp_path, scratch, Path(house.VAR)) == []
    if connection.vendor == "sqlite":
        sealed = [blob[12:] for owner, _, blob in ledger.entries if not owner.startswith(KEPT_BY_LAW)]
        assert files_with(sealed, tmp_path, Path(house.VAR)) == []
    else:
        assert tables_with(CANARY) == []
    assert proof.faults(made) == []
    kept = Message.objects.get(author=cast.theo)
    assert [each.pk for each in Message.objects.exclude(sealed=b"").exclude(author=None)] == [kept.pk]


def test_an_old_backup_put_back_stays_unreadable(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows as they were, with the keys as they are now."""
    ledger = Ledger()
    with ledger.kept(monkeypatch):
        write_everywhere(cast)
    key_copy.refresh(NOW)
    mina = Person.objects.get(pk=cast.mina.pk)
    before = {name: getattr(mina, name) for name in ("name", "sign_in_name", "email", "is_active")}
    messages = dict(Message.objects.values_list("pk", "sealed"))
    services.delete_everything(actor=mina, now=NOW)

    for pk, sealed in messages.items():
        Message.objects.filter(pk=pk).update(sealed=sealed, state="here")
    Person.objects.filter(pk=mina.pk).update(**before, erased_at=None)
    DataKey.objects.all().delete()
    key_copy.bring_wrapped_keys(key_copy.read().rows)
    assert {owner.split(":")[0] for owner, _ in ledger.opened()} == {KEPT_BY_LAW, GOES_BY_ITSELF}
    assert columns_with(CANARY)
    again = services.erase_again(actor=None, person_ids=key_copy.read().destroyed(sealing.PERSON), now=NOW)
    assert again == 1
    assert columns_with(CANARY) == set()
    theirs = Message.objects.get(author=cast.theo)
    key = sealing.key_of_both(sealing.CONVERSATION, theirs.conversation_id, sealing.PERSON, cast.theo.pk)
    assert sealing.open_facts(key, theirs.sealed, theirs.place)["text"] == "Theo's own words"


def erase(*arguments: str) -> str:
    said = StringIO()
    call_command("erase", "--yes", "--", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_erases_a_person_and_its_proof_can_be_asked_later(cast: Cast) -> None:
    said = erase(cast.mina.public_id)
    made = next(line for line in said.splitlines() if line.count(".") == 1 and " " not in line)
    assert Person.objects.get(pk=cast.mina.pk).erased_at is not None
    record = Record.objects.get(name="people.erased")
    assert (record.actor_id, record.about_id) == (None, cast.mina.pk)
    answer = StringIO()
    call_command("check_erasure", made, stdout=answer)
    assert answer.getvalue().startswith("It holds.")
    for wrong in (made[:-1] + ("0" if made[-1] != "0" else "1"), "nonsense", made.replace(".", "a.", 1)):
        with pytest.raises(CommandError):
            call_command("check_erasure", wrong)
    with pytest.raises(CommandError, match="Nobody"):
        erase("nobody-has-this")
    DataKey.objects.filter(kind="person", owner_id=cast.mina.pk).update(
        wrapped=os.urandom(60), destroyed_at=None
    )
    with pytest.raises(CommandError, match="keys are back"):
        call_command("check_erasure", made)


def test_the_command_erases_a_conversation(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    with ledger.kept(monkeypatch):
        talk = conversations.open_conversation(
            actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
        )
        for author in (cast.mina, cast.theo):
            conversations.send_message(actor=author, conversation=talk, text=f"{CANARY} words", now=NOW)
        conversations.keep_draft(actor=cast.theo, conversation=talk, text=f"{CANARY} draft", note="", now=NOW)
    erase(talk.public_id)
    assert not Conversation.objects.get(pk=talk.pk).is_open
    assert set(Message.objects.filter(conversation=talk).values_list("sealed", flat=True)) == {b""}
    # Theo's draft is sealed with his own key, which he keeps; its row and its bytes are gone.
    assert {owner for owner, _ in ledger.opened()} <= {f"person:{cast.theo.pk}"}
    assert Person.objects.get(pk=cast.mina.pk).erased_at is None
    assert Record.objects.filter(name="conversations.erased").count() == 1
    assert chain.close_blocks(NOW) == 1


def test_without_a_yes_nothing_is_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("erase", "--", cast.mina.public_id)
    assert Person.objects.get(pk=cast.mina.pk).erased_at is None
