"""Receipts of answers to the counties' needs: kept as they are, by a trigger that is written by hand."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_alerts"),
        ("records", "0005_needs"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="records.informationanswer",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("answer", "seat"), name="answer_receipt_once")],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_answerreceipt "
            "FOR EACH ROW EXECUTE FUNCTION records_kept();",
            migrations.RunSQL.noop,  # it goes with its table
        ),
    ]
