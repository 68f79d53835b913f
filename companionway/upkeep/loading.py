"""Lines of text back into rows, in bulk; and the numbers from which a database counts on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, Final

from companionway.upkeep.layout import BOOL, BYTES, HOUR, MOMENT, REAL, Table
from companionway.upkeep.lines import Raw, quoted, range_of, unescaped

NOTHING: Final = "\\N"


def load(raw: Raw, table: Table, handfuls: Iterable[list[bytes]]) -> None:
    """Add rows to a table, inside the caller's transaction."""
    names = ", ".join(quoted(name) for name, _ in table.columns)
    if isinstance(raw, sqlite3.Connection):
        places = ", ".join("?" for _ in table.columns)
        into = f"insert into {quoted(table.name)} ({names}) values ({places})"
        opening = [_OPENING.get(kind, unescaped) for _, kind in table.columns]
        for lines in handfuls:
            raw.executemany(into, [_row(line, opening) for line in lines])
        return
    with (
        raw.cursor() as cursor,
        cursor.copy(f"copy {quoted(table.name)} ({names}) from stdin".encode()) as copy,
    ):
        for lines in handfuls:
            copy.write(b"\n".join(lines) + b"\n")


def _row(line: bytes, opening: list[Callable[[str], Any]]) -> list[Any]:
    values = line.decode().split("\t")
    return [
        None if value == NOTHING else opened(value) for value, opened in zip(values, opening, strict=True)
    ]


# SQLite's own affinities make numbers of digits; Django leaves out a fraction of nothing, so this does too.
_OPENING: Final[dict[str, Callable[[str], Any]]] = {
    BYTES: lambda written: bytes.fromhex(written[3:]),
    BOOL: lambda written: written == "t",
    MOMENT: lambda written: written.removesuffix(".000000"),
    HOUR: lambda written: written.removesuffix(".000000"),
    REAL: float,
}


def clear(raw: Raw, table: Table, *, after: str | None = None, upto: str | None = None) -> None:
    """Take rows away, all of them or those of a stretch of keys."""
    raw.execute(f"delete from {quoted(table.name)}{range_of(raw, table, after, upto)}")


def numbers(raw: Raw, tables: Iterable[Table]) -> dict[str, int]:
    """The highest number each table ever gave to a row, rows that are gone included."""
    return {table.name: _number(raw, table) for table in tables if table.numbered}


def _number(raw: Raw, table: Table) -> int:
    if isinstance(raw, sqlite3.Connection):
        found = raw.execute("select seq from sqlite_sequence where name = ?", [table.name]).fetchone()
        return int(found[0]) if found else 0
    value, was_used = raw.execute(f"select last_value, is_called from {_sequence(raw, table)}").fetchone()  # type: ignore[misc]
    return int(value) if was_used else 0


def count_on(raw: Raw, table: Table, number: int) -> None:
    """Never give a number again that was given before: not one up to `number`, nor one of a row."""
    (highest,) = raw.execute(
        f"select coalesce(max({quoted(table.key)}), 0) from {quoted(table.name)}"
    ).fetchone()  # type: ignore[misc]
    number = max(number, int(highest), _number(raw, table))
    if not number:
        return
    if isinstance(raw, sqlite3.Connection):
        raw.execute("delete from sqlite_sequence where name = ?", [table.name])
        raw.execute("insert into sqlite_sequence (name, seq) values (?, ?)", [table.name, number])
    else:
        raw.execute("select setval(%s::regclass, %s)", [_sequence(raw, table), number])


def _sequence(raw: Any, table: Table) -> str:
    asked = [quoted(table.name), table.key]
    return str(raw.execute("select pg_get_serial_sequence(%s, %s)", asked).fetchone()[0])
