"""What was written stands: no update, no deletion, an own key; time and the chosen law alone take it away."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from companionway.foundation import constraints, parts, proof, retention, sealing
from companionway.foundation.models import DataKey
from companionway.people import services as people
from companionway.people.models import Organisation, Person
from companionway.safeguarding import opening, profiles, queries, services
from companionway.safeguarding.models import (
    SAFEGUARDING,
    Concerned,
    Entry,
    HandedOut,
    Reading,
    SafeguardingRecord,
)
from companionway.safeguarding.states import Part
from tests.cast import NOW, make_person
from tests.house.files import HOUSE
from tests.rooms.safeguarding.conftest import FACTS, QUOTE, TOLD, Apart

LATER = NOW + timedelta(days=4000)
ROWS = (SafeguardingRecord, Entry, Concerned, Reading, HandedOut)


@pytest.fixture
def full(apart: Apart) -> Apart:
    """A record with a row in every table."""
    services.open_record(
        actor=apart.ines, record=apart.record, reason_key="safety", words="At night", now=NOW
    )
    services.hand_out(actor=apart.ines, record=apart.record, to_whom="The council", reason="s.42", now=NOW)
    assert all(model._default_manager.exists() for model in ROWS)
    return apart


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as fault:
        return "stands as it was written" in str(fault)
    return False


@pytest.mark.parametrize("model", ROWS)
def test_the_database_refuses_to_change_or_delete_a_row(full: Apart, model: Any) -> None:
    table = model._meta.db_table
    assert all(refused(f"update {table} set {each.column} = {each.column}") for each in model._meta.fields)
    assert refused(f"delete from {table}")
    assert model._default_manager.exists()


def test_the_guard_sees_an_update_when_its_rule_is_taken_out(full: Apart) -> None:
    """The seeded fault: without the rule an update passes, and this test's question notices."""
    assert refused("update safeguarding_entry set number = 7")
    constraints.let_go()
    assert not refused("update safeguarding_entry set number = 7")
    for each in apps.get_app_configs():
        constraints.install(each)
    assert refused("update safeguarding_entry set number = 8")


def test_the_orm_is_refused_as_well(full: Apart) -> None:
    record = SafeguardingRecord.objects.get(pk=full.record.pk)
    record.is_immediate = True
    for deed in (record.save, record.delete, lambda: Entry.objects.update(number=9)):
        with pytest.raises(DatabaseError, match="stands as it was written"), transaction.atomic():
            deed()


def test_every_word_is_sealed_with_a_key_that_opens_nothing_else(full: Apart) -> None:
    """Own key: not the author's, not the subject's, not a report's or a concern's of the same number."""
    sealed = [bytes(each.sealed) for each in Entry.objects.all()]
    for row in DataKey.objects.exclude(kind=SAFEGUARDING):
        assert not any(_opens(sealing.key_of(row.kind, row.owner_id), blob, "entry:1") for blob in sealed)
    for kind in ("concern", sealing.REPORT, sealing.PERSON, sealing.CONVERSATION):
        assert not _opens(sealing.key_of(kind, full.record.pk), sealed[0], "entry:1")
    assert _opens(sealing.key_of(SAFEGUARDING, full.record.pk), sealed[0], "entry:1")


def test_two_records_share_no_key(full: Apart) -> None:
    other = services.tell(actor=full.cast.ruth, programme=full.cast.programme, told=TOLD, now=NOW)
    theirs = bytes(other.entries.get().sealed)
    assert not _opens(opening.key_for(full.record), theirs, "entry:1")


def test_no_other_room_knows_the_kind_of_key() -> None:
    """A room that wrote `key_of("safeguarding", ...)` or took the name would share the key."""
    elsewhere = [path for path in HOUSE.rglob("*.py") if "safeguarding" not in path.relative_to(HOUSE).parts]
    spoken = re.compile(r"""\bSAFEGUARDING\b(?!_)|key_of\w*\(\s*["']safeguarding""")
    assert [str(path) for path in elsewhere if spoken.search(path.read_text())] == []
    assert spoken.search('key_of("safeguarding", 3)')


def _opens(key: sealing.SealingKey, blob: bytes, place: str) -> bool:
    try:
        return bool(key.open(blob, place))
    except sealing.CannotOpen:
        return False


def test_no_words_stand_in_the_open(full: Apart) -> None:
    with connection.cursor() as cursor:
        for model in ROWS:
            cursor.execute(f"select * from {model._meta.db_table}")  # noqa: S608
            everything = repr([[_plain(value) for value in row] for row in cursor.fetchall()])
            for words in (FACTS, QUOTE, "At night", "The council", "Mina"):
                assert words not in everything


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_deleting_everything_takes_neither_what_they_told_nor_what_is_about_them(full: Apart) -> None:
    for person in (full.cast.theo, full.cast.mina):
        made = people.delete_everything(actor=Person.objects.get(pk=person.pk), now=NOW)
        assert proof.faults(made) == []
        assert "safeguarding" not in made
    lines = queries.whole(SafeguardingRecord.objects.standing().get(pk=full.record.pk)).lines
    assert lines[0].by == "somebody who has left"
    assert FACTS in dict(lines[0].said).values()


