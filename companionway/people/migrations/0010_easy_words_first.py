"""Where easy words come first stands in a column: every page of everybody who is signed in asks it with the session."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def _as_their_tradition_says(apps: Any, _schema: Any) -> None:
    rows = apps.get_model("people", "Programme").objects.filter(practice_model="learning_disability")
    rows.update(puts_easy_words_first=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_what_groups_always_do")]

    operations = [
        migrations.AddField("programme", "puts_easy_words_first", models.BooleanField(default=False)),
        migrations.RunPython(_as_their_tradition_says, migrations.RunPython.noop),
    ]
