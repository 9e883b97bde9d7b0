"""Decisions that are taken from published figures: their source, and what the figures do not tell."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_clock_since"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="source",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="decision",
            name="number",
            field=models.IntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="decision",
            name="decided_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="decision",
            name="decided_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=~Q(source="") | Q(number__isnull=False, decided_on__isnull=False) & ~Q(decided_by=""),
                name="decision_recorded_whole",
            ),
        ),
    ]
