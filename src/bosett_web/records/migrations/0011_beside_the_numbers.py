"""What a county keeps beside the numbers of its sheet: columns of its own, and notes at cells."""

from django.db import migrations, models

TEXTS = (
    *("own1", "own2", "own3"),
    *("note_signal", "note_signal_minors", "note_number", "note_under15", "note_from15"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_releases"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="own_columns",
            field=models.JSONField(db_default={}, default=dict),
        ),
        *(
            migrations.AddField(
                model_name="recommendationline",
                name=name,
                field=models.TextField(blank=True, db_default="", default=""),
            )
            for name in TEXTS
        ),
    ]
