"""What strangers send is counted, and a form whose session had ended is kept for its person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="loginattempt",
            name="kind",
            field=models.CharField(default="tried", max_length=5),
        ),
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_form", to="accounts.person"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
        ),
    ]
