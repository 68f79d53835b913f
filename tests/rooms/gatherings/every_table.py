"""All rows of all tables, before and after an evening: does anything tie a person to it?"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from companionway.people.models import Person

Rows = dict[str, dict[Any, dict[str, Any]]]
NAMED = ("actor_id", "about_id", "person_id", "member_id", "supporter_id", "owner_id")
NOT_OF_THE_EVENING = {"django_migrations", "sqlite_sequence"}


def photograph() -> Rows:
    """Table -> first column -> row, as plain values."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in NOT_OF_THE_EVENING:
                continue
            cursor.execute(f'select * from "{table}"')  # noqa: S608 - names of our own tables
            names = [each[0] for each in cursor.description]
            found[table] = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    return found


def came_or_changed(before: Rows, after: Rows) -> list[tuple[str, dict[str, Any]]]:
    return [
        (table, row)
        for table, rows in after.items()
        for key, row in rows.items()
        if before.get(table, {}).get(key) != row
    ]


def columns_of_persons() -> dict[str, set[str]]:
    """Table -> columns that hold the id of a person: by foreign key, and by the names that ids go by without one."""
    found: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is Person or field.column in NAMED:
                found[model._meta.db_table].add(str(field.column))
    return found


def ties(before: Rows, after: Rows, people: Collection[Any], evening: Any) -> list[str]:
    """Every row that came or changed and names somebody together with the meeting, its series, or a seat of it."""
    persons = columns_of_persons()
    return [
        f"{table}: {_plain(row)}"
        for table, row in came_or_changed(before, after)
        if _names_somebody(table, row, persons[table], people) and _names_the_evening(table, row, evening)
    ]


def _names_somebody(table: str, row: dict[str, Any], columns: set[str], people: Collection[Any]) -> bool:
    ids = {each.pk for each in people}
    if table == "foundation_datakey" and row["kind"] != "person":
        return False
    if any(row.get(column) in ids for column in columns):
        return True
    if table == "django_session":
        return True  # a session is somebody's, always
    words = _plain(row)
    payload = _payload(row)
    return any(payload.get(key) in ids for key in NAMED) or any(
        each.public_id in words or each.name in words for each in people
    )


def _names_the_evening(table: str, row: dict[str, Any], evening: Any) -> bool:
    meeting, series = evening.meeting, evening.series
    if table.startswith(("gatherings_", "meetings_")):
        return True
    words, payload = _plain(row), _payload(row)
    if table == "django_session":
        words += json.dumps(SessionStore(session_key=row["session_key"]).load(), default=str)
    if row.get("meeting_id") == meeting.pk or row.get("series_id") == series.pk:
        return True
    if payload.get("meeting_id") == meeting.pk or payload.get("series_id") == series.pk:
        return True
    subjects = rf"\b(gathering|meeting|series|seat):({meeting.pk}|{series.pk})\b"
    named = (meeting.public_id, series.public_id, series.name)
    return any(each in words for each in named) or re.search(subjects, words) is not None


def _payload(row: dict[str, Any]) -> dict[str, Any]:
    held = row.get("payload")
    found = json.loads(held) if isinstance(held, str) else held
    return found if isinstance(found, dict) else {}


def _plain(row: dict[str, Any]) -> str:
    return " | ".join(
        f"{key}={value}" for key, value in row.items() if not isinstance(value, bytes | memoryview)
    )
