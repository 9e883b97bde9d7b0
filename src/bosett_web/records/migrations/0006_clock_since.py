"""Since when the demo's date is what it is."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_held_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="since",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
