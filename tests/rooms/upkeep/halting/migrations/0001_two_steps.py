"""The seeded fault: two steps, each with a commit of its own, and no way to go on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.CreateModel(name="First", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(name="Second", fields=[("id", models.BigAutoField(primary_key=True))]),
    ]
