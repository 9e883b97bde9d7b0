"""Who runs an installation: its name, whom to ask and whom to tell of a fault, and its statements on the web."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

DIRECTORATE = "Integrerings- og mangfoldsdirektoratet (IMDi)"
"""Who runs the round, and so the workspace where nobody else is named."""


@dataclass(frozen=True, slots=True)
class RunningBody:
    """Who runs an installation; empty where it is not told.

    Attributes:
        name: Name of the organisation.
        help_at: Where help is asked for: an e-mail address, or an address on the web.
        faults_at: Where faults are told.
        accessibility: Address of the statement on accessibility.
        privacy: Address of the statement on privacy.
    """

    name: str
    help_at: str
    faults_at: str
    accessibility: str
    privacy: str


def sender_of(of: Mapping[str, str]) -> RunningBody:
    """Return who runs an installation, by its environment; faults are told where help is asked for, if nothing else."""
    help_at = of.get("BOSETT_SENDER_HELP", "")
    return RunningBody(
        of.get("BOSETT_SENDER_NAME", "") or DIRECTORATE,
        linked(help_at),
        linked(of.get("BOSETT_SENDER_FAULTS", "") or help_at),
        of.get("BOSETT_SENDER_ACCESSIBILITY", ""),
        of.get("BOSETT_SENDER_PRIVACY", ""),
    )


def linked(contact: str) -> str:
    """Return the address that a link leads to: of an e-mail address one that begins a letter; empty stays empty."""
    return f"mailto:{contact}" if "@" in contact and "://" not in contact else contact


def web_fault(value: str) -> str:
    """Return what is wrong with an address on the web; empty when nothing is."""
    parts = urlsplit(value)
    return "" if parts.scheme == "https" and parts.hostname else "must be an address that begins with https://"


def contact_fault(value: str) -> str:
    """Return what is wrong with a contact; empty when nothing is."""
    name, at, host = value.partition("@")
    is_mail = bool(at and name and "." in host) and value.isprintable() and not set(value) & set(" <>?&,;:/")
    return "" if is_mail or not web_fault(value) else "must be an e-mail address, or one that begins with https://"
