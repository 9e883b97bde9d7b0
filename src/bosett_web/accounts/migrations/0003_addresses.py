"""Where organisations get paper post."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_issuer"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostalAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lines", models.TextField()),
                ("postal_code", models.CharField(max_length=4)),
                ("place", models.TextField()),
                ("publisher", models.TextField()),
                ("known_on", models.DateField()),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="address", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("postal_code__regex", "^\\d{4}$")), name="address_postal_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lines", ""), _negated=True), models.Q(("place", ""), _negated=True)
                        ),
                        name="address_whole",
                    ),
                ],
            },
        ),
    ]
