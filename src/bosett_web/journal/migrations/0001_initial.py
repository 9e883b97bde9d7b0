"""The journal's tables. The database itself refuses to change or remove what they hold, whoever asks.

The head of a chain alone moves, and only forward. The triggers are written by hand, the tables made by Django.
"""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = ("journal_event", "journal_text", "journal_shield")

TRIGGERS = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION journal_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.chain <> OLD.chain OR NEW.number <> OLD.number + 1 THEN
    RAISE EXCEPTION 'the seal of a chain moves one event at a time' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_forward BEFORE UPDATE OR DELETE ON journal_head FOR EACH ROW EXECUTE FUNCTION journal_forward();
CREATE TRIGGER journal_keep BEFORE TRUNCATE ON journal_head FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
""" + "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();\n"
    for table in APPEND_ONLY
)
# The triggers go with their tables.
BACK = "DROP FUNCTION journal_refuse() CASCADE; DROP FUNCTION journal_forward() CASCADE;"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.TextField(unique=True)),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default="", max_length=64)),
            ],
            options={
                "db_table": "journal_head",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.TextField()),
                ("number", models.PositiveBigIntegerField()),
                ("name", models.TextField()),
                ("round", models.PositiveSmallIntegerField(null=True)),
                ("subject", models.TextField()),
                ("person", models.BigIntegerField(null=True)),
                ("seat", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("body", models.TextField()),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "journal_event",
                "indexes": [
                    models.Index(fields=["subject"], name="journal_eve_subject_12bfe6_idx"),
                    models.Index(fields=["round", "at"], name="journal_eve_round_497e46_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("chain", "number"), name="journal_event_once")],
            },
        ),
        migrations.CreateModel(
            name="FreeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.TextField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="journal.event"
                    ),
                ),
            ],
            options={
                "db_table": "journal_text",
            },
        ),
        migrations.CreateModel(
            name="Refused",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("what", models.CharField(max_length=64)),
                ("times", models.PositiveBigIntegerField(default=1)),
                ("last_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refused", to="journal.event"
                    ),
                ),
            ],
            options={
                "db_table": "journal_refused",
            },
        ),
        migrations.CreateModel(
            name="Shield",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.event"
                    ),
                ),
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shield", to="journal.freetext"
                    ),
                ),
            ],
            options={
                "db_table": "journal_shield",
            },
        ),
        migrations.AddConstraint(
            model_name="freetext",
            constraint=models.UniqueConstraint(fields=("event", "field"), name="journal_text_once"),
        ),
        migrations.AddConstraint(
            model_name="refused",
            constraint=models.UniqueConstraint(fields=("day", "what"), name="journal_refused_once"),
        ),
        migrations.RunSQL(TRIGGERS, BACK),
    ]
