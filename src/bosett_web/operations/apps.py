"""Name of the app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
