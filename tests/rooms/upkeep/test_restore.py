"""A restore: nothing is touched before all is verified, every row is equal, who was erased stays erased."""

from __future__ import annotations

import contextlib
import sqlite3
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from companionway.conversations import queries as conversations
from companionway.conversations.models import Conversation
from companionway.foundation import chain, key_copy, sealing
from companionway.people import services as people
from companionway.people.models import Person, ProfileItem
from companionway.upkeep import upgrading
from tests.cast import NOW
from tests.rooms.upkeep.installation import Installation, clean_machine, copy_keys, everything

# Made by the migrations on their own.
NOT_ROWS = {"foundation_dutyrun"}


def backup(path: Path) -> Path:
    call_command("backup", str(path), stdout=StringIO())
    return path


def restore(path: Path, *args: str) -> str:
    said = StringIO()
    call_command("restore", str(path), *args, stdout=said)
    return said.getvalue()


def messages() -> list[str]:
    talk = Conversation.objects.get()
    return [
        shown.facts.get("text", "") for shown in conversations.changed_in(talk.pk, 0, 50) if shown.author_id
    ]


def item_of(name: str) -> str:
    person = Person.objects.get(name=name)
    item = ProfileItem.objects.get(person=person)
    key = sealing.key_of(sealing.PERSON, person.pk)
    return str(sealing.open_facts(key, item.sealed, f"profile:{item.public_id}")["text"])


def test_a_clean_machine_has_everything_again(here: Installation, there: Installation, settings: Any) -> None:
    with here.opened(settings):
        path = backup(there.var / "moved.backup")
        before, said_there, heron = everything(), messages(), item_of("Mina")
    copy_keys(here, there)
    with there.opened(settings):
        said = restore(path)
        after = everything()
        assert {name for name in before if sorted(before[name]) != sorted(after[name])} <= {
            "foundation_datakey", "foundation_record", "foundation_recordblock",
        }  # fmt: skip
        assert set(before["foundation_record"]) <= set(after["foundation_record"])
        assert messages() == said_there
        assert len(said_there) == 6
        assert item_of("Mina") == heron
        assert chain.check().fault == ""
    assert "conversations_message" in said
    assert "7 rows  equal" in said


def test_one_database_to_the_other_and_back(here: Installation, tmp_path: Path, settings: Any) -> None:
    with here.opened(settings):
        before = everything()
        path = backup(tmp_path / "first.backup")
    with clean_machine(tmp_path / "file", on_postgres=False) as file:
        copy_keys(here, file)
        with file.opened(settings):
            restore(path)
            between = everything()
            back = backup(tmp_path / "second.backup")
        with clean_machine(tmp_path / "again") as again:
            copy_keys(file, again)
            with again.opened(settings):
                restore(back)
                after = everything()
    for name in ("conversations_message", "people_person", "people_programme", "people_organisation"):
        assert before[name] == between[name] == after[name] != []


def test_who_was_erased_since_opens_nowhere(here: Installation, there: Installation, settings: Any) -> None:
    with here.opened(settings):
        path = backup(there.var / "old.backup")
        mina, theo = Person.objects.get(name="Mina"), Person.objects.get(name="Theo")
        kept, item = item_of("Theo"), ProfileItem.objects.get(person=mina)
        people.delete_everything(actor=mina, now=NOW)
        assert key_copy.read().destroyed(sealing.PERSON) == [mina.pk]
    copy_keys(here, there)
    with there.opened(settings):
        said = restore(path)
        assert "1 people who were erased" in said
        again = Person.objects.get(pk=mina.pk)
        assert (again.name, again.email, again.is_active) == ("", "", False)
        assert not ProfileItem.objects.filter(pk=item.pk).exists()
        with pytest.raises(sealing.KeyDestroyed):
            sealing.key_of(sealing.PERSON, mina.pk)
        assert item_of("Theo") == kept
        assert [words for words in messages() if words] == [f"From Theo {number}" for number in range(3)]
        theo_again = Person.objects.get(pk=theo.pk)
        assert (theo_again.name, theo_again.public_id) == ("Theo", theo.public_id)


def test_numbers_that_had_a_key_are_never_given_again(
    here: Installation, there: Installation, settings: Any
) -> None:
    with here.opened(settings):
        path = backup(there.var / "old.backup")
        late = Person.objects.create(
            name="Late", sign_in_name="late", joined_at=NOW, password="!",
            organisation_id=Person.objects.get(name="Mina").organisation_id,
        )  # fmt: skip
        sealing.key_of(sealing.PERSON, late.pk)
        people.delete_everything(actor=late, now=NOW)
    copy_keys(here, there)
    with there.opened(settings):
        restore(path)
        mina = Person.objects.get(name="Mina")
        newest = Person.objects.create(
            name="New", sign_in_name="new", joined_at=NOW, password="!", organisation_id=mina.organisation_id
        )
        assert newest.pk > late.pk
        assert sealing.key_of(sealing.PERSON, newest.pk)


