"""Where somebody comes back to after logging in: an address of our own that can be read, and never one elsewhere."""

from urllib.parse import unquote, urlencode, urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"
"""What the question of the login calls the address to come back to, and the session while an issuer is asked."""
LONGEST = 1000
"""Characters of an address that is come back to; a longer one is left."""
OF_LOGIN = frozenset({"home", "login", "login_start", "login_callback", "role", "first", "kept"})
"""What logging in itself goes through."""
NO_PAGES = frozenset({"icon", "healthz", "metrics", "cells"})
"""What nobody reads as a page or a file."""
SENT_TO = frozenset(
    {
        *("demo_login", "demo_walk", "logout", "set_display", "move_clock", "alerts_read", "access_invite"),
        *("access_change", "open_round", "read_in", "figures_read", "figures_fetch", "figures_change"),
        *("county_capacity_upload", "targets_fill", "addresses_upload", "upload", "upload_apply", "given_read"),
        *("ledger_upload", "ledger_apply", "do"),
    }
)
"""What only takes a form, so that nobody can come back to it; a test holds this against every address."""


def own_address(written: str) -> str:
    """Return an address within the workspace, with its question; empty for any other, and for what is no address."""
    within = written.startswith("/") and written.isprintable() and "\\" not in written
    if not within or not url_has_allowed_host_and_scheme(written, allowed_hosts=None):
        return ""
    return written


def led_back(written: str) -> str:
    """Return the address that somebody comes back to when they have logged in; empty where there is none to come to.

    It is one of ours that answers whoever reads, and no part of logging in or out.
    """
    address = own_address(written) if len(written) <= LONGEST else ""
    if not address:
        return ""
    try:
        match = resolve(unquote(urlsplit(address).path))
    except (Resolver404, ValueError):
        return ""
    if match.namespaces or match.view_name in OF_LOGIN | NO_PAGES | SENT_TO:
        return ""
    return address


def login_address(address: str) -> str:
    """Return the address of the login from which one comes back to an address, when one can."""
    back = led_back(address)
    return reverse("login") + (f"?{urlencode({NEXT: back}, safe='/')}" if back else "")
