"""The round's tables. What is kept never changes: the database refuses it.

The triggers are written by hand, the tables made by Django.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION records_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV::text[] = to_jsonb(OLD) - TG_ARGV::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what is kept never changes: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def _keep(table: str, *may_change: str, name: str = "kept", refused: str = "UPDATE OR DELETE", when: str = "") -> str:
    """Return the trigger that keeps the rows of a table as they are, but for the columns that may change."""
    free = ", ".join(f"'{column}'" for column in may_change)
    condition = f" WHEN ({when})" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {refused} ON records_{table} FOR EACH ROW{condition} "
        f"EXECUTE FUNCTION records_kept({free});\n"
    )


ON_ITS_WAY = ("state", "approved_by", "queued_at", "delivered_at", "read_at", "channel", "external", "why")
ACCEPTED = ("state", "sequence", "taken", "sha256", "accepted_on", "accepted_by")
TRIGGERS = FUNCTION + "".join(
    (
        _keep("meetingminutes"),
        _keep("meetingaddendum"),
        _keep("recommendationversion"),
        _keep("decision", "state", "note"),
        _keep("letter", *ON_ITS_WAY, when="OLD.state <> 'made'"),  # a letter is kept when it has been approved
        _keep("attachment", when="OLD.shown_on IS NOT NULL"),
        _keep("attachment", "shown_on", name="kept_draft", refused="UPDATE", when="OLD.shown_on IS NULL"),
        _keep("withholding", when="OLD.lifted_on IS NOT NULL"),
        _keep("figurefile"),
        _keep("figureset", "state", when="OLD.sequence IS NOT NULL"),  # an accepted version is kept as it was taken
        _keep("figureset", *ACCEPTED, name="kept_as_read", when="OLD.sequence IS NULL"),
        _keep("withholding", "lifted_on", name="kept_until_lifted", when="OLD.lifted_on IS NULL"),
    )
)
# The triggers go with their tables.
BACK = "DROP FUNCTION records_kept() CASCADE;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(blank=True, default="", max_length=2)),
                ("state", models.TextField(default="planned")),
                ("at", models.DateTimeField()),
                ("place", models.TextField()),
                ("agenda", models.TextField(blank=True, default="")),
                ("minutes", models.TextField(blank=True, default="")),
                ("present_directorate", models.TextField(blank=True, default="")),
                ("present_ks", models.TextField(blank=True, default="")),
                ("present_county", models.TextField(blank=True, default="")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("called_off_on", models.DateField(null=True)),
                ("called_off_why", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="queued")),
                ("criteria_file", models.TextField()),
                ("inputs", models.JSONField()),
                ("inputs_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("result_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("rules", models.TextField(blank=True, default="")),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True, default="")),
                ("day", models.DateField()),
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
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="clock_one_row")],
            },
        ),
        migrations.CreateModel(
            name="MeetingMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kept", to="records.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("closed", models.BooleanField(default=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="records.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SettlementRound",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("state", models.TextField(default="open")),
                ("planned", models.IntegerField(null=True)),
                ("least", models.IntegerField(null=True)),
                ("opened_on", models.DateField(null=True)),
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
                ("frozen_at", models.DateTimeField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("release_at", models.DateTimeField(null=True)),
                ("consulted", models.JSONField(null=True)),
                ("ks_answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "numbers_submitted", "frozen", "closed"))),
                        name="round_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least__isnull", True), ("least__range", (0, 1000000)), _connector="OR"),
                        name="round_least_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("frozen", "closed")), ("frozen_at__isnull", True), _connector="OR"
                        ),
                        name="round_frozen_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="round_closed_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("version", models.PositiveSmallIntegerField()),
                ("number", models.IntegerField()),
                ("under15", models.IntegerField(null=True)),
                ("from15", models.IntegerField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("day", models.DateField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=2)),
                ("state", models.TextField(default="open")),
                ("reason", models.TextField(blank=True, default="")),
                ("outcome_reason", models.TextField(blank=True, default="")),
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
                (
                    "discussed_by",
                    models.ForeignKey(
                        db_column="discussed_by",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                ("decided_by", models.TextField(blank=True, default="")),
                ("decided_on", models.DateField(null=True)),
                ("case_number", models.TextField(blank=True, default="")),
                ("changed", models.PositiveIntegerField(default=0)),
                (
                    "proposal",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.proposal"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="proposal",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="records.settlementround"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="records.settlementround"
            ),
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
                (
                    "made_by",
                    models.ForeignKey(
                        db_column="made_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_column="approved_by",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
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
            name="InformationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=2)),
                ("state", models.TextField(default="asked")),
                ("text", models.TextField()),
                ("day", models.DateField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_on", models.DateField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="information_requests",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                (
                    "person",
                    models.ForeignKey(
                        db_column="person",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        db_column="seat",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("name", models.TextField()),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_documents",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("language", models.CharField(max_length=2)),
                ("text", models.TextField()),
                ("source", models.TextField()),
                ("day", models.DateField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_wordings",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("low", models.IntegerField()),
                ("middle", models.IntegerField()),
                ("high", models.IntegerField()),
                ("under15", models.IntegerField(null=True)),
                ("from15", models.IntegerField(null=True)),
                ("as_of", models.DateField()),
                ("publisher", models.TextField()),
                ("note", models.TextField(blank=True, default="")),
                ("day", models.DateField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecasts",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FinalNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("county", models.CharField(max_length=2)),
                ("number", models.IntegerField()),
                ("under15", models.IntegerField(null=True)),
                ("from15", models.IntegerField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="final_numbers",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="answered")),
                ("number", models.IntegerField(null=True)),
                ("minors", models.BooleanField(null=True)),
                ("minors_number", models.IntegerField(null=True)),
                ("more", models.IntegerField(null=True)),
                ("conditions", models.TextField(blank=True, default="")),
                ("raised", models.JSONField(default=list)),
                ("preliminary", models.BooleanField(default=False)),
                ("decided_by", models.TextField(blank=True, default="")),
                ("decided_on", models.DateField(null=True)),
                ("source", models.TextField(blank=True, default="")),
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
        ),
        migrations.CreateModel(
            name="CriteriaSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="drafted")),
                ("title", models.TextField()),
                ("wording", models.TextField(blank=True, default="")),
                ("file", models.TextField()),
                ("day", models.DateField()),
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
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("number", models.IntegerField()),
                ("reason", models.TextField()),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_column="submitted_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="records.settlementround",
                    ),
                ),
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
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
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
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gate", models.TextField()),
                ("reason", models.TextField()),
                ("day", models.DateField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="skips", to="records.settlementround"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Targets",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="drafted")),
                ("national", models.IntegerField()),
                ("under15", models.IntegerField(null=True)),
                ("from15", models.IntegerField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                ("day", models.DateField()),
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
                (
                    "criteria",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.criteriaset",
                    ),
                ),
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
                        related_name="targets",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="proposal",
            name="targets",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.targets"
            ),
        ),
        migrations.CreateModel(
            name="CountyTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=2)),
                ("number", models.IntegerField(null=True)),
                ("under15", models.IntegerField(null=True)),
                ("from15", models.IntegerField(null=True)),
                (
                    "targets",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counties", to="records.targets"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("ground", models.TextField()),
                ("detail", models.TextField(blank=True, default="")),
                ("day", models.DateField()),
                ("lifted_on", models.DateField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withholdings",
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
                ("words", models.TextField(blank=True, default="")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tries", to="records.letter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "number"), name="delivery_try_once"),
                    models.CheckConstraint(condition=models.Q(("did__in", ["send", "ask"])), name="delivery_try_did"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["begun", "taken", "refused", "unknown", "found", "absent"])
                        ),
                        name="delivery_try_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingAddendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.TextField()),
                ("day", models.DateField()),
                ("party", models.TextField()),
                ("area", models.TextField(blank=True, default="")),
                ("about", models.TextField(blank=True, default="")),
                ("text", models.TextField(blank=True, default="")),
                ("lines", models.JSONField(default=list)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="records.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="meeting_addendum_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "outcomes",
                                    "returned",
                                    "reopened",
                                    "comment",
                                    "answer",
                                    "point_closed",
                                    "point_opened",
                                    "remark",
                                ),
                            )
                        ),
                        name="meeting_addendum_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("county", models.CharField(max_length=2)),
                ("number", models.IntegerField()),
                ("exact", models.TextField()),
                ("previous", models.IntegerField(null=True)),
                ("steps", models.JSONField(default=list)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="records.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "municipality"), name="proposal_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                        name="proposal_line_number_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("day", models.DateField()),
                ("shown_on", models.DateField(null=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="records.recommendation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("recommendation", "sha256"), name="attachment_once")],
            },
        ),
        migrations.CreateModel(
            name="RecommendationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("asked", models.BooleanField(null=True)),
                ("number", models.IntegerField(null=True)),
                ("under15", models.IntegerField(null=True)),
                ("from15", models.IntegerField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("signal", models.IntegerField(null=True)),
                ("signal_minors", models.IntegerField(null=True)),
                ("signal_on", models.DateField(null=True)),
                ("signal_by", models.TextField(blank=True, default="")),
                ("signal_note", models.TextField(blank=True, default="")),
                ("outcome", models.IntegerField(null=True)),
                ("outcome_under15", models.IntegerField(null=True)),
                ("outcome_from15", models.IntegerField(null=True)),
                ("outcome_reason", models.TextField(blank=True, default="")),
                ("outcome_by", models.TextField(blank=True, default="")),
                ("changed", models.PositiveIntegerField(default=0)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="records.recommendation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("recommendation", "municipality"), name="recommendation_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                        name="recommendation_line_number_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("under15__isnull", True), ("under15__range", (0, 1000000)), _connector="OR"
                        ),
                        name="recommendation_line_under15_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from15__isnull", True), ("from15__range", (0, 1000000)), _connector="OR"),
                        name="recommendation_line_from15_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__isnull", True), ("outcome__range", (0, 1000000)), _connector="OR"
                        ),
                        name="recommendation_line_outcome_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signal__isnull", True), ("signal__range", (0, 1000000)), _connector="OR"),
                        name="recommendation_line_signal_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signal_minors__isnull", True), ("signal_minors__range", (0, 1000000)), _connector="OR"
                        ),
                        name="recommendation_line_signal_minors_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome_under15__isnull", True), ("outcome_under15__range", (0, 1000000)), _connector="OR"
                        ),
                        name="recommendation_line_outcome_under15_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome_from15__isnull", True), ("outcome_from15__range", (0, 1000000)), _connector="OR"
                        ),
                        name="recommendation_line_outcome_from15_bounded",
                    ),
                    models.CheckConstraint(
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
                ],
            },
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
                ("beside", models.JSONField(default=dict)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="records.recommendation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("recommendation", "version"), name="recommendation_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("made__in", ["kept", "submitted", "final", "reopened"])),
                        name="recommendation_version_made",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(fields=("round", "municipality", "version"), name="request_once"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                name="request_number_bounded",
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
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(fields=("round", "county"), name="recommendation_once"),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by__in", ["", "administration", "executive", "council"])),
                name="recommendation_decided_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "ready", "submitted", "discussed", "final", "returned"))),
                name="recommendation_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("called_off", "dropped")), _negated=True),
                fields=("round", "county"),
                name="meeting_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("planned", "invited", "held", "dropped", "called_off"))),
                name="meeting_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("called_off_on__isnull", False),
                        ("state__in", ("called_off", "dropped")),
                        models.Q(("called_off_why", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ("called_off", "dropped")), _negated=True),
                        ("called_off_on__isnull", True),
                        ("called_off_why", ""),
                    ),
                    _connector="OR",
                ),
                name="meeting_called_off",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True),
                    models.Q(("minutes", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_held_with_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettersettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("neutral_form__in", ["", "nb", "nn"])), name="letter_settings_form"
            ),
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
                        ("made", "approved", "queued", "stopped", "failed", "delivered", "read", "on_paper"),
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
                            "cancellation",
                            "agenda",
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
        migrations.AddIndex(
            model_name="helddocument",
            index=models.Index(fields=["at"], name="held_document_at"),
        ),
        migrations.AddConstraint(
            model_name="helddocument",
            constraint=models.UniqueConstraint(
                fields=("round", "municipality", "person", "seat"), name="held_document_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="formerwording",
            constraint=models.UniqueConstraint(fields=("round", "kind", "language"), name="former_wording_once"),
        ),
        migrations.AddConstraint(
            model_name="formerwording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "circular",
                            "invitation",
                            "cancellation",
                            "agenda",
                            "minutes",
                            "recommendation",
                            "request",
                            "not_asked",
                            "revised",
                            "reminder",
                        ),
                    )
                ),
                name="former_wording_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerwording",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nb", "nn", "en"])), name="former_wording_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="forecast_once"),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__isnull", True), ("low__range", (0, 1000000)), _connector="OR"),
                name="forecast_low_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("middle__isnull", True), ("middle__range", (0, 1000000)), _connector="OR"),
                name="forecast_middle_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("high__isnull", True), ("high__range", (0, 1000000)), _connector="OR"),
                name="forecast_high_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("under15__isnull", True), ("under15__range", (0, 1000000)), _connector="OR"),
                name="forecast_under15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("from15__isnull", True), ("from15__range", (0, 1000000)), _connector="OR"),
                name="forecast_from15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lte", models.F("middle")), ("middle__lte", models.F("high"))),
                name="forecast_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="finalnumber",
            constraint=models.UniqueConstraint(fields=("round", "municipality"), name="final_number_once"),
        ),
        migrations.AddConstraint(
            model_name="finalnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                name="final_number_number_bounded",
            ),
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
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("round", "municipality", "version"), name="decision_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("answered", "unclear", "complete", "replaced"))),
                name="decision_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                name="decision_number_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minors_number__isnull", True), ("minors_number__range", (0, 1000000)), _connector="OR"
                ),
                name="decision_minors_number_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("more__isnull", True), ("more__range", (0, 1000000)), _connector="OR"),
                name="decision_more_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minors_number__isnull", True), ("minors", True), ("minors_number", 0), _connector="OR"
                ),
                name="decision_minors",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True),
                    models.Q(
                        ("decided_on__isnull", False),
                        ("number__isnull", False),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_recorded_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="criteria_once"),
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("drafted", "proposed", "adopted", "shared"))), name="criteria_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                name="correction_number_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at__isnull", True)),
                fields=("round", "municipality"),
                name="correction_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerplan",
            constraint=models.UniqueConstraint(fields=("round", "municipality"), name="answer_plan_once"),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.UniqueConstraint(fields=("round", "gate"), name="skip_once"),
        ),
        migrations.AddConstraint(
            model_name="targets",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="targets_once"),
        ),
        migrations.AddConstraint(
            model_name="targets",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("drafted", "submitted", "decided"))), name="targets_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="targets",
            constraint=models.CheckConstraint(
                condition=models.Q(("national__isnull", True), ("national__range", (0, 1000000)), _connector="OR"),
                name="targets_national_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="targets",
            constraint=models.CheckConstraint(
                condition=models.Q(("under15__isnull", True), ("under15__range", (0, 1000000)), _connector="OR"),
                name="targets_under15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="targets",
            constraint=models.CheckConstraint(
                condition=models.Q(("from15__isnull", True), ("from15__range", (0, 1000000)), _connector="OR"),
                name="targets_from15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="proposal_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("queued", "computed", "failed", "shared"))), name="proposal_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="proposal_progress"),
        ),
        migrations.AddConstraint(
            model_name="countytarget",
            constraint=models.UniqueConstraint(fields=("targets", "county"), name="county_target_once"),
        ),
        migrations.AddConstraint(
            model_name="countytarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("number__range", (0, 1000000)), _connector="OR"),
                name="county_target_number_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="countytarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("under15__isnull", True), ("under15__range", (0, 1000000)), _connector="OR"),
                name="county_target_under15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="countytarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("from15__isnull", True), ("from15__range", (0, 1000000)), _connector="OR"),
                name="county_target_from15_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_on__isnull", True)),
                fields=("round", "kind", "key"),
                name="withholding_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("attachment", "letter", "minutes", "recommendation", "decision"))),
                name="withholding_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", ""), _negated=True), name="withholding_ground"
            ),
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("last", models.DateField()),
                ("season", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "step"), name="calendar_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                (
                                    "criteria",
                                    "forecast",
                                    "joint_meeting",
                                    "targets",
                                    "recommendation",
                                    "meetings",
                                    "letters",
                                    "answers",
                                ),
                            )
                        ),
                        name="calendar_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("season__in", ("", "june", "summer", "autumn"))), name="calendar_season"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FigureFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.TextField()),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="FigureSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="read_in")),
                ("indicator", models.TextField()),
                ("structure", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("taken", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("sequence", models.PositiveIntegerField(null=True, unique=True)),
                ("read_on", models.DateField()),
                ("accepted_on", models.DateField(null=True)),
                ("accepted_by", models.TextField(blank=True, default="")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sets", to="records.figurefile"
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        db_column="read_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read_in", "accepted", "refused", "taken_back"])),
                        name="figure_set_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("file", "indicator", "structure"),
                        name="figure_set_read_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_on__isnull", False), ("sequence__isnull", False), ("taken__isnull", False)
                            ),
                            models.Q(("sequence__isnull", True), ("state__in", ("read_in", "refused"))),
                            _connector="OR",
                        ),
                        name="figure_set_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureFetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(default="fetching")),
                ("what", models.TextField()),
                ("time", models.TextField()),
                ("asked_on", models.DateField()),
                ("why", models.JSONField(default=dict)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_column="asked_by",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["fetching", "fetched", "not_fetched"])),
                        name="figure_fetch_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "fetching")),
                        fields=("what", "time"),
                        name="figure_fetch_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_fetched"), models.Q(("why", {}), _negated=True)),
                            models.Q(models.Q(("state", "not_fetched"), _negated=True), ("why", {})),
                            _connector="OR",
                        ),
                        name="figure_fetch_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, BACK),
    ]
