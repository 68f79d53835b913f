"""Every number that is kept belongs to the one organisation there has been until now."""

from django.db import migrations


def fill(apps, schema_editor):
    organisation, line = apps.get_model("people", "Organisation"), apps.get_model("safety", "HelpLine")
    without = line.objects.filter(organisation=None)
    if not without.exists():
        return
    first = organisation.objects.order_by("pk").first()
    if first is None:
        first = organisation.objects.create(name="Companionway", short_name="Companionway")
    without.update(organisation=first)


class Migration(migrations.Migration):

    dependencies = [("safety", "0002_organisation_of_helpline")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
