"""Name of the app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
