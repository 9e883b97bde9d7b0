"""The document of a form that was refused, held until the form is sent again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_former_wordings"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("person", models.BigIntegerField()),
                ("seat", models.BigIntegerField()),
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
            options={
                "indexes": [models.Index(fields=["at"], name="held_document_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "municipality", "person", "seat"), name="held_document_once"
                    )
                ],
            },
        ),
    ]
