"""Slowing those who try to log in many times: at most so many tries a minute from one address."""

from datetime import datetime, timedelta

from bosett_web.accounts.models import LoginAttempt

WINDOW = timedelta(minutes=1)
MOST = 30
"""Tries within the window: room for an office behind one address, none for a machine that guesses."""


def count_attempt(address: str, at: datetime) -> None:
    """Count a try to log in; those before the window are forgotten."""
    LoginAttempt.objects.filter(at__lte=at - WINDOW).delete()
    LoginAttempt.objects.create(address=address, at=at)


def too_many(address: str, at: datetime) -> bool:
    """Tell whether an address has tried so many times that it must wait."""
    return LoginAttempt.objects.filter(address=address, at__gt=at - WINDOW).count() >= MOST
