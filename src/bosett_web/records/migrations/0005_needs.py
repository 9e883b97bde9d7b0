"""Answers to the counties' needs as documents of their own, and the words of needs and answers to be searched.

The triggers are written by hand, the rest is made by Django.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

KEPT = "".join(
    f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON records_{table} FOR EACH ROW EXECUTE FUNCTION records_kept();\n"
    for table in ("informationanswer", "answerdocument")
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_placement"),
    ]

    operations = [
        migrations.CreateModel(
            name="InformationAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.TextField()),
                ("text", models.TextField()),
                ("day", models.DateField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="information_answers",
                        to="records.settlementround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="records.informationanswer",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="given",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="records.informationanswer",
            ),
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", config="norwegian"), name="information_need_words"
            ),
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", "answer", config="norwegian"),
                name="information_whole_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("to__in", ["to_one", "to_all"])), name="information_answer_to"
            ),
        ),
        migrations.AddConstraint(
            model_name="informationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="information_answer_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="answerdocument",
            constraint=models.UniqueConstraint(fields=("answer", "sha256"), name="answer_document_once"),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),  # the triggers go with their tables
    ]
