"""Name of the app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
