"""Name of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
