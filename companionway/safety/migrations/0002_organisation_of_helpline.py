"""Each organisation keeps numbers of its own: the empty column (here), filling it (0003), closing it (0004)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("safety", "0001_initial"), ("people", "0004_person_in_one_organisation")]

    operations = [
        migrations.AddField(
            "helpline",
            "organisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
    ]
