"""A choice without its number, or a number without its choice, is refused: the check before let pass what was unknown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_desk"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="recommendationline",
            name="recommendation_line_asked",
        ),
        migrations.AddConstraint(
            model_name="recommendationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("number__isnull", True),
                        models.Q(("asked__isnull", True), ("asked", True), _connector="OR"),
                    ),
                    models.Q(
                        ("asked__isnull", False),
                        ("number__isnull", False),
                        models.Q(
                            models.Q(("asked", False), ("number", 0)),
                            models.Q(("asked", True), ("number__gt", 0)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="recommendation_line_asked",
            ),
        ),
    ]
