"""What day it is: the demo's own date, or the real one. The only place that reads a clock."""

from datetime import date, datetime, time

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

    When a letter came, when KS answered and from when the public sees are such moments. A demo's date that is left
    standing over midnight stays at its end: no moment comes before one that has been.
    """
    row, real = Clock.objects.filter(pk=1).first(), now()
    if row is None:
        return real
    local = timezone.localtime(real)
    over = local.date() > timezone.localtime(row.since).date()
    return timezone.make_aware(datetime.combine(row.day, time.max if over else local.time()))


def is_demo() -> bool:
    """Tell whether the workspace holds the demo, with a date of its own."""
    return bool(Clock.objects.filter(pk=1).exists())
