"""Name of the app, and the shelf that it gives the core."""

from django.apps import AppConfig

from bosett.parameters import put_up


class RecordsConfig(AppConfig):
    """The app's name and label."""

    name = "bosett_web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the core the shelf on which written rules lie: by their ids it loads them as it loads what is there."""
        put_up(self.text_of)

    def text_of(self, name: str) -> str | None:
        """Return the text of a written rule; None when it is not here. One query."""
        rules = self.get_model("WrittenRule")._default_manager  # noqa: SLF001  - that is its public name in Django
        rows = rules.filter(pk=name).values_list("text", flat=True)
        return next((str(text) for text in rows), None)
