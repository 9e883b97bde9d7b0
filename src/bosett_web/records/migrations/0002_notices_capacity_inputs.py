"""What goes on, capacity and the counties' input: three nouns of their own. A capacity report never changes."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_capacityreport FOR EACH ROW EXECUTE FUNCTION records_kept();
"""
BACK = "DROP TRIGGER kept ON records_capacityreport;"


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CapacityAsking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="asked")),
                ("asked_on", models.DateField()),
                ("by", models.DateField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("text", models.TextField(blank=True, default="")),
                ("reminded_on", models.DateField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="askings",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("by__gte", models.F("asked_on"))), name="asking_by"),
                    models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="asking_weeks"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CapacityReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("kind", models.TextField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("count", models.IntegerField()),
                ("firmness", models.TextField()),
                ("said_by", models.TextField()),
                ("said_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("ask_by", models.DateField(null=True)),
                ("lead", models.PositiveSmallIntegerField(null=True)),
                ("situation", models.TextField()),
                ("hindrance", models.TextField(blank=True, default="")),
                ("measures", models.TextField(blank=True, default="")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacity_reports",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["last", "municipality"], name="capacity_weeks")],
                "constraints": [
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
                        name="capacity_report_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("firmness__in", ["firm", "likely", "if_asked"])),
                        name="capacity_report_firmness",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said_by__in", ["municipality", "county"])), name="capacity_report_said_by"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("situation__in", ["open", "reduced", "only_nearby", "closed"])),
                        name="capacity_report_situation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hindrance__in", ["", "infection", "staff", "housing", "school", "health", "other"])
                        ),
                        name="capacity_report_hindrance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__isnull", True), ("count__range", (0, 1000000)), _connector="OR"),
                        name="capacity_report_count_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="capacity_report_weeks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("said_on"))), name="capacity_report_expires"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lead__isnull", True), ("lead__lte", 104), _connector="OR"),
                        name="capacity_report_lead",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ask_by__isnull", False), ("firmness", "if_asked")),
                            models.Q(models.Q(("firmness", "if_asked"), _negated=True), ("ask_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="capacity_report_ask_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountyInput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=2)),
                ("municipality", models.CharField(blank=True, default="", max_length=4)),
                ("topic", models.TextField()),
                ("state", models.TextField(default="drafted")),
                ("text", models.TextField()),
                ("written_on", models.DateField()),
                ("sent_on", models.DateField(null=True)),
                ("read_on", models.DateField(null=True)),
                ("reply", models.TextField(blank=True, default="")),
                ("outcome", models.TextField(blank=True, default="")),
                ("answered_on", models.DateField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inputs", to="records.settlementround"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("topic__in", ["preparedness", "handling", "situation"])),
                        name="county_input_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drafted", "sent", "read", "answered"])),
                        name="county_input_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_on__isnull", True), ("state", "drafted")),
                            models.Q(models.Q(("state", "drafted"), _negated=True), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="county_input_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_on__isnull", False),
                                ("state", "answered"),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answered_on__isnull", True),
                                ("outcome", ""),
                                ("reply", ""),
                            ),
                            _connector="OR",
                        ),
                        name="county_input_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="in_force")),
                ("kind", models.TextField()),
                ("stream", models.TextField(blank=True, default="")),
                ("name", models.TextField(blank=True, default="")),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("ramp", models.PositiveSmallIntegerField(default=0)),
                ("next_on", models.DateField(null=True)),
                ("decided_by", models.TextField(blank=True, default="")),
                ("source", models.TextField()),
                ("text_nb", models.TextField()),
                ("text_nn", models.TextField()),
                ("told_by", models.TextField()),
                ("told_on", models.DateField()),
                ("why", models.TextField(blank=True, default="")),
                (
                    "replaces",
                    models.OneToOneField(
                        db_column="replaces",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="records.notice",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_force", "replaced", "taken_back"])), name="notice_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["stop", "call", "dialogue", "restriction"])),
                        name="notice_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_by__in", ["udi", "directorate"])), name="notice_told_by"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "stop"),
                                ("stream__in", ["resettlement", "reception", "minors", "programme", "place"]),
                            ),
                            models.Q(models.Q(("kind", "stop"), _negated=True), ("stream", "")),
                            _connector="OR",
                        ),
                        name="notice_stream",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stream__in", ["place", "programme"]), models.Q(("name", ""), _negated=True)),
                            models.Q(models.Q(("stream__in", ["place", "programme"]), _negated=True), ("name", "")),
                            _connector="OR",
                        ),
                        name="notice_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="notice_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ramp", 0), models.Q(("ramp__lte", 52), ("until__isnull", False)), _connector="OR"
                        ),
                        name="notice_ramp",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
