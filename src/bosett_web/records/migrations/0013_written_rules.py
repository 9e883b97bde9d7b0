"""Rules that were written here, by the id that is their content: none changes, and none goes away."""

from django.db import migrations, models

KEPT = (
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_writtenrule FOR EACH ROW EXECUTE FUNCTION records_kept();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_alternatives"),
    ]

    operations = [
        migrations.CreateModel(
            name="WrittenRule",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__regex", "^no-[0-9]{4}-written-[0-9a-f]{64}$")), name="written_rule_id"
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="written_rule_text"),
                ],
            },
        ),
        # The trigger goes with its table.
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
