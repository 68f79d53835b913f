"""Between two organisations there is a wall, and the database itself keeps it: no row may touch both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from companionway.foundation.constraints import Never, never

_PERSON = "(select w.organisation_id from people_person w where w.id = NEW.{column})"
_PROGRAMME = "(select w.organisation_id from people_programme w where w.id = NEW.{column})"
_ROW = (
    "(select w.organisation_id from {table} t join people_programme w on w.id = t.programme_id"
    " where t.id = NEW.{column})"
)
_MOVED = "exists (select 1 from {table} w where w.id = NEW.id and w.organisation_id <> NEW.organisation_id)"


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a row, and the SQL that follows it to an organisation."""

    column: str
    sql: str


def of_person(column: str) -> Side:
    return Side(column, _PERSON.format(column=column))


def of_programme(column: str = "programme_id") -> Side:
    return Side(column, _PROGRAMME.format(column=column))


def of_organisation() -> Side:
    return Side("organisation_id", "NEW.organisation_id")


def of_row(table: str, column: str) -> Side:
    """The row of `table` that the column names, by the programme that row belongs to."""
    return Side(column, _ROW.format(table=table, column=column))


def within_one_organisation(table: str, *sides: Side) -> None:
    """Refuse a row whose sides lead to different organisations. An empty side leads nowhere and offends nobody."""
    never(
        Never(
            name=f"{table}_one_organisation",
            table=table,
            when=" or ".join(f"{one.sql} <> {other.sql}" for one, other in combinations(sides, 2)),
            app=table.partition("_")[0],
            says="These belong to different organisations.",
            columns=tuple(side.column for side in sides),
        )
    )


def never_moves(table: str) -> None:
    """Whoever and whatever belongs to one organisation stays there: all the other walls stand on this one."""
    never(
        Never(
            name=f"{table}_stays",
            table=table,
            when=_MOVED.format(table=table),
            app=table.partition("_")[0],
            says="Nobody and nothing moves to another organisation.",
            columns=("organisation_id",),
        )
    )
