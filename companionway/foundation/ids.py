"""Numbers are not given twice: a key belongs to a number, and a destroyed one must not meet somebody new.

After an older database came back, the next numbers begin beyond every owner of a key. Rooms say which table a kind
of key belongs to.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import Max

from companionway.foundation.models import DataKey

_owners: dict[str, str] = {}


def owners(kind: str, model: str) -> None:
    """Keys of this kind belong to rows of `model` ("people.Person")."""
    _owners[kind] = model


def begin_beyond_keys() -> None:
    """Let every table of owners count on from the greatest number that ever had a key."""
    for kind, model in _owners.items():
        greatest = DataKey.objects.filter(kind=kind).aggregate(most=Max("owner_id"))["most"] or 0
        table = apps.get_model(model)._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("select max(seq) from sqlite_sequence where name = %s", [table])
                known = cursor.fetchone()[0]
                if known is None:
                    cursor.execute(
                        "insert into sqlite_sequence (name, seq) values (%s, %s)", [table, greatest]
                    )
                elif known < greatest:
                    cursor.execute("update sqlite_sequence set seq = %s where name = %s", [greatest, table])
            elif greatest:
                sequence = "pg_get_serial_sequence(%s, 'id')"
                cursor.execute(
                    f"select setval({sequence}, greatest(%s, (select coalesce(max(id), 1) from {table}), "  # noqa: S608
                    f"nextval({sequence}) - 1))",
                    [table, greatest, table],
                )
