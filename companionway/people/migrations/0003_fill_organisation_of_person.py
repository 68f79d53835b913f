"""Everybody who is here belongs to the one organisation there has been until now."""

from django.db import migrations


def fill(apps, schema_editor):
    organisation, person = apps.get_model("people", "Organisation"), apps.get_model("people", "Person")
    without = person.objects.filter(organisation=None)
    if not without.exists():
        return
    first = organisation.objects.order_by("pk").first()
    if first is None:
        first = organisation.objects.create(name="Companionway", short_name="Companionway")
    without.update(organisation=first)


class Migration(migrations.Migration):

    dependencies = [("people", "0002_organisation_of_person")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
