"""How e-mail of news leaves the house: by a server that the environment names, into a folder in the demo, else not."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bosett_web.operations.environment import Misconfigured, is_loopback

PORTS = {"smtp": 587, "smtps": 465}
"""The port of each way when none is named: with STARTTLS, and with TLS from the first sign."""


@dataclass(frozen=True, slots=True)
class MailWay:
    """How e-mail leaves: Django's backend, the server, and who it is from."""

    backend: str
    sender: str = ""
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @property
    def is_on(self) -> bool:
        """Whether anything is sent at all."""
        return not self.backend.endswith("dummy.EmailBackend")


def mail_way(of: Mapping[str, str], *, demo: bool) -> MailWay:
    """Return how e-mail leaves in an environment.

    Raises:
        Misconfigured: The address names no server, or nobody that it is from.
    """
    url, sender = of.get("BOSETT_MAIL_URL", ""), of.get("BOSETT_MAIL_FROM", "")
    if not url:
        kind = "filebased" if demo else "dummy"
        return MailWay(f"django.core.mail.backends.{kind}.EmailBackend", sender or "bosett@localhost")
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Misconfigured(
            "BOSETT_MAIL_URL must be smtp://user:password@host:port, or smtps:// for TLS from the start"
        )
    if "@" not in sender:
        raise Misconfigured("BOSETT_MAIL_FROM is not set: write the address that e-mail is from")
    return MailWay(
        "django.core.mail.backends.smtp.EmailBackend",
        sender,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=parts.scheme == "smtp" and not is_loopback(parts.hostname),
        tls=parts.scheme == "smtps",
    )


def address_of(hosts: list[str], port: str, *, demo: bool) -> str:
    """Return the address that links in an e-mail begin with."""
    host = next((each for each in hosts if each not in ("*", "localhost") and not is_loopback(each)), "")
    if host and not demo:
        return f"https://{host}"
    return f"http://127.0.0.1:{port or 8000}"
