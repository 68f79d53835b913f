"""A copy of the master key takes two administrators; how long things are kept is theirs to choose."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from companionway.foundation import key_export, retention, ring, sealing
from companionway.foundation.models import ExportAgreement, KeptFor, Record
from companionway.foundation.policy import Refused
from companionway.people import queries, roles, services
from companionway.people.models import Organisation, Person
from tests.cast import NOW, Cast, give, make_cast, make_person

PASSPHRASE = "a passphrase for the file"


@pytest.fixture
def cast(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.json"
    settings.KEY_COPY_FILE = tmp_path / "keys" / "key-copy.json"
    monkeypatch.setattr(key_export, "COST", {"n": 2**12, "r": 8, "p": 1})
    return make_cast()


@pytest.fixture
def bea(cast: Cast) -> Person:
    second = make_person("Bea")
    give(second, roles.ADMINISTRATOR, None)
    return second


def export(*typed: str, at: datetime = NOW) -> None:
    services.export_by_two(actor=None, typed=typed, now=at)


def test_two_administrators_are_needed_and_everyone_is_told(cast: Cast, bea: Person) -> None:
    third = make_person("Cleo")
    give(third, roles.ADMINISTRATOR, None)
    one = services.agree_to_export(actor=cast.adil, now=NOW)
    two = services.agree_to_export(actor=bea, now=NOW)
    for wrong in ([one], [one, one], [one, "not a code"], []):
        with pytest.raises(Refused):
            export(*wrong)
    with pytest.raises(Refused):
        export(one, two, at=NOW + timedelta(minutes=16))
    export(one, two)
    assert Record.objects.filter(name="people.master_key_exported").count() == 1
    for each in (cast.adil, bea, third):
        assert [read.why for read in queries.reads_about(each)] == ["Two administrators agreed"]
    with pytest.raises(Refused):
        export(one, two)


def test_the_other_organisation_on_this_server_learns_nothing_of_it(cast: Cast, bea: Person) -> None:
    other = Organisation.objects.create(name="By the Canal", short_name="Canal", host="canal.example.net")
    theirs = make_person("Dora", organisation=other)
    give(theirs, roles.ADMINISTRATOR, None)
    one, two = (services.agree_to_export(actor=each, now=NOW) for each in (cast.adil, bea))
    export(one, two)
    assert queries.reads_about(theirs) == []
    assert len(queries.reads_about(bea)) == 1


def test_one_person_is_not_two(cast: Cast, bea: Person) -> None:
    first = services.agree_to_export(actor=cast.adil, now=NOW)
    second = services.agree_to_export(actor=cast.adil, now=NOW)
    with pytest.raises(Refused):
        export(first, second)
    lost = services.agree_to_export(actor=bea, now=NOW)
    bea.roles_held.update(until_at=NOW)
    with pytest.raises(Refused):
        export(second, lost)


def test_nobody_else_and_no_passphrase_alone_can_agree(cast: Cast) -> None:
    for somebody in (cast.mina, cast.theo, cast.cora, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.agree_to_export(actor=somebody, now=NOW)
        with pytest.raises(Refused):
            services.keep_for(actor=somebody, days={"drafts": 30}, now=NOW)
    cast.adil.is_strong = False
    with pytest.raises(Refused):
        services.agree_to_export(actor=cast.adil, now=NOW)
    assert not ExportAgreement.objects.exists()


def test_the_file_is_locked_and_comes_back(
    cast: Cast, bea: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = sealing.key_of(sealing.PERSON, cast.mina.pk).seal("words", "here")
    typed = iter(
        [services.agree_to_export(actor=each, now=datetime.now(NOW.tzinfo)) for each in (cast.adil, bea)]
    )
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    for command in ("export_master_key", "import_master_key"):
        monkeypatch.setattr(
            f"companionway.people.management.commands.{command}.getpass", lambda _question: PASSPHRASE
        )
    path = tmp_path / "copy.json"
    call_command("export_master_key", str(path))
    kept, key = path.read_bytes(), ring.fresh()
    assert not any(part in kept for part in (key.current.encode(), key.as_bytes()))
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="passphrase"):
        key_export.read(path, "another passphrase")
    with pytest.raises(CommandError, match="already"):
        call_command("export_master_key", str(path))

    Path(ring._path()).unlink()
    sealing.forget_all()
    call_command("import_master_key", str(path))
    sealing.forget_all()
    assert sealing.key_of(sealing.PERSON, cast.mina.pk).open(sealed, "here") == "words"


def test_the_pages(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.adil)
    shown = client.get(reverse("people:admin_keeping")).content.decode()
    assert all(f'name="{each.key}"' in shown for each in retention.clocks())
    days = retention.chosen_days() | {"drafts": 40}
    assert client.post(reverse("people:admin_keeping"), days).status_code == 302
    assert KeptFor.objects.get().days == 40
    assert Record.objects.get(name="people.keeping_chosen").payload["days"] == 40
    assert client.post(reverse("people:admin_keeping"), days | {"drafts": 1}).status_code == 422
    with pytest.raises(Refused):
        services.keep_for(actor=cast.adil, days={"drafts": 1}, now=NOW)
    assert "data-code" not in client.get(reverse("people:admin_master_key")).content.decode()
    assert "data-code" in client.post(reverse("people:admin_master_key")).content.decode()
    client.force_login(cast.cora)
    for name in ("people:admin_keeping", "people:admin_master_key"):
        assert client.get(reverse(name)).status_code == 404
