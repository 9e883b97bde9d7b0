"""Full runs of a forecast of the need: what each rests on, and what it came to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_alerts"),
        ("records", "0006_receipts"),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="queued")),
                ("key", models.CharField(max_length=64)),
                ("inputs", models.JSONField()),
                ("result", models.JSONField(null=True)),
                ("why", models.JSONField(default=dict)),
                ("ordered_on", models.DateField()),
                (
                    "ordered_by",
                    models.ForeignKey(
                        db_column="ordered_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need_runs",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "done", "failed"])), name="need_run_state"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "failed"), _negated=True),
                        fields=("round", "key"),
                        name="need_run_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("result__isnull", True)),
                            _connector="OR",
                        ),
                        name="need_run_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), models.Q(("why", {}), _negated=True)),
                            models.Q(models.Q(("state", "failed"), _negated=True), ("why", {})),
                            _connector="OR",
                        ),
                        name="need_run_why",
                    ),
                ],
            },
        ),
    ]
