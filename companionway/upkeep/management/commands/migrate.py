"""`manage.py migrate`, which `upgrading.prepare` calls: Django's own, with a head start on an empty database."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from companionway.upkeep import making, upgrading


class Command(migrate.Command):
    """A database without any table gets them all at once; then Django goes on, and finds nothing left to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        is_everything = not (
            options["app_label"] or options["fake"] or options["plan"] or options["check_unapplied"]
        )
        if is_everything and not connection.introspection.table_names():
            with upgrading.one_transaction():
                making.from_nothing()
        super().handle(*args, **options)
