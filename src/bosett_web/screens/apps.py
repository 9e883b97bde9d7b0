"""Name of the app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.screens"
    label = "pages"
