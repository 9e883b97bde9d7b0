"""Choices of weights and floor that were tried, kept by name: what they say never changes, and none goes away."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

KEPT = (
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_criteriaalternative FOR EACH ROW "
    "EXECUTE FUNCTION records_kept('state', 'shared_on', 'retired_on');"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_alerts"),
        ("records", "0011_beside_the_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaAlternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="drafted")),
                ("name", models.TextField()),
                ("comment", models.TextField(blank=True, default="")),
                ("file", models.TextField()),
                ("kept_on", models.DateField()),
                ("shared_on", models.DateField(null=True)),
                ("retired_on", models.DateField(null=True)),
                (
                    "kept_by",
                    models.ForeignKey(
                        db_column="kept_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alternatives",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("round"),
                        Lower("name"),
                        condition=models.Q(("state", "retired"), _negated=True),
                        name="alternative_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drafted", "shared", "retired"])), name="alternative_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shared_on__isnull", True), ("state", "drafted")),
                            models.Q(("shared_on__isnull", False), ("state", "shared")),
                            ("state", "retired"),
                            _connector="OR",
                        ),
                        name="alternative_shared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_on__isnull", False), ("state", "retired")),
                            models.Q(models.Q(("state", "retired"), _negated=True), ("retired_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="alternative_retired",
                    ),
                ],
            },
        ),
        # The trigger goes with its table.
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
