"""How often a refusal was met again on the day of its event."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of refusals that were met again."""

    dependencies: ClassVar = [
        ("journal", "0002_append_only"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Refused",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("what", models.CharField(max_length=64)),
                ("times", models.PositiveBigIntegerField(default=1)),
                ("last_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refused", to="journal.event"
                    ),
                ),
            ],
            options={
                "db_table": "journal_refused",
                "constraints": [models.UniqueConstraint(fields=("day", "what"), name="journal_refused_once")],
            },
        ),
    ]
