"""What letters said the year before, and the agenda as a kind of letter."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("language", models.CharField(max_length=2)),
                ("text", models.TextField()),
                ("source", models.TextField()),
                ("day", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_kind",
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
        migrations.AddField(
            model_name="formerwording",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_wordings",
                to="records.settlementround",
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
    ]
