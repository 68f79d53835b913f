"""Every person belongs to one organisation, and an organisation may answer to a host name of its own.

Three steps, so that PostgreSQL never changes a table with rows of the same transaction still waiting to be checked:
the empty column (here), filling it (0003), closing it (0004). Killed between them, `migrate` goes on where it was.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            "organisation", "host", models.CharField(blank=True, default="", max_length=253, unique=True)
        ),
        migrations.AddField(
            "person",
            "organisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="people.organisation",
            ),
        ),
    ]
