"""The settings of the workspace with its clock moved by whole days: DJANGO_SETTINGS_MODULE=dated.

A year without the demo goes by the real date, and a walk through it must give the same whenever it is taken. The file
that DAYS_MOVED names says by how many days the clock is moved. Nothing else differs.
"""

import os
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

from django.apps import AppConfig
from django.utils import timezone

MOVED = "DAYS_MOVED"
_WHOLE = import_module("bosett_web.config.settings")
globals().update({name: value for name, value in vars(_WHOLE).items() if name.isupper()})
INSTALLED_APPS = [*_WHOLE.INSTALLED_APPS, "dated.Dated"]


def move(file: Path, day: date) -> None:
    """Let it be a day for all who read the file."""
    draft = file.with_suffix(".draft")
    draft.write_text(str((day - timezone.localdate()).days), encoding="ascii")
    draft.replace(file)


def now() -> datetime:
    """Return the moment, so many days away."""
    return timezone.now() + timedelta(days=int(Path(os.environ[MOVED]).read_text(encoding="ascii")))


class Dated(AppConfig):
    """Moves the one clock that the workspace reads."""

    name = "dated"

    def ready(self) -> None:
        """Put the moved clock in the place of Django's."""
        moved = SimpleNamespace(
            now=now,
            localdate=lambda moment=None: timezone.localdate(moment or now()),
            localtime=timezone.localtime,
            make_aware=timezone.make_aware,
        )
        import_module("bosett_web.records.clock").timezone = moved  # type: ignore[attr-defined]
