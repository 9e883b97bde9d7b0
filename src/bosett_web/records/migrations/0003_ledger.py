import django.db.models.deletion
from django.db import migrations, models

KEPT = (
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_ledgerentry FOR EACH ROW EXECUTE FUNCTION records_kept();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("records", "0002_notices_capacity_inputs"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("side", models.TextField()),
                ("municipality", models.CharField(max_length=4)),
                ("step", models.TextField()),
                ("group", models.TextField(default="all")),
                ("on", models.DateField()),
                ("count", models.IntegerField(null=True)),
                ("said_by", models.TextField()),
                ("said_on", models.DateField()),
                ("reason", models.TextField(blank=True, default="")),
                ("made_up", models.BooleanField(default=False)),
                ("day", models.DateField()),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected",
                        to="records.ledgerentry",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_column="entered_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="records.settlementround"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="ledger_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["directorate", "municipality"])), name="ledger_entry_side"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["enquired", "agreed", "settled"])), name="ledger_entry_step"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["all", "minors"])), name="ledger_entry_group"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__isnull", True), ("count__range", (0, 1000000)), _connector="OR"),
                        name="ledger_entry_count_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", models.F("said_on")), ("said_on__gte", models.F("on"))),
                        name="ledger_entry_said_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="ledger_entry_reasoned",
                    ),
                ],
            },
        ),
        # The trigger goes with its table.
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
