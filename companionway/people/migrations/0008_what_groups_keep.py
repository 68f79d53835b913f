"""What a group may keep, as the shipped traditions say it; existing programmes take it from their tradition's file."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

# As it stood when this migration was written: (register, head_counts, referrals).
KEEPS = {
    "hearing_voices": (False, True, False),
    "intentional_peer_support": (False, True, False),
    "one_to_one_charity": (True, True, True),
    "twelve_step_sponsorship": (False, False, False),
}


def _take_from_tradition(apps: Any, _schema: Any) -> None:
    for programme in apps.get_model("people", "Programme").objects.all():
        register, head_counts, referrals = KEEPS.get(programme.practice_model, (False, False, False))
        programme.keeps_register, programme.keeps_head_counts = register, head_counts
        programme.keeps_referrals = referrals
        if records := programme.model_data.get("records"):
            records.update(register=register, head_counts=head_counts, referrals=referrals)
        programme.save()


class Migration(migrations.Migration):
    dependencies = [("people", "0007_standing")]

    operations = [
        *[
            migrations.AddField(
                model_name="programme", name=f"keeps_{each}", field=models.BooleanField(default=False)
            )
            for each in ("register", "head_counts", "referrals")
        ],
        migrations.RunPython(_take_from_tradition, migrations.RunPython.noop),
    ]
