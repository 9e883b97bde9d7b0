"""The county's desk: signals, the choice to ask, minors to the end, versions, attachments, comments, points."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(blank=True, default="", max_length=2)),
                ("municipality", models.CharField(blank=True, default="", max_length=4)),
                ("text", models.TextField()),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=2)),
                ("state", models.TextField(default="asked")),
                ("text", models.TextField()),
                ("day", models.DateField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("closed", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="RecommendationVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("made", models.TextField()),
                ("name", models.TextField(blank=True, default="")),
                ("day", models.DateField()),
                ("lines", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="finalnumber",
            name="from15",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="finalnumber",
            name="under15",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="present_county",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="meeting",
            name="present_directorate",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="meeting",
            name="present_ks",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="case_number",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="changed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="decided_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="decided_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="asked",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="outcome_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="outcome_from15",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="outcome_under15",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="signal",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="signal_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="signal_minors",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="signal_note",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="recommendationline",
            name="signal_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="from15",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="under15",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="settlementround",
            name="consulted",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="settlementround",
            name="ks_answered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="finalnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("under15__isnull", True), ("under15__range", (0, 1000000)), _connector="OR"),
                name="final_number_under15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="finalnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("from15__isnull", True), ("from15__range", (0, 1000000)), _connector="OR"),
                name="final_number_from15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by__in", ["", "administration", "executive", "council"])),
                name="recommendation_decided_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("signal__isnull", True), ("signal__range", (0, 1000000)), _connector="OR"),
                name="recommendation_line_signal_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signal_minors__isnull", True), ("signal_minors__range", (0, 1000000)), _connector="OR"
                ),
                name="recommendation_line_signal_minors_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome_under15__isnull", True), ("outcome_under15__range", (0, 1000000)), _connector="OR"
                ),
                name="recommendation_line_outcome_under15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome_from15__isnull", True), ("outcome_from15__range", (0, 1000000)), _connector="OR"
                ),
                name="recommendation_line_outcome_from15_bounded",
            ),
        ),
        # A number given before there was the choice says it: 0 is not asked.
        migrations.RunSQL(
            "UPDATE records_recommendationline SET asked = (number > 0) WHERE number IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="recommendationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("number__isnull", True),
                        models.Q(("asked__isnull", True), ("asked", True), _connector="OR"),
                    ),
                    models.Q(
                        ("asked__isnull", False),
                        ("number__isnull", False),
                        models.Q(
                            models.Q(("asked", False), ("number", 0)),
                            models.Q(("asked", True), ("number__gt", 0)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="recommendation_line_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("under15__isnull", True), ("under15__range", (0, 1000000)), _connector="OR"),
                name="request_under15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("from15__isnull", True), ("from15__range", (0, 1000000)), _connector="OR"),
                name="request_from15_bounded",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="records.recommendation"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="records.settlementround"
            ),
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="information_requests",
                to="records.settlementround",
            ),
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="points", to="records.meeting"
            ),
        ),
        migrations.AddField(
            model_name="recommendationversion",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="records.recommendation"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("recommendation", "sha256"), name="attachment_once"),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("asked", "answered"))), name="information_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "asked"), models.Q(("answer", ""), _negated=True), _connector="OR"),
                name="information_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationversion",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "version"), name="recommendation_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("made__in", ["kept", "submitted", "final", "reopened"])),
                name="recommendation_version_made",
            ),
        ),
    ]
