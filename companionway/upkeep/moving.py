"""Move a living SQLite installation to PostgreSQL: killed at any moment, run again, nothing lost.

The target is compared with the source stretch by stretch and only what differs is copied, so there is no progress to
remember: what has arrived is the progress. People go on writing. Then the source is sealed, for seconds: from that
commit on nothing in it can be written or acknowledged; a last comparison of every stretch is also the proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from companionway.upkeep import layout, lines, loading, making, marks, resting, upgrading
from companionway.upkeep.layout import Table
from companionway.upkeep.lines import Raw
from companionway.upkeep.snapshots import DEFAULT, pointed_at, still

Say = Callable[[str], object]
TARGET: Final = "moving_target"
STRETCH: Final = 5000
# A round that had to copy no more than this is followed by the last one, with the source sealed.
FEW: Final = 3
MOST_ROUNDS: Final = 6


class NotMoved(Exception):
    """str() is one sentence."""


@dataclass(slots=True)
class Round:
    """What one comparison of everything found."""

    stretches: int = 0
    copied: int = 0
    rows: int = 0
    # Of each table, the rows that are the same on both sides, line by line.
    equal: dict[str, int] = field(default_factory=dict)


def move(place: dict[str, Any], shown: str, now: datetime, say: Say) -> None:
    """Bring everything to the database `place` (Django's settings of one); `shown` names it without its passphrase."""
    found = marks.mark()
    if found and found.state == marks.MOVED:
        raise NotMoved(f"This database was moved to {found.place} on {found.made_at[:10]} already.")
    if layout.is_behind(connection):
        raise NotMoved(
            "This database is older than the program: run `companionway serve --prepare` once, then move."
        )
    tables = layout.tables(connection)
    settings = {**connection.settings_dict, "OPTIONS": {}, **place}
    connections.settings[TARGET] = settings
    target = connections[TARGET]
    try:
        _move(settings, target, tables, shown, now, say)
    finally:
        target.close()
        del connections[TARGET], connections.settings[TARGET]


def _move(
    settings: dict[str, Any],
    target: BaseDatabaseWrapper,
    tables: list[Table],
    shown: str,
    now: datetime,
    say: Say,
) -> None:
    began = marks.mark(target)
    if began is None or began.state != marks.ARRIVED:
        _receive(settings, target, tables, shown, now)
        say(f"{len(tables)} tables go to {shown}. The service may go on meanwhile.")
        _bring(settings, target, tables, shown, now, say)
    marks.put(marks.MOVED, shown, now)
    # Only now: as long as it stood there, a second run knew that everything had arrived.
    marks.remove(of=target)


def _bring(
    settings: dict[str, Any],
    target: BaseDatabaseWrapper,
    tables: list[Table],
    shown: str,
    now: datetime,
    say: Say,
) -> None:
    if marks.mark() is None:
        _catch_up(target, tables, say)
        say("Writing stops now, for seconds: what people send is kept on their devices.")
        marks.seal(tables, shown, now)
    try:
        last = _compare(target, tables)
        say(f"{last.copied} of {last.stretches} stretches had changed at the end.")
        for name, rows in last.equal.items():
            say(f"{name:45} {rows:>9} rows  equal")
        marks.put(marks.FINISHING, shown, now)
        _finish(settings, tables, shown, now)
    except (NotMoved, IntegrityError):
        marks.unseal(tables)
        say("Something was not equal: the service may be written again, here, as before.")
        raise


def give_up() -> bool:
    """Let the source be written again; refused once everything was moved. Returns whether there was a move."""
    found = marks.mark()
    if found and found.state in {marks.FINISHING, marks.MOVED}:
        raise NotMoved(
            f"Everything has arrived at {found.place}: run the same command again, then serve from there."
        )
    if found:
        marks.unseal(layout.tables(connection))
    return found is not None


def _receive(
    settings: dict[str, Any], target: BaseDatabaseWrapper, tables: list[Table], shown: str, now: datetime
) -> None:
    """Make the target ready, once: our tables without rows, references resting."""
    if marks.mark(target):
        if layout.applied(target) != layout.applied(connection):
            raise NotMoved("The target was begun with another version: empty it, then move again.")
        return
    if target.introspection.table_names():
        raise NotMoved("There is already something in the target database: name an empty one.")
    wanted = set(layout.applied(connection))
    with pointed_at(settings), upgrading.one_transaction():
        making.from_nothing(wanted)
        for table in tables:
            loading.clear(lines.raw_of(connection), table)
        connection.check_constraints()
        resting.lay_down(connection)
        marks.put(marks.RECEIVING, shown, now)


def _catch_up(target: BaseDatabaseWrapper, tables: list[Table], say: Say) -> None:
    for _ in range(MOST_ROUNDS):
        found = _compare(target, tables)
        say(f"{found.rows} rows copied; {found.copied} of {found.stretches} stretches differed.")
        if found.copied <= FEW:
            return


def _compare(target: BaseDatabaseWrapper, tables: list[Table]) -> Round:
    """Make the target equal to one moment of the source, stretch by stretch of primary keys."""
    found = Round()
    there = lines.raw_of(target)
    with still(DEFAULT) as here:
        for table in tables:
            found.equal[table.name] = 0
            after: str | None = None
            while (upto := _stretch(here, target, there, table, after, found)) is not None:
                after = upto
            if lines.all_lines(lines.read(there, table, after=after, most=1)):
                found.copied += 1
                with transaction.atomic(using=TARGET):
                    loading.clear(there, table, after=after)
    return found


def _stretch(
    here: Raw, target: BaseDatabaseWrapper, there: Raw, table: Table, after: str | None, found: Round
) -> str | None:
    """Compare the next stretch and copy it when it differs; returns its last key, None at the end."""
    rows = lines.all_lines(lines.read(here, table, after=after, most=STRETCH))
    if not rows:
        return None
    upto = lines.key_in(table, rows[-1])
    found.stretches += 1
    if rows != lines.all_lines(lines.read(there, table, after=after, upto=upto)):
        found.copied += 1
        found.rows += len(rows)
        with transaction.atomic(using=target.alias):
            loading.clear(there, table, after=after, upto=upto)
            loading.load(there, table, [rows])
            if rows != lines.all_lines(lines.read(there, table, after=after, upto=upto)):
                raise NotMoved(f"{table.name} does not arrive as it is. Run the same command again.")
    found.equal[table.name] += len(rows)
    return upto


def _finish(settings: dict[str, Any], tables: list[Table], shown: str, now: datetime) -> None:
    """References and rules stand up again and look at every row; numbers go on; in one transaction."""
    with still(DEFAULT) as here:
        numbers = loading.numbers(here, tables)
    with pointed_at(settings), upgrading.one_transaction():
        resting.stand_up(connection)
        for table in tables:
            if table.numbered:
                loading.count_on(lines.raw_of(connection), table, numbers.get(table.name, 0))
        marks.put(marks.ARRIVED, shown, now)
        # Installs the triggers of foundation.constraints.
        call_command("migrate", verbosity=0, interactive=False)
