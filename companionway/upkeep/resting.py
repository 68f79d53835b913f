"""References and unique rules of a PostgreSQL database that lie down while rows arrive in no particular order."""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE: Final = "companionway_resting"
CONSTRAINTS: Final = """
select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype = 'f'
from pg_constraint where contype in ('f', 'u') and connamespace = current_schema()::regnamespace
"""
INDEXES: Final = """
select quote_ident(c.relname), pg_get_indexdef(i.indexrelid)
from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indisunique and not i.indisprimary and c.relnamespace = current_schema()::regnamespace
and not exists (select from pg_constraint where conindid = i.indexrelid)
"""


def lay_down(connection: BaseDatabaseWrapper) -> None:
    """Note how each is made again, then drop it; inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"create table {TABLE} (place integer not null, again text not null)")
        cursor.execute(CONSTRAINTS)
        constraints = sorted(cursor.fetchall(), key=lambda each: each[3])
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        again = [again for _, again in indexes]
        again += [f"alter table {table} add constraint {name} {made}" for table, name, made, _ in constraints]
        cursor.executemany(f"insert into {TABLE} (place, again) values (%s, %s)", list(enumerate(again)))
        # References first: they lean on the unique rules.
        for table, name, _, _ in reversed(constraints):
            cursor.execute(f"alter table {table} drop constraint {name}")
        for name, _ in indexes:
            cursor.execute(f"drop index {name}")


def stand_up(connection: BaseDatabaseWrapper) -> None:
    """Make them again, each looking at every row; inside the caller's transaction."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"select again from {TABLE} order by place")
        for (again,) in cursor.fetchall():
            cursor.execute(again)
        cursor.execute(f"drop table {TABLE}")
