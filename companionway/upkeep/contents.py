"""What a backup says, inside the seal: a head, then each table's lines with their count and hash, then the end."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from companionway.upkeep.layout import Table
from companionway.upkeep.lines import AT_ONCE, Counted, Counter, Raw, read
from companionway.upkeep.sealed_file import Damaged, Lock, Reader, Writer

END_OF_TABLE: Final = b"\\."


@dataclass(frozen=True, slots=True)
class Head:
    """What a backup is of."""

    made_at: datetime
    vendor: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    # The highest number each table ever gave.
    numbers: dict[str, int]
    # Small files of the service that belong to its data.
    files: dict[str, bytes] = field(default_factory=dict)

    def as_line(self) -> bytes:
        facts = {
            "made_at": self.made_at.isoformat(),
            "vendor": self.vendor,
            "migrations": self.migrations,
            "tables": [table.as_facts() for table in self.tables],
            "numbers": self.numbers,
            "files": {name: base64.b64encode(content).decode() for name, content in self.files.items()},
        }
        return json.dumps(facts).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> Head:
        facts = json.loads(line)
        return cls(
            made_at=datetime.fromisoformat(facts["made_at"]),
            vendor=facts["vendor"],
            migrations=[(app, name) for app, name in facts["migrations"]],
            tables=[Table.of(each) for each in facts["tables"]],
            numbers={name: int(number) for name, number in facts["numbers"].items()},
            files={name: base64.b64decode(content) for name, content in facts["files"].items()},
        )


Hashes = dict[str, Counted]


def write(file: IO[bytes], lock: Lock, head: Head, raw: Raw) -> Hashes:
    """Everything `raw` shows in its snapshot, sealed into `file`."""
    sealed, found = Writer(file, lock), {}
    sealed.write(head.as_line())
    for table in head.tables:
        counter = Counter()
        for lines in read(raw, table):
            sealed.write(counter.add(lines))
        found[table.name] = each = counter.done()
        ending = json.dumps({"table": table.name, "rows": each.rows, "sha256": each.sha256})
        sealed.write(END_OF_TABLE + b"\n" + ending.encode() + b"\n")
    sealed.write(json.dumps({"end": True, "tables": len(head.tables)}).encode() + b"\n")
    sealed.close()
    return found


class Opened:
    """A backup being read, table by table, in the order of its head."""

    def __init__(self, file: IO[bytes], lock: Lock) -> None:
        self._plain = io.BufferedReader(Reader(file, lock), buffer_size=1 << 20)
        try:
            self.head = Head.of(self._plain.readline())
        except (KeyError, TypeError, ValueError) as fault:
            raise Damaged("The backup does not say what it holds.") from fault
        self.hashes: Hashes = {}

    def lines(self, table: Table) -> Iterator[list[bytes]]:
        """The lines of the next table, which must be `table`; raises Damaged when they are not as they were."""
        counter, lines = Counter(), []
        for line in self._plain:
            if line == END_OF_TABLE + b"\n":
                break
            lines.append(line[:-1])
            if len(lines) == AT_ONCE:
                counter.add(lines)
                yield lines
                lines = []
        if lines:
            counter.add(lines)
            yield lines
        found, said = counter.done(), self._said()
        if said != {"table": table.name, "rows": found.rows, "sha256": found.sha256}:
            raise Damaged(f"The rows of {table.name} are not those that were written.")
        self.hashes[table.name] = found

    def finish(self) -> Hashes:
        if self._said() != {"end": True, "tables": len(self.head.tables)} or self._plain.read(1):
            raise Damaged("The backup has no proper end.")
        return self.hashes

    def _said(self) -> Any:
        try:
            return json.loads(self._plain.readline())
        except ValueError as fault:
            raise Damaged("The backup is cut off.") from fault


def verified(path: Path, lock: Lock) -> tuple[Head, Hashes]:
    """Read the whole file and believe nothing; raises Damaged or WrongKey."""
    with path.open("rb") as file:
        opened = Opened(file, lock)
        for table in opened.head.tables:
            for _ in opened.lines(table):
                pass
        return opened.head, opened.finish()
