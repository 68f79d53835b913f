"""The tables of an empty database, made at once from what all migrations come to together.

Walking them one after the other takes a small server most of a minute, because Django builds every model anew for each
step; on a database where nobody has been, only the last step is seen. tests/rooms/upkeep/test_making.py holds both
ways against each other.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.recorder import MigrationRecorder

Name = tuple[str, str]


def from_nothing(wanted: Collection[Name] | None = None) -> None:
    """Make what these migrations (room, name; all of them when None) make, and note each as done.

    For a database without tables, inside the caller's transaction. Rows that a migration moves (`RunPython`) are not
    there yet. Raises `NotImplementedError` for a migration whose own SQL would be left out.
    """
    loader = MigrationLoader(connection)
    steps = _in_order(loader, wanted)
    for step in steps:
        for operation in loader.graph.nodes[step].operations:
            if isinstance(operation, RunSQL | SeparateDatabaseAndState):
                raise NotImplementedError(f"{step}: say in upkeep.making how {operation} is done at once")
    state = loader.project_state(steps)
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create([recorder.Migration(app=app, name=name) for app, name in steps])


def _in_order(loader: MigrationLoader, wanted: Collection[Name] | None) -> list[Name]:
    """Each after those it stands on; a wanted one that this program does not have is left out."""
    ordered: dict[Name, None] = {}
    for leaf in loader.graph.leaf_nodes():
        ordered |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    return [step for step in ordered if wanted is None or step in wanted]
