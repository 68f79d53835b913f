"""An existing service's list of people: every bad row named, nothing half-imported, out and in again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from companionway.foundation.policy import Refused
from companionway.people import roster, services
from companionway.people.models import OneTimeCode, Organisation, Person, Programme, RoleHeld
from tests.cast import NOW, Cast

GOOD = "Full name,Part,Where\nAisha,member,One to one\nBen,peer supporter,One to one\n"
BAD = (
    "Full name,Part,Where\nAisha,member,One to one\n,member,One to one\naisha,member,One to one\n"
    "Cal,boss,One to one\nDot,member,Nowhere\nMina,member,One to one\n"
)
MAP = "name=Full name,role=Part,programme=Where"


def run(command: str, *args: object) -> str:
    said = io.StringIO()
    call_command(command, *map(str, args), stdout=said)
    return said.getvalue()


def test_a_dry_run_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(GOOD)
    before = Person.objects.count()
    assert "2 rows are well" in run("import_people", path, "--map", MAP)
    assert Person.objects.count() == before and not (tmp_path / "people.codes.csv").exists()


def test_every_bad_row_is_named_and_nothing_is_written(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(BAD)
    before, said = Person.objects.count(), io.StringIO()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_people", str(path), "--map", MAP, "--apply", stdout=said)
    lines = said.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines[:5]] == ["Line 3", "Line 4", "Line 5", "Line 6", "Line 7"]
    assert "also stands in line 2" in lines[1] and '"boss" is not a role' in lines[2]
    assert "no programme" in lines[3] and "already used" in lines[4]
    assert Person.objects.count() == before


def test_people_come_in_with_codes_that_open_once(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(GOOD)
    run("import_people", path, "--map", MAP, "--apply")
    codes = tmp_path / "people.codes.csv"
    assert codes.stat().st_mode & 0o077 == 0
    rows = list(csv.reader(codes.open()))
    assert [row[0] for row in rows] == ["name", "Aisha", "Ben"]
    aisha = services.open_with_code(code=rows[1][1], passphrase="long enough words", now=NOW)
    assert aisha.holds("support.ask", cast.programme)
    assert OneTimeCode.objects.filter(code_hash=rows[1][1]).count() == 0


def test_a_name_taken_in_between_undoes_the_whole_import(cast: Cast) -> None:
    rows = [roster.NewPerson("Aisha", (("member", cast.programme.pk),)), roster.NewPerson("Mina", ())]
    before = Person.objects.count()
    with pytest.raises(Refused):
        services.import_people(actor=cast.adil, rows=rows, now=NOW)
    assert Person.objects.count() == before


def test_a_spreadsheet_is_read_like_a_csv(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for line, row in enumerate(csv.reader(io.StringIO(GOOD))):
        sheet.write_row(line, 0, row)
    book.close()
    assert "2 rows are well" in run("import_people", path, "--map", MAP)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.csv", "first line"),
        (b"PK\x03\x04 no", "a.xlsx", "cannot be read as a spreadsheet"),
        (b"name\0,role", "a.csv", "cannot be read as text"),
        (b"role\nmember\n", "a.csv", "which column holds the name"),
    ],
)
def test_a_file_that_is_no_table_says_so(
    cast: Cast, tmp_path: Path, content: bytes, name: str, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        run("import_people", path)


def test_an_unknown_field_or_column_says_so(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD)
    with pytest.raises(CommandError, match="no field nickname"):
        run("import_people", path, "--map", "nickname=Full name")
    with pytest.raises(CommandError, match="no column Name"):
        run("import_people", path, "--map", "name=Name")


@given(st.binary(max_size=400))
def test_any_bytes_are_answered(content: bytes) -> None:
    try:
        rows = roster.table(content, "a.csv")
        roster.read(rows, columns={"name": rows[0][0]}, programmes={"one": 1}, taken=set())
    except roster.NotReadable:
        pass


def test_what_is_exported_comes_in_again_on_a_fresh_install(cast: Cast, tmp_path: Path) -> None:
    services.give_role(
        actor=cast.adil, person=cast.theo, role="member", programme=cast.other_programme, now=NOW
    )
    Person.objects.filter(pk=cast.ruth.pk).update(pronouns="she/her", language="fr")

    def picture() -> set[tuple[object, ...]]:
        held = RoleHeld.objects.filter(until_at=None, role__in=["member", "supporter"])
        return {
            (r.person.name, r.role, r.programme and r.programme.name, r.person.pronouns, r.person.language)
            for r in held
        }

    before = picture()
    run("export", tmp_path / "out")
    assert not (tmp_path / "out" / "people").exists()
    Person.objects.all().delete()
    assert picture() == set()
    assert Programme.objects.count() == 2 and Organisation.objects.count() == 1
    run("import_people", tmp_path / "out" / "people.csv", "--apply")
    assert picture() == before


def test_one_persons_everything_can_be_written_to_a_folder(cast: Cast, tmp_path: Path) -> None:
    services.share_item(actor=cast.mina, kind="story", text="the river", audience="supporter", now=NOW)
    run("export", tmp_path / "mina", "--person", "Mina")
    (written,) = (tmp_path / "mina" / "people").iterdir()
    assert "the river" in written.read_text() and written.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="nobody"):
        run("export", tmp_path / "x", "--person", "Nobody")
    with pytest.raises(CommandError, match="already there"):
        run("export", tmp_path / "mina")
