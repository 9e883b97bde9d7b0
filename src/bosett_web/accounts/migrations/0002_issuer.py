"""Whom a person acts for, as the issuer says; and tries to log in."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add a person's organisation number and the tries to log in; the demo's people get their organisation's number."""

    dependencies: ClassVar = [("accounts", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("person", "orgnr", models.CharField(max_length=9, default=""), preserve_default=False),
        migrations.RunSQL(
            "UPDATE accounts_person SET orgnr = split_part(subject, ':', 1) WHERE issuer = 'demo'",
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="LoginAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["address", "at"], name="attempt_by_address")]},
        ),
    ]