def test_the_counts_of_an_erasure_are_alike_with_and_without_a_record(full: Apart) -> None:
    """They go into the proof, which the person keeps."""
    about, without = full.cast.mina, full.cast.sam_the_stranger
    with transaction.atomic():
        assert parts.erase(about, NOW).keys() == parts.erase(without, NOW).keys()
        assert not any("safeguarding" in key or "record" in key for key in parts.erase(about, NOW))


def test_before_deleting_everybody_reads_the_same_about_what_stays(full: Apart) -> None:
    services.make_arrangements(actor=full.ines, countries=["gb"], outside_name="", outside_reach="", now=NOW)
    said = set()
    for person in (full.cast.mina, full.cast.theo, full.cast.ruth, full.cast.sam_the_stranger):
        said.add(tuple(parts.what_stays(person)))
    assert len(said) == 1
    ((sentence,),) = said
    assert "We cannot say here whether there is one." in sentence
    assert "17(3)" in sentence


def test_a_law_that_lets_go_lets_closed_records_about_them_go(
    full: Apart, tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / "xx.toml").write_text(
        'name = "X"\n[keeping]\nerasure = "on_request"\nreason = "r"\nsource = "s"\nverified = false\n'
        '[[duty]]\nkey = "k"\ntitle = "t"\nsays = "s"\nwho = "w"\nsource = "s"\nwhere = "x"\n'
        "sure = true\nverified = false\n"
    )
    found = profiles.available(tmp_path)
    monkeypatch.setattr(profiles, "available", lambda: found)
    services.make_arrangements(actor=full.ines, countries=["xx"], outside_name="", outside_reach="", now=NOW)
    still_open = services.tell(
        actor=full.cast.ruth, programme=full.cast.programme, told=TOLD, about=full.cast.mina, now=NOW
    )
    services.close_record(actor=full.ines, record=full.record, words="Over.", now=NOW)
    people.delete_everything(actor=Person.objects.get(pk=full.cast.mina.pk), now=NOW)
    assert set(SafeguardingRecord.objects.values_list("pk", flat=True)) == {still_open.pk}
    assert DataKey.objects.get(kind=SAFEGUARDING, owner_id=full.record.pk).wrapped is None


def test_the_clock_takes_what_was_closed_long_ago_and_nothing_that_is_open_or_held(full: Apart) -> None:
    cast = full.cast
    opened, held, again = (
        services.tell(actor=cast.ruth, programme=cast.programme, told=TOLD, now=NOW) for _ in range(3)
    )
    for each in (full.record, held, again):
        services.close_record(actor=full.ines, record=each, words="Over.", now=NOW)
    services.hold_record(actor=full.ines, record=held, words="The court asks for it.", now=NOW)
    services.reopen_record(actor=full.ines, record=again, words="It is not over.", now=NOW)
    retention.run_clocks(NOW + timedelta(days=3649))
    assert SafeguardingRecord.objects.count() == 4
    retention.run_clocks(LATER)
    assert set(SafeguardingRecord.objects.values_list("pk", flat=True)) == {opened.pk, held.pk, again.pk}
    assert not Entry.objects.filter(record=full.record.pk).exists()
    services.let_go_of_record(actor=full.ines, record=held, words="The court is done.", now=LATER)
    retention.run_clocks(LATER + timedelta(days=1))
    assert not SafeguardingRecord.objects.filter(pk=held.pk).exists()


def test_what_the_clock_took_cannot_be_opened_again(full: Apart) -> None:
    blob = bytes(full.record.entries.earliest("number").sealed)
    services.close_record(actor=full.ines, record=full.record, words="Over.", now=NOW)
    retention.run_clocks(LATER)
    sealing.forget_all()
    with pytest.raises(sealing.KeyDestroyed):
        opening.key_for(full.record).open(blob, "entry:1")


def test_a_record_of_one_organisation_never_names_somebody_of_another(full: Apart) -> None:
    other = Organisation.objects.create(
        name="Elsewhere House", short_name="Elsewhere", host="elsewhere.example"
    )
    stranger = make_person("Stig", organisation=other)
    with pytest.raises(DatabaseError, match="different organisations"), transaction.atomic():
        Concerned.objects.create(
            record=full.record, person=stranger, part=Part.CONFLICT, named_by=full.ines, named_at=NOW
        )
