"""Nobody without an organisation; a name to sign in with is unique in it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("people", "0003_fill_organisation_of_person")]

    operations = [
        migrations.AlterField(
            "person",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people", to="people.organisation"
            ),
        ),
        migrations.AlterField("person", "sign_in_name", models.CharField(max_length=80)),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(fields=("organisation", "sign_in_name"), name="person_name_once_each"),
        ),
    ]
