"""What has been published: counts with what of them is hidden, releases, and the parts that these are made of."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = "".join(
    f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION records_kept();"
    for table in ("records_countrelease", "records_releasepart", "records_publishedrelease")
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_forecast_document"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("content", models.BinaryField()),
                ("published", models.CharField(max_length=64)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_releases",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "day"), name="count_release_once")],
            },
        ),
        migrations.CreateModel(
            name="ReleasePart",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="PublishedRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("head", models.JSONField()),
                ("parts", models.JSONField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="records.settlementround",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "number"), name="published_release_once")],
            },
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