def test_what_is_there_is_not_overwritten_and_can_be_set_aside(here: Installation, settings: Any) -> None:
    with here.opened(settings):
        path = backup(here.var / "one.backup")
        Person.objects.filter(name="Ruth").update(name="Ruth the later")
        before = everything()
        with pytest.raises(CommandError, match="already something in this database"):
            restore(path)
        assert everything() == before
        said = restore(path, "--replace")
        assert Person.objects.filter(name="Ruth").exists()
        aside = said.partition("is kept in ")[2].split("\n")[0].removeprefix("the schema ")
        if here.database_url:
            with connection.cursor() as cursor:
                cursor.execute(f'select name from "{aside}".people_person where sign_in_name = %s', ["ruth"])
                assert cursor.fetchone() == ("Ruth the later",)
        else:
            with contextlib.closing(sqlite3.connect(aside)) as old:
                found = old.execute("select name from people_person where sign_in_name = 'ruth'").fetchone()
                assert found == ("Ruth the later",)


def beside(here: Installation) -> dict[str, bytes]:
    """The files that a service keeps beside its database."""
    return {each.name: each.read_bytes() for each in (here.var / "keys").glob("*.json")}


def test_a_drill_changes_nothing(here: Installation, settings: Any) -> None:
    with here.opened(settings):
        path = backup(here.var / "one.backup")
        people.erase_person(actor=None, person=Person.objects.get(name="Theo"), now=NOW)
        chain.close_blocks(NOW)
        before, files, kept = everything(), {each.name for each in here.var.iterdir()}, beside(here)
        said = restore(path, "--drill")
        assert "The drill went well" in said and "1 people who were erased" in said
        assert everything() == before
        assert {each.name for each in here.var.iterdir()} == files
        assert beside(here) == kept, "the keys, their copy and the record's head are the service's own"
        assert chain.head_fault() == ""


@pytest.mark.parametrize("fault", ["damaged", "no keys", "no master key", "no backup key", "no file"])
def test_each_fault_is_a_sentence_and_touches_nothing(
    fault: str, here: Installation, there: Installation, settings: Any
) -> None:
    with here.opened(settings):
        path = backup(there.var / "one.backup")
    copy_keys(here, there)
    if fault == "damaged":
        content = bytearray(path.read_bytes())
        content[-100] ^= 1
        path.write_bytes(content)
    elif fault == "no file":
        path.unlink()
    else:
        names = {"no keys": "key-copy", "no master key": "master", "no backup key": "backup"}
        (there.var / "keys" / f"{names[fault]}.json").unlink()
    said = {
        "damaged": "damaged or cut off",
        "no keys": "There is no copy of the keys",
        "no master key": "The master key is not at",
        "no backup key": "The backup key is not at",
        "no file": "There is no file",
    }
    with there.opened(settings):
        with pytest.raises(CommandError, match=said[fault]):
            restore(path)
        assert connection.introspection.table_names() == []
    if fault == "no keys":
        with there.opened(settings):
            assert "Restored" in restore(path, "--without-keys")


def test_a_newer_backup_is_refused_kindly(here: Installation, there: Installation, settings: Any) -> None:
    with here.opened(settings):
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into django_migrations (app, name, applied) values ('people', '9999_later', '2027-01-01')"
            )
        path = backup(there.var / "newer.backup")
    copy_keys(here, there)
    with there.opened(settings):
        with pytest.raises(CommandError, match="newer version of Companionway"):
            restore(path)
        assert connection.introspection.table_names() == []


def test_killed_half_way_it_leaves_the_target_clean(
    here: Installation, there: Installation, settings: Any
) -> None:
    with here.opened(settings):
        path = backup(there.var / "one.backup")
        before = everything()["people_person"]
    copy_keys(here, there)
    for kill_at in (40, 300, 600):
        assert there.forked(settings, lambda: restore(path), kill_at=kill_at).was_killed
        with there.opened(settings):
            assert not connection.introspection.table_names() or not upgrading.has_rows()
    assert there.forked(settings, lambda: restore(path)).statements > 600
    with there.opened(settings):
        assert everything()["people_person"] == before
