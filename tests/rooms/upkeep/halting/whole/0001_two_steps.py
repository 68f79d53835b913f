"""The same two steps as the seeded fault, in one transaction."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.CreateModel(name="First", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(name="Second", fields=[("id", models.BigAutoField(primary_key=True))]),
    ]
