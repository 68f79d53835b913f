import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    Leaf = apps.get_model("upkeep", "Leaf")
    for person in Person.objects.order_by("pk"):
        Leaf.objects.create(person=person, word=person.name)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("word", models.CharField(max_length=80)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.person")),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
