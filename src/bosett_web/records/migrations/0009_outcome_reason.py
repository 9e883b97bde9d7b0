"""Why a county's meeting came to another sum than its target."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_kept_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="outcome_reason",
            field=models.TextField(blank=True, default=""),
        ),
    ]
