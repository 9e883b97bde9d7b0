"""A meeting can be called off and is known to calendars everywhere; a document can be withheld, and removed from a draft.

A meeting that there was gets its identity now, and the number that its calendar file had. A document that is attached to
a recommendation which has been submitted is taken as shown on its own day.
"""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import CheckConstraint, Q, UniqueConstraint

KINDS = (
    *("circular", "invitation", "cancellation", "agenda", "minutes", "recommendation"),
    *("request", "not_asked", "revised", "reminder"),
)
NOT_TO_BE = ("called_off", "dropped")
DOCUMENT_KINDS = ("attachment", "letter", "minutes", "recommendation", "decision")

KNOWN = """
UPDATE records_meeting SET
  uid = gen_random_uuid(),
  sequence = told.changes,
  changed_at = coalesce(told.last, changed_at)
FROM (
  SELECT m.id, count(e.id) FILTER (WHERE e.name = 'meeting.change') AS changes, max(e.at) AS last
  FROM records_meeting m LEFT JOIN journal_event e
    ON e.subject = 'meeting:' || m.round_id || ':' || coalesce(nullif(m.county, ''), 'joint')
    AND e.name IN ('meeting.plan', 'meeting.change', 'meeting.invite')
  GROUP BY m.id
) told
WHERE told.id = records_meeting.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

SHOWN = """
DROP TRIGGER kept ON records_attachment;
UPDATE records_attachment SET shown_on = day WHERE recommendation_id IN (
  SELECT id FROM records_recommendation WHERE state NOT IN ('open', 'ready')
  UNION SELECT recommendation_id FROM records_recommendationversion WHERE made <> 'kept'
);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

TRIGGERS = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_attachment
  FOR EACH ROW WHEN (OLD.shown_on IS NOT NULL) EXECUTE FUNCTION records_kept();
CREATE TRIGGER kept_draft BEFORE UPDATE ON records_attachment
  FOR EACH ROW WHEN (OLD.shown_on IS NULL) EXECUTE FUNCTION records_kept('shown_on');
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_withholding
  FOR EACH ROW WHEN (OLD.lifted_on IS NOT NULL) EXECUTE FUNCTION records_kept();
CREATE TRIGGER kept_until_lifted BEFORE UPDATE OR DELETE ON records_withholding
  FOR EACH ROW WHEN (OLD.lifted_on IS NULL) EXECUTE FUNCTION records_kept('lifted_on');
"""

BACK = """
DROP TRIGGER kept ON records_withholding;
DROP TRIGGER kept_until_lifted ON records_withholding;
DROP TRIGGER kept_draft ON records_attachment;
DROP TRIGGER kept ON records_attachment;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_attachment
  FOR EACH ROW EXECUTE FUNCTION records_kept();
"""


class Migration(migrations.Migration):
    """Meetings called off, their identity in calendars, documents withheld and removed."""

    dependencies: ClassVar = [("records", "0009_outcome_reason"), ("journal", "0002_append_only")]
    operations: ClassVar = [
        migrations.RemoveConstraint("formerwording", "former_wording_kind"),
        migrations.RemoveConstraint("letter", "letter_kind"),
        migrations.RemoveConstraint("meeting", "meeting_once"),
        migrations.RemoveConstraint("meeting", "meeting_state"),
        migrations.AddField("meeting", "called_off_on", models.DateField(null=True)),
        migrations.AddField("meeting", "called_off_why", models.TextField(blank=True, default="")),
        migrations.AddField("meeting", "changed_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddField("meeting", "sequence", models.PositiveIntegerField(default=0)),
        migrations.AddField("meeting", "uid", models.UUIDField(null=True)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AlterField("meeting", "uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
        migrations.AddConstraint(
            "formerwording", CheckConstraint(condition=Q(kind__in=KINDS), name="former_wording_kind")
        ),
        migrations.AddConstraint("letter", CheckConstraint(condition=Q(kind__in=KINDS), name="letter_kind")),
        migrations.AddConstraint(
            "meeting",
            UniqueConstraint(condition=~Q(state__in=NOT_TO_BE), fields=("round", "county"), name="meeting_once"),
        ),
        migrations.AddConstraint(
            "meeting",
            CheckConstraint(
                condition=Q(state__in=("planned", "invited", "held", *NOT_TO_BE)),
                name="meeting_state",
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            CheckConstraint(
                condition=Q(state__in=NOT_TO_BE, called_off_on__isnull=False) & ~Q(called_off_why="")
                | ~Q(state__in=NOT_TO_BE) & Q(called_off_on__isnull=True, called_off_why=""),
                name="meeting_called_off",
            ),
        ),
        migrations.AddField("attachment", "shown_on", models.DateField(null=True)),
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
            options={
                "constraints": [
                    UniqueConstraint(
                        condition=Q(lifted_on__isnull=True), fields=("round", "kind", "key"), name="withholding_once"
                    ),
                    CheckConstraint(condition=Q(kind__in=DOCUMENT_KINDS), name="withholding_kind"),
                    CheckConstraint(condition=~Q(ground=""), name="withholding_ground"),
                ]
            },
        ),
        migrations.RunSQL(SHOWN, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, BACK),
    ]
