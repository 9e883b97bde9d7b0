"""Where a forecast stands: its document."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="forecast",
            name="document",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
