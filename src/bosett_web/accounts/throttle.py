"""Slowing those who send many forms without being logged in, or try to log in many times: so many a minute, by address.

Reading is never slowed: municipalities share addresses.
"""

import ipaddress
from datetime import datetime, timedelta

from bosett_web.accounts.models import LoginAttempt

WINDOW = timedelta(minutes=1)
TRIED, SENT = "tried", "sent"
"""What is counted: tries to log in that go to the issuer or fail; and forms from somebody who is not logged in."""
MOST = {TRIED: 30, SENT: 300}
"""Of each within the window: room for offices behind one address, none for a machine that guesses or fills."""
LINE = 64
"""Bits that name whose line an address of the new kind is on: the rest is theirs to choose."""


def count(kind: str, address: str, at: datetime) -> None:
    """Count one of a kind; those before the window are forgotten."""
    forget(at)
    LoginAttempt.objects.create(kind=kind, address=source(address), at=at)


def too_many(kind: str, address: str, at: datetime) -> bool:
    """Tell whether an address has done one kind so many times that it must wait."""
    done = LoginAttempt.objects.filter(kind=kind, address=source(address), at__gt=at - WINDOW).count()
    return done >= MOST[kind]


def forget(at: datetime) -> None:
    """Forget what was counted before the window."""
    LoginAttempt.objects.filter(at__lte=at - WINDOW).delete()


def source(address: str) -> str:
    """Return what an address counts by: itself, or of the new kind (IPv6) the network that its line has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), LINE), strict=False))
