"""What day it is: the demo's own date, or the real one. The only place that reads a clock."""

from datetime import date, datetime

from django.utils import timezone

from bosett_web.records.models import Clock


def today() -> date:
    """Return the workspace's date."""
    row = Clock.objects.filter(pk=1).first()
    return row.day if row else timezone.localdate()


def now() -> datetime:
    """Return the real moment, with its zone: what the journal orders by."""
    return timezone.now()


def is_demo() -> bool:
    """Tell whether the workspace holds the demo, with a date of its own."""
    return bool(Clock.objects.filter(pk=1).exists())
