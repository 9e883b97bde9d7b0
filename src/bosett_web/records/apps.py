"""Name of the app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
