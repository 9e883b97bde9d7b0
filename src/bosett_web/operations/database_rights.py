"""What the application's role may do in the database: read and write rows, and to the journal only add.

It owns nothing, so it can neither change a table nor disable a trigger; and it may truncate nothing.
"""

from django.db import connection

APPEND_ONLY = ("journal_event", "journal_text", "journal_shield")
SEAL = "journal_head"


def give(role: str) -> None:
    """Give a role its rights on every table of the workspace; safe to run again. The owner's connection runs it."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}")
        for table in (*APPEND_ONLY, SEAL, "django_migrations"):
            cursor.execute(f"REVOKE ALL ON {connection.ops.quote_name(table)} FROM {quoted}")
            cursor.execute(f"GRANT SELECT ON {connection.ops.quote_name(table)} TO {quoted}")
        for table in (*APPEND_ONLY, SEAL):
            cursor.execute(f"GRANT INSERT ON {connection.ops.quote_name(table)} TO {quoted}")
        cursor.execute(f"GRANT UPDATE ON {connection.ops.quote_name(SEAL)} TO {quoted}")
