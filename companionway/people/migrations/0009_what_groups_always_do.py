"""What a tradition never gives up in its groups stands in columns, so that the database keeps it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

# Traditions with groups that programmes may have adopted before: where minors may join, somebody reads first.
WITH_GROUPS = ("hearing_voices", "intentional_peer_support")


def _read_first_for_minors(apps: Any, _schema: Any) -> None:
    for programme in apps.get_model("people", "Programme").objects.filter(practice_model__in=WITH_GROUPS):
        if "young" in programme.age_bands:
            programme.reads_first = programme.keeps_adults_apart = True
            programme.save()


class Migration(migrations.Migration):
    dependencies = [("people", "0008_what_groups_keep")]

    operations = [
        *[
            migrations.AddField(
                model_name="programme", name=name, field=models.BooleanField(default=False)
            )
            for name in (
                "reads_first",
                "hides_place",
                "keeps_adults_apart",
                "has_no_staff_space",
                "has_two_signatures",
            )
        ],
        migrations.AddField(
            model_name="programme",
            name="smallest_number",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(_read_first_for_minors, migrations.RunPython.noop),
    ]
