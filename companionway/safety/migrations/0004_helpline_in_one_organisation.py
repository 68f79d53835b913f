"""No number without an organisation."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("safety", "0003_fill_organisation_of_helpline")]

    operations = [
        migrations.AlterField(
            "helpline",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
            ),
        ),
    ]
