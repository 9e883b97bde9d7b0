"""Which channel an installation sends by: read from the environment once, refused when it cannot be right."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bosett_web.dispatch.eformidling import EFormidlingDispatch
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.dispatch.port import Dispatch
from bosett_web.dispatch.svarut import SvarUtDispatch
from bosett_web.dispatch.web import Service

CHANNELS = ("folder", "eformidling", "svarut")
_NEEDED = {
    "folder": (),
    "eformidling": ("BOSETT_EFORMIDLING_URL",),
    "svarut": (
        *("BOSETT_SVARUT_URL", "BOSETT_SVARUT_ACCOUNT", "BOSETT_SVARUT_TOKEN"),
        *("BOSETT_SVARUT_INTEGRATION", "BOSETT_SVARUT_PASSWORD"),
    ),
}


class NoSuchChannel(ValueError):
    """The environment asks for a channel that cannot be."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A channel and what it needs; secrets are not shown when it is printed."""

    channel: str
    folder: Path
    values: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Choice({self.channel})"


def choice_of(environment: Mapping[str, str], folder: Path) -> Choice:
    """Return the channel that the environment asks for; `folder` is where letters lie when nothing is said.

    Raises:
        NoSuchChannel: It is none of ours, or its address or secrets are missing.
    """
    channel = environment.get("BOSETT_DISPATCH") or "folder"
    if channel not in CHANNELS:
        raise NoSuchChannel(f"BOSETT_DISPATCH={channel!r}: write one of {', '.join(CHANNELS)}")
    missing = [name for name in _NEEDED[channel] if not environment.get(name)]
    if missing:
        raise NoSuchChannel(f"BOSETT_DISPATCH={channel} needs {', '.join(missing)}: set them in the environment")
    values = {name: environment[name] for name in _NEEDED[channel]}
    return Choice(channel, Path(environment.get("BOSETT_DISPATCH_FOLDER") or folder), values)


def port_of(choice: Choice) -> Dispatch:
    """Return the channel that was chosen."""
    of = choice.values
    if choice.channel == "eformidling":
        return EFormidlingDispatch(Service(of["BOSETT_EFORMIDLING_URL"]))
    if choice.channel == "svarut":
        headers = {
            "Authorization": f"Bearer {of['BOSETT_SVARUT_TOKEN']}",
            "IntegrasjonId": of["BOSETT_SVARUT_INTEGRATION"],
            "IntegrasjonPassord": of["BOSETT_SVARUT_PASSWORD"],
        }
        return SvarUtDispatch(Service(of["BOSETT_SVARUT_URL"], headers), of["BOSETT_SVARUT_ACCOUNT"])
    return FolderDispatch(choice.folder)
