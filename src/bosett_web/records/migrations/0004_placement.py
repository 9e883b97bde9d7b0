"""Who can move in where: the groups that wait, what is agreed, and plans. A list and a plan never change."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_waitinglist FOR EACH ROW EXECUTE FUNCTION records_kept();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_keptplan FOR EACH ROW EXECUTE FUNCTION records_kept();
"""
BACK = "DROP TRIGGER kept ON records_waitinglist; DROP TRIGGER kept ON records_keptplan;"


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("groups", models.JSONField()),
                ("merges", models.JSONField(default=list)),
                ("alone", models.JSONField(default=list)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_lists",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("moving", models.JSONField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_plans",
                        to="records.settlementround",
                    ),
                ),
                (
                    "waiting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="records.waitinglist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreedPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="agreed")),
                ("group", models.TextField()),
                ("municipality", models.CharField(max_length=4)),
                ("week", models.DateField()),
                ("kind", models.TextField()),
                ("count", models.IntegerField()),
                ("reason", models.TextField()),
                ("agreed_on", models.DateField()),
                ("lifted_on", models.DateField(null=True)),
                ("why_lifted", models.TextField(blank=True, default="")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed_places",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["agreed", "lifted"])), name="agreed_place_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "adult",
                                    "family_2_3",
                                    "family_4_5",
                                    "family_6",
                                    "minor_under_15",
                                    "minor_15_18",
                                    "accessible",
                                ],
                            )
                        ),
                        name="agreed_place_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="agreed_place_count"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_on__isnull", True), ("state", "agreed"), ("why_lifted", "")),
                            models.Q(
                                ("lifted_on__isnull", False),
                                ("state", "lifted"),
                                models.Q(("why_lifted", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreed_place_lifted",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
