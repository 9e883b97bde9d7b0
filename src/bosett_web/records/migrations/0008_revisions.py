"""Alerts that the need has moved, and revisions of the requests that meet them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_alerts"),
        ("records", "0007_need_run"),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="raised")),
                ("group", models.TextField()),
                ("target", models.IntegerField()),
                ("low", models.IntegerField(null=True)),
                ("need", models.IntegerField()),
                ("high", models.IntegerField(null=True)),
                ("basis", models.TextField()),
                ("day", models.DateField()),
                ("reason", models.TextField(blank=True, default="")),
                ("acknowledged_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "forecast",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.forecast"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need_alerts",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="drafted")),
                ("way", models.TextField()),
                ("total", models.IntegerField()),
                ("floor", models.IntegerField()),
                ("step", models.PositiveSmallIntegerField(default=1)),
                ("may_drop", models.BooleanField(default=False)),
                ("take_in", models.BooleanField(default=False)),
                ("ask_all", models.BooleanField(default=False)),
                ("tie_rule", models.TextField(blank=True, default="")),
                ("why", models.TextField()),
                ("inputs", models.JSONField()),
                ("result_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("day", models.DateField()),
                ("decided_on", models.DateField(null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.needalert"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="records.settlementround",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_column="submitted_by",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RevisionLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("county", models.CharField(max_length=2)),
                ("before", models.IntegerField()),
                ("number", models.IntegerField()),
                ("exact", models.TextField()),
                ("bound", models.TextField()),
                ("idle", models.IntegerField(null=True)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="records.revision"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="need_alert_once"),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["raised", "acknowledged"])),
                fields=("round", "group"),
                name="need_alert_one_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["raised", "acknowledged", "replaced", "ended"])),
                name="need_alert_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("group__in", ["all", "minors"])), name="need_alert_group"
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["forecast", "plan"])), name="need_alert_basis"
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("target__isnull", True), ("target__range", (0, 1000000)), _connector="OR"),
                name="need_alert_target_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__isnull", True), ("low__range", (0, 1000000)), _connector="OR"),
                name="need_alert_low_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("need__isnull", True), ("need__range", (0, 1000000)), _connector="OR"),
                name="need_alert_need_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("high__isnull", True), ("high__range", (0, 1000000)), _connector="OR"),
                name="need_alert_high_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "forecast"), ("forecast__isnull", False)),
                    models.Q(("basis", "plan"), ("forecast__isnull", True)),
                    _connector="OR",
                ),
                name="need_alert_forecast",
            ),
        ),
        migrations.AddConstraint(
            model_name="needalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_on__isnull", True), ("reason", "")),
                    models.Q(("acknowledged_on__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="need_alert_reasoned",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="revision_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["drafted", "submitted", "total_decided"])),
                fields=("round",),
                name="revision_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drafted", "submitted", "total_decided", "decided", "dropped"])),
                name="revision_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["first", "left", "decided", "capacity"])), name="revision_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("tie_rule__in", ["", "larger-claim", "id"])), name="revision_tie_rule"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("total__isnull", True), ("total__range", (0, 1000000)), _connector="OR"),
                name="revision_total_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("floor__isnull", True), ("floor__range", (0, 1000000)), _connector="OR"),
                name="revision_floor_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(condition=models.Q(("step__gte", 1)), name="revision_step"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", False), ("state", "decided")),
                    models.Q(models.Q(("state", "decided"), _negated=True), ("decided_on__isnull", True)),
                    _connector="OR",
                ),
                name="revision_decided_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="revisionline",
            constraint=models.UniqueConstraint(fields=("revision", "municipality"), name="revision_line_once"),
        ),
        migrations.AddConstraint(
            model_name="revisionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("before__isnull", True), ("before__range", (0, 1000000)), _connector="OR"),
                name="revision_line_before_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="revisionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                name="revision_line_number_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="revisionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("idle__isnull", True), ("idle__range", (0, 1000000)), _connector="OR"),
                name="revision_line_idle_bounded",
            ),
        ),
    ]
