from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("upkeep", "0001_more")]
    operations = [
        migrations.AddField("leaf", "is_green", models.BooleanField(default=True)),
        migrations.AlterField("leaf", "word", models.CharField(max_length=200, db_index=True)),
        migrations.AddConstraint("leaf", models.UniqueConstraint(fields=["person", "word"], name="leaf_once")),
    ]
