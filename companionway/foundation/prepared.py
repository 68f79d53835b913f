"""Questions that every page asks: the ORM writes the statement once, later it only takes new values.

Composing a query costs ten times what asking it does. `Prepared` keeps the composed statement for each kind of
database; the models stay the only place that knows the columns, and rows come back as the query set would give them.

    _MINE = Prepared(lambda: Notice.objects.unread().filter(person=slot("person")))
    _MINE.all(person=person.pk)      # the rows
    _MINE.count(person=person.pk)    # how many
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet

T = TypeVar("T")


class _Mark(NamedTuple):
    """Stands among the parameters of a composed statement where a value will be."""

    name: str


class _Slot(Expression):
    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [_Mark(self.name)]


def slot(name: str, output_field: Field[Any, Any] | None = None) -> Any:
    """A value that is given when the question is asked."""
    return _Slot(name, output_field)


class Statement(NamedTuple):
    """SQL with its parameters."""

    sql: str
    params: tuple[Any, ...]


class _Made(NamedTuple):
    rows: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]


_all: list[Prepared[Any]] = []


def forget_all() -> None:
    """Compose anew: for a test that puts a fault into the rules a question was composed from."""
    for each in _all:
        each._made.clear()


class Prepared(Generic[T]):
    """One question, composed at its first use (for each kind of database, once a process)."""

    def __init__(self, compose: Callable[[], QuerySet[Any, T]]) -> None:
        self._compose = compose
        self._made: dict[str, _Made] = {}
        _all.append(self)

    def all(self, **values: Any) -> list[T]:
        """The rows, as the query set would give them: models with what they select, tuples, or single values."""
        made = self._of_this_database()
        connection = connections[DEFAULT_DB_ALIAS]
        compiler = _twin(made.compiler)
        compiler.connection = connection
        asked = made.sql, _filled(made.params, values)
        # It has composed before: columns, joins and converters are there, and composing again is what would cost.
        compiler.as_sql = lambda *_args, **_kwargs: asked
        compiler.get_converters = lambda _columns: made.converters
        rows, query = _twin(made.rows), _twin(made.rows.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        rows._query = query
        return list(rows._iterable_class(rows))

    def first(self, **values: Any) -> T | None:
        """The first row, or None. Limit the query set itself: the statement is sent as it is."""
        found = self.all(**values)
        return found[0] if found else None

    def count(self, **values: Any) -> int:
        return counted([self.statement(**values)])[0]

    def statement(self, **values: Any) -> Statement:
        """The statement itself, to be counted together with others."""
        made = self._of_this_database()
        return Statement(made.sql, _filled(made.params, values))

    def _of_this_database(self) -> _Made:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._made:
            rows = self._compose()
            compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column for column, *_ in compiler.select])
            self._made[vendor] = _Made(rows, compiler, sql, tuple(params), converters)
        return self._made[vendor]


def statement_of(rows: QuerySet[Any]) -> Statement:
    """The statement of a query set that cannot be composed before: it holds a list of no fixed length."""
    sql, params = rows.order_by().values("pk").query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return Statement(sql, tuple(params))


def counted(statements: Iterable[Statement]) -> list[int]:
    """How many rows each of these has, in one question."""
    asked = list(statements)
    if not asked:
        return []
    parts = ", ".join(
        f"(select count(*) from ({each.sql}) counted_{n})"  # noqa: S608 - composed by the ORM, values are parameters
        for n, each in enumerate(asked)
    )
    params = [value for each in asked for value in each.params]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"select {parts}", params)
        return [int(number) for number in cursor.fetchone()]


def _filled(params: tuple[Any, ...], values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_as_stored(values[each.name]) if isinstance(each, _Mark) else each for each in params)


def _as_stored(value: Any) -> Any:
    """A slot has no column that would say how its value is written; only moments are written otherwise."""
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)
    return value


def _twin(thing: Any) -> Any:
    """Another one with the same attributes. (Copying a query set the usual way would ask it.)"""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin
