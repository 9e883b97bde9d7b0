"""The database itself refuses to change or remove an event, whoever asks; the head alone moves, and only forward."""

from typing import ClassVar

from django.db import migrations

TABLES = ("journal_event", "journal_text", "journal_shield")

FORWARD = """
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
    for table in TABLES
)
BACK = "".join(f"DROP TRIGGER append_only ON {table};\n" for table in TABLES) + (
    "DROP TRIGGER journal_forward ON journal_head; DROP TRIGGER journal_keep ON journal_head;"
    "DROP FUNCTION journal_refuse(); DROP FUNCTION journal_forward();"
)


class Migration(migrations.Migration):
    """Triggers on the journal's tables."""

    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACK)]
