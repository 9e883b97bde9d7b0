"""What people are told of as news: how often and where to, what they have read, and what was sent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertSeen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.PositiveBigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "seat"), name="alert_seen_once")],
            },
        ),
        migrations.CreateModel(
            name="AlertSent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("after", models.PositiveBigIntegerField()),
                ("upto", models.PositiveBigIntegerField()),
                ("state", models.TextField(default="begun")),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("why", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "seat", "upto"), name="alert_sent_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["begun", "failed", "sent", "lost"])), name="alert_sent_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("upto__gt", models.F("after"))), name="alert_sent_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("often", models.TextField(default="never")),
                ("address", models.TextField(blank=True, default="")),
                ("since", models.PositiveBigIntegerField(default=0)),
                ("sent_on", models.DateField(null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="accounts.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("often__in", ["never", "daily", "at_once"])), name="alert_often"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("often", "never")),
                            models.Q(
                                models.Q(("often", "never"), _negated=True), models.Q(("address", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="alert_address",
                    ),
                ],
            },
        ),
    ]
