"""An existing service's list of people, from CSV or XLSX: every fault named with its line, nothing written here."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from companionway.people import names
from companionway.ui.forms import tidy_line

FIELDS: Final = ("name", "role", "programme", "pronouns", "language", "email", "age")
REQUIRED: Final = ("name",)
AGES: Final = {"": "adult", "adult": "adult", "18+": "adult", "young": "young", "16-17": "young"}
ROLES: Final = {"": "member", "member": "member", "supporter": "supporter", "peer supporter": "supporter"}
MOST_ROWS: Final = 20_000
MOST_BYTES: Final = 10 * 1024 * 1024


class NotReadable(ValueError):
    """The file cannot be read as a table at all; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """One good row."""

    name: str
    # (role, programme id), at least one
    held: tuple[tuple[str, int], ...]
    pronouns: str = ""
    language: str = "en"
    email: str = ""
    age_band: str = "adult"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one line, and what to mend."""

    line: int
    says: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.says}"


@dataclass(frozen=True, slots=True)
class Roster:
    people: list[NewPerson]
    faults: list[Fault]


def mapping(text: str) -> dict[str, str]:
    """`name=Full name,role=Part` as a dict of our field to their column. Raises NotReadable for an unknown field."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    chosen = {ours.strip(): theirs.strip() for ours, _equals, theirs in pairs}
    if unknown := sorted(set(chosen) - set(FIELDS)):
        raise NotReadable(f"There is no field {', '.join(unknown)}. Fields are: {', '.join(FIELDS)}.")
    if empty := sorted(key for key, theirs in chosen.items() if not theirs):
        raise NotReadable(f"Say which column holds {', '.join(empty)}, like name=Full name.")
    return chosen


def table(content: bytes, file_name: str) -> list[list[str]]:
    """The rows of a CSV or XLSX file as text, heading first. Raises NotReadable."""
    if len(content) > MOST_BYTES:
        raise NotReadable("This file is larger than 10 MB. Please split it.")
    rows = _sheet(content) if file_name.lower().endswith((".xlsx", ".xls", ".ods")) else _csv(content)
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise NotReadable("The first line must hold the names of the columns.")
    if len(rows) > MOST_ROWS + 1:
        raise NotReadable(f"There are more than {MOST_ROWS} rows. Please split the file.")
    return rows


def _sheet(content: bytes) -> list[list[str]]:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, IndexError, OSError) as fault:
        raise NotReadable(
            "This file cannot be read as a spreadsheet. Save it again as XLSX or CSV."
        ) from fault
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NotReadable("This file cannot be read as text. Save it again as CSV (UTF-8) or XLSX.")
    heading = text.partition("\n")[0]
    mark = max(",;\t", key=heading.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as fault:
        raise NotReadable(f"This file cannot be read as CSV: {fault}.") from fault


def read(
    rows: Sequence[Sequence[str]],
    *,
    columns: Mapping[str, str],
    programmes: Mapping[str, int],
    taken: Collection[str],
    languages: Collection[str] = ("en",),
    takes: Mapping[int, Collection[str]] | None = None,
) -> Roster:
    """Check every row. `programmes` maps folded names to ids, `taken` holds folded names that are in use.

    Good rows and faults both come back, so that a dry run can show everything; who writes takes all rows or none.
    """
    place = _places(rows[0], columns)
    people: list[NewPerson] = []
    faults: list[Fault] = []
    seen = dict.fromkeys(taken, 0)
    for line, row in enumerate(rows[1:], 2):
        cells = {ours: tidy_line(row[at]) if at < len(row) else "" for ours, at in place.items()}
        if not any(cells.values()):
            continue
        person, wrong = _person(cells, programmes, seen, languages, takes or {})
        faults += [Fault(line, says) for says in wrong]
        if person:
            people.append(person)
        seen.setdefault(names.folded(cells.get("name", "")), line)
    return Roster(people, faults)


def _places(heading: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    found = {names.folded(cell): place for place, cell in enumerate(heading)}
    wanted: dict[str, str] = {**{ours: ours for ours in FIELDS if ours in found}, **columns}
    if missing := [theirs for theirs in wanted.values() if names.folded(theirs) not in found]:
        raise NotReadable(f"There is no column {', '.join(missing)}. The file has: {', '.join(heading)}.")
    if lacking := [ours for ours in REQUIRED if ours not in wanted]:
        raise NotReadable(f"Say which column holds the {', '.join(lacking)}, like --map name=Full name.")
    return {ours: found[names.folded(theirs)] for ours, theirs in wanted.items()}


def _person(
    cells: Mapping[str, str],
    programmes: Mapping[str, int],
    seen: Mapping[str, int],
    languages: Collection[str],
    takes: Mapping[int, Collection[str]],
) -> tuple[NewPerson | None, list[str]]:
    name, age = cells["name"], AGES.get(cells.get("age", "").casefold())
    held, wrong = _held(cells.get("role", ""), cells.get("programme", ""), programmes)
    wrong = [*_name_wrong(name, names.folded(name), seen), *wrong]
    language = cells.get("language", "").casefold() or "en"
    if age is None:
        wrong.append(f'"{cells["age"]}" is not an age here. Write adult or young, or leave it empty.')
    elif any(age not in takes.get(programme, (age,)) for _role, programme in held):
        wrong.append("This programme does not take people of that age.")
    if language not in languages:
        wrong.append(
            f'"{language}" is not a language of the pages. Write one of: {", ".join(sorted(languages))}.'
        )
    if (email := cells.get("email", "")) and ("@" not in email or len(email) > 200 or " " in email):
        wrong.append(f'"{email}" is not an e-mail address. Mend it or leave it empty.')
    if len(cells.get("pronouns", "")) > 40:
        wrong.append("The pronouns are longer than 40 characters.")
    if wrong or age is None:
        return None, wrong
    return NewPerson(name, tuple(held), cells.get("pronouns", ""), language, email, age), []


def _held(asked: str, where: str, programmes: Mapping[str, int]) -> tuple[list[tuple[str, int]], list[str]]:
    """Roles and programmes of one row: one of each, or several of both with semicolons, in the same order."""
    parts = [part.strip() for part in asked.split(";")]
    places = [part.strip() for part in where.split(";")]
    if len(places) == 1:
        places *= len(parts)
    if len(parts) != len(places):
        return [], ["There are not as many programmes as roles. Write one programme, or one for each role."]
    held, wrong = [], []
    for part, place in zip(parts, places, strict=True):
        role = ROLES.get(part.casefold())
        programme = programmes.get(names.folded(place)) if place else _only(programmes.values())
        if role is None:
            wrong.append(f'"{part}" is not a role here. Write member or supporter.')
        if programme is None:
            wrong.append(f'There is no programme "{place}". There are: {", ".join(programmes)}.')
        if role and programme is not None and (role, programme) not in held:
            held.append((role, programme))
    return held, wrong


def _name_wrong(name: str, folded: str, seen: Mapping[str, int]) -> Iterable[str]:
    if not name or not names.has_letters(name):
        yield "The name is missing. Any name the person is known by will do."
    elif len(name) > 60:
        yield "The name is longer than 60 characters."
    elif folded in seen:
        where = f"also stands in line {seen[folded]}" if seen[folded] else "is already used in the service"
        yield f'The name "{name}" {where}. Add something that tells them apart.'


def _only(ids: Iterable[int]) -> int | None:
    found = list(ids)
    return found[0] if len(found) == 1 else None
