"""What day it is: the demo's own date, or the real one. The only place that reads a clock."""

from datetime import date, datetime

from django.utils import timezone

from bosett_web.records.models import Clock


def today() -> date:
    """Return the workspace's date."""
    row = Clock.objects.filter(pk=1).first()
    return row.day if row else timezone.localdate()


def now() -> datetime:
    """Return the real moment, with its zone: what the journal orders by, and how long something has waited."""
    return timezone.now()


def moment() -> datetime:
    """Return the moment as the round tells it: in the demo its own date at this time of day, else the real moment.

    When a letter came, when KS answered and from when the public sees are such moments.
    """
    row, real = Clock.objects.filter(pk=1).first(), now()
    return real if row is None else timezone.make_aware(datetime.combine(row.day, timezone.localtime(real).time()))


def is_demo() -> bool:
    """Tell whether the workspace holds the demo, with a date of its own."""
    return bool(Clock.objects.filter(pk=1).exists())
