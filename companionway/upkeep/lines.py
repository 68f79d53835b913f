"""Rows as lines of text, equal for both databases: as PostgreSQL's COPY writes them, times in UTC, JSON in one order.

The database draws the lines itself, in C; only JSON passes through Python.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import psycopg
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from companionway.upkeep.layout import BOOL, BYTES, DAY, HOUR, INT, JSON, MOMENT, REAL, TEXT, Table

Raw = sqlite3.Connection | psycopg.Connection[Any]
# What the drivers themselves raise.
FAULTS: Final = (DatabaseError, sqlite3.Error, psycopg.Error)
AT_ONCE: Final = 2000
# How COPY writes what would break a line; the backslash first.
ESCAPES: Final = (
    ("\\", "\\\\"),
    ("\b", "\\b"),
    ("\t", "\\t"),
    ("\n", "\\n"),
    ("\v", "\\v"),
    ("\f", "\\f"),
    ("\r", "\\r"),
)
UNESCAPED: Final = {written[1]: plain for plain, written in ESCAPES}
ESCAPED: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines a table has, and the hash of them in order."""

    rows: int
    sha256: str


class Counter:
    """Counts and hashes lines as they pass."""

    def __init__(self) -> None:
        self.rows, self._hash = 0, hashlib.sha256()

    def add(self, lines: list[bytes]) -> bytes:
        block = b"\n".join(lines) + b"\n"
        self.rows += len(lines)
        self._hash.update(block)
        return block

    def done(self) -> Counted:
        return Counted(self.rows, self._hash.hexdigest())


def is_sqlite(raw: Raw) -> bool:
    return isinstance(raw, sqlite3.Connection)


def raw_of(connection: BaseDatabaseWrapper) -> Raw:
    """The driver's own connection, open."""
    connection.ensure_connection()
    raw: Raw = connection.connection
    return raw


def counted(raw: Raw, table: Table) -> Counted:
    counter = Counter()
    for lines in read(raw, table):
        counter.add(lines)
    return counter.done()


def read(
    raw: Raw, table: Table, *, after: str | None = None, upto: str | None = None, most: int | None = None
) -> Iterator[list[bytes]]:
    """The lines of a table by primary key, in handfuls: those with `after` < key <= `upto`, at most `most`."""
    question = _question(raw, table, after, upto, most)
    found = _of_sqlite(raw, question) if isinstance(raw, sqlite3.Connection) else _of_postgres(raw, question)
    settle = _settling(table)
    for lines in found:
        yield [settle(line) for line in lines] if settle else lines


def _of_sqlite(raw: sqlite3.Connection, question: str) -> Iterator[list[bytes]]:
    cursor = raw.execute(question)
    while rows := cursor.fetchmany(AT_ONCE):
        yield [line.encode() for (line,) in rows]


def _of_postgres(raw: psycopg.Connection[Any], question: str) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    with raw.cursor() as cursor, cursor.copy(f"copy ({question}) to stdout".encode()) as copy:
        for line in copy:
            lines.append(bytes(line)[:-1])
            if len(lines) == AT_ONCE:
                yield lines
                lines = []
    if lines:
        yield lines


def key_in(table: Table, line: bytes) -> str:
    found = line.split(b"\t", 1)[0].decode()
    return unescaped(found) if table.key_is_text else found


def unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda found: UNESCAPED.get(found[1], found[1]), text)


def escaped(text: str) -> str:
    for plain, written in ESCAPES:
        text = text.replace(plain, written)
    return text


def range_of(raw: Raw, table: Table, after: str | None, upto: str | None) -> str:
    """The condition for a stretch of primary keys, "" for all."""
    key = quoted(table.key)
    if table.key_is_text and not is_sqlite(raw):
        key += ' collate "C"'
    ends = [("> ", after), ("<= ", upto)]
    parts = [f"{key} {sign}{_literal(table, end)}" for sign, end in ends if end is not None]
    return f" where {' and '.join(parts)}" if parts else ""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(table: Table, value: str) -> str:
    return "'" + value.replace("'", "''") + "'" if table.key_is_text else str(int(value))


def _question(raw: Raw, table: Table, after: str | None, upto: str | None, most: int | None) -> str:
    drawn = [(_SQLITE if is_sqlite(raw) else _POSTGRES)[kind](quoted(name)) for name, kind in table.columns]
    if is_sqlite(raw):
        nulls = [
            f"iif({quoted(name)} is null, '\\N', {each})"
            for (name, _), each in zip(table.columns, drawn, strict=True)
        ]
        line = "||char(9)||".join(nulls)
    else:
        line = ", ".join(drawn)
    order = quoted(table.key) + (' collate "C"' if table.key_is_text and not is_sqlite(raw) else "")
    limit = f" limit {int(most)}" if most is not None else ""
    where = range_of(raw, table, after, upto)
    return f"select {line} from {quoted(table.name)}{where} order by {order}{limit}"


def _escaping(column: str) -> str:
    for plain, written in ESCAPES:
        column = f"replace({column}, char({ord(plain)}), '{written}')"
    return column


Drawing = Callable[[str], str]
_SQLITE: Final[dict[str, Drawing]] = {
    INT: lambda column: f"cast({column} as text)",
    TEXT: _escaping,
    BOOL: lambda column: f"iif({column}, 't', 'f')",
    BYTES: lambda column: f"'\\\\x'||lower(hex({column}))",
    MOMENT: lambda column: f"iif(length({column}) = 19, {column}||'.000000', {column})",
    DAY: lambda column: column,
    HOUR: lambda column: f"iif(length({column}) = 8, {column}||'.000000', {column})",
    JSON: _escaping,
    REAL: lambda column: f"printf('%!.17g', {column})",
}
_POSTGRES: Final[dict[str, Drawing]] = {
    **dict.fromkeys((INT, TEXT, BOOL, BYTES), lambda column: column),
    MOMENT: lambda column: f"to_char({column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    DAY: lambda column: f"to_char({column}, 'YYYY-MM-DD')",
    HOUR: lambda column: f"to_char({column}, 'HH24:MI:SS.US')",
    JSON: lambda column: f"{column}::text",
    REAL: lambda column: f"{column}::text",
}


def _settling(table: Table) -> Callable[[bytes], bytes] | None:
    """What makes a line of JSON or of fractions the same from both databases; None where there are none."""
    places = [(at, kind) for at, (_, kind) in enumerate(table.columns) if kind in {JSON, REAL}]

    def settle(line: bytes) -> bytes:
        values = line.decode().split("\t")
        for at, kind in places:
            if values[at] != "\\N":
                values[at] = _json(values[at]) if kind == JSON else repr(float(values[at]))
        return "\t".join(values).encode()

    return settle if places else None


def _json(written: str) -> str:
    facts = json.loads(unescaped(written), parse_float=_number)
    return escaped(json.dumps(facts, sort_keys=True, separators=(",", ":")))


def _number(written: str) -> float | int:
    """PostgreSQL spells 1e16 out, so a whole number written with an exponent is the same as one without."""
    if "e" in written.lower() and (exact := Decimal(written)) == exact.to_integral_value():
        return int(exact)
    return float(written)


def all_lines(handfuls: Iterable[list[bytes]]) -> list[bytes]:
    return [line for lines in handfuls for line in lines]
