"""Letters, their sending, and the municipalities' decisions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("receiver", models.CharField(max_length=4)),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="made")),
                ("reference", models.TextField(unique=True)),
                ("language", models.CharField(max_length=2)),
                ("title", models.TextField()),
                ("day", models.DateField()),
                ("content", models.JSONField()),
                ("pdf", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_by", models.BigIntegerField()),
                ("approved_by", models.BigIntegerField(null=True)),
                ("queued_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("channel", models.TextField(blank=True, default="")),
                ("external", models.TextField(blank=True, default="")),
                ("why", models.TextField(blank=True, default="")),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="records.request",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("did", models.TextField()),
                ("outcome", models.TextField()),
                ("told", models.TextField(blank=True, default="")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tries", to="records.letter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer_by", models.DateField(null=True)),
                ("how_to_answer", models.TextField(blank=True, default="")),
                ("signers", models.TextField(blank=True, default="")),
                ("neutral_form", models.CharField(blank=True, default="", max_length=2)),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_settings",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("planned_on", models.DateField(null=True)),
                ("asked_until", models.DateField(null=True)),
                ("asked_reason", models.TextField(blank=True, default="")),
                ("granted_until", models.DateField(null=True)),
                ("granted", models.BooleanField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_plans",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "municipality"), name="answer_plan_once")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="answered")),
                ("number", models.IntegerField()),
                ("minors", models.BooleanField(null=True)),
                ("minors_number", models.IntegerField(null=True)),
                ("more", models.IntegerField(null=True)),
                ("conditions", models.TextField(blank=True, default="")),
                ("raised", models.JSONField(default=list)),
                ("preliminary", models.BooleanField(default=False)),
                ("decided_by", models.TextField()),
                ("decided_on", models.DateField()),
                ("case_number", models.TextField(blank=True, default="")),
                ("recorded_for", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True, default="")),
                ("name", models.TextField(blank=True, default="")),
                ("content", models.BinaryField(null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("day", models.DateField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="records.request"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "municipality", "version"), name="decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("answered", "unclear", "complete", "replaced"))),
                        name="decision_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                        name="decision_number_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minors_number__isnull", True), ("minors_number__range", (0, 1000000)), _connector="OR"
                        ),
                        name="decision_minors_number_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("more__isnull", True), ("more__range", (0, 1000000)), _connector="OR"),
                        name="decision_more_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minors_number__isnull", True), ("minors", True), ("minors_number", 0), _connector="OR"
                        ),
                        name="decision_minors",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["round", "state"], name="records_let_round_i_6a3263_idx"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("round", "kind", "receiver", "version"), name="letter_once"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "made",
                            "approved",
                            "queued",
                            "delivered",
                            "read",
                            "on_paper",
                            "failed",
                            "stopped",
                            "withdrawn",
                        ),
                    )
                ),
                name="letter_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "circular",
                            "invitation",
                            "minutes",
                            "recommendation",
                            "request",
                            "not_asked",
                            "revised",
                            "reminder",
                        ),
                    )
                ),
                name="letter_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nb", "nn", "en"])), name="letter_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["", "folder", "eformidling", "svarut"])), name="letter_channel"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="letter_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverytry",
            constraint=models.UniqueConstraint(fields=("letter", "number"), name="delivery_try_once"),
        ),
        migrations.AddConstraint(
            model_name="deliverytry",
            constraint=models.CheckConstraint(
                condition=models.Q(("did__in", ["send", "ask"])), name="delivery_try_did"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverytry",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["begun", "taken", "refused", "unknown", "found", "absent"])),
                name="delivery_try_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettersettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("neutral_form__in", ["", "nb", "nn"])), name="letter_settings_form"
            ),
        ),
    ]
