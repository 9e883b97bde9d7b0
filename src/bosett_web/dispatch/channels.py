"""Which channel an installation sends by: read from the environment once, refused when it cannot be right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from bosett_web.dispatch import svarut
from bosett_web.dispatch.eformidling import EFormidlingDispatch
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.dispatch.maskinporten import Access, Client
from bosett_web.dispatch.port import Channel, Dispatch
from bosett_web.dispatch.svarut import SvarUtDispatch
from bosett_web.dispatch.web import Service

ISSUER = "https://maskinporten.no/"
SCOPE = "ks:fiks"
SECONDS = "BOSETT_DISPATCH_SECONDS"
MASKINPORTEN_ISSUER = "BOSETT_MASKINPORTEN_ISSUER"
_IN_FILES = ("BOSETT_SVARUT_PASSWORD", "BOSETT_MASKINPORTEN_KEY")
"""Secrets that may stand in a file, named by the same variable with _FILE at its end."""


class NoSuchChannel(ValueError):
    """The environment asks for a channel that cannot be."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A channel, what it needs, and how long a service may take; secrets are not shown when it is printed."""

    channel: Channel
    folder: Path
    values: tuple[tuple[str, str], ...] = field(repr=False)
    seconds: float = 60

    @property
    def needs_address(self) -> bool:
        """Whether it sends nothing to whose postal address is not known."""
        return WAYS[self.channel].needs_address


@dataclass(frozen=True, slots=True)
class Way:
    """How a channel is chosen and made.

    Attributes:
        needed: The settings that it must be given.
        port: From the choice to its adapter.
        seconds: How long its service may take when nothing is said.
        needs_address: Whether it sends nothing to whose postal address is not known.
    """

    needed: tuple[str, ...]
    port: Callable[[Choice], Dispatch]
    seconds: float = 60
    needs_address: bool = False


def choice_of(environment: Mapping[str, str], folder: Path) -> Choice:
    """Return the channel that the environment asks for; `folder` is where letters lie when nothing is said.

    Raises:
        NoSuchChannel: It is none of ours, its address or secrets are missing, or the key is none.
    """
    asked = environment.get("BOSETT_DISPATCH") or Channel.FOLDER
    if asked not in [*Channel]:
        raise NoSuchChannel(f"BOSETT_DISPATCH={asked!r}: write one of {', '.join(Channel)}")
    channel = Channel(asked)
    settings = {**environment, **_from_files(environment)}
    way = WAYS[channel]
    missing = [name for name in way.needed if not settings.get(name)]
    if missing:
        raise NoSuchChannel(f"BOSETT_DISPATCH={channel} needs {', '.join(missing)}: set them in the environment")
    values = {name: settings[name] for name in way.needed}
    if channel is Channel.SVARUT:
        values[MASKINPORTEN_ISSUER] = settings.get(MASKINPORTEN_ISSUER) or ISSUER
        _key(values["BOSETT_MASKINPORTEN_KEY"])
    seconds = _seconds(environment[SECONDS]) if environment.get(SECONDS) else way.seconds
    return Choice(channel, Path(settings.get("BOSETT_DISPATCH_FOLDER") or folder), tuple(values.items()), seconds)


@cache
def port_of(choice: Choice) -> Dispatch:
    """Return the channel that was chosen; one for a process, so that its token is shared."""
    return WAYS[choice.channel].port(choice)


def _from_files(environment: Mapping[str, str]) -> dict[str, str]:
    settings = {}
    for name in _IN_FILES:
        path = environment.get(f"{name}_FILE")
        if path and not environment.get(name):
            try:
                settings[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as fault:
                raise NoSuchChannel(f"{name}_FILE={path!r} cannot be read: {type(fault).__name__}") from None
    return settings


def _key(text: str) -> RSAKey:
    """Return a private key from its PEM.

    Raises:
        NoSuchChannel: It is none. What it is, is not told.
    """
    try:
        key = RSAKey.import_key(text)
    except (JoseError, ValueError, TypeError):
        key = None
    if key is None or not key.is_private:
        raise NoSuchChannel(
            "BOSETT_MASKINPORTEN_KEY holds no private RSA key: give it as PEM, or name its file"
        ) from None
    return key


def _seconds(written: str) -> float:
    if not (written.isascii() and written.isdigit() and len(written) <= 4 and 1 <= int(written) <= 3600):
        raise NoSuchChannel(f"{SECONDS}={written!r}: write a whole number of seconds, 1 to 3600")
    return float(written)


def _folder(choice: Choice) -> Dispatch:
    return FolderDispatch(choice.folder)


def _eformidling(choice: Choice) -> Dispatch:
    of = dict(choice.values)
    return EFormidlingDispatch(Service(of["BOSETT_EFORMIDLING_URL"], seconds=choice.seconds))


def _svarut(choice: Choice) -> Dispatch:
    of = dict(choice.values)
    headers = {"IntegrasjonId": of["BOSETT_SVARUT_INTEGRATION"], "IntegrasjonPassord": of["BOSETT_SVARUT_PASSWORD"]}
    issuer = of[MASKINPORTEN_ISSUER].rstrip("/") + "/"
    client = Client(
        issuer=issuer,
        token_address=f"{issuer}token",
        name=of["BOSETT_MASKINPORTEN_CLIENT"],
        key=_key(of["BOSETT_MASKINPORTEN_KEY"]),
        key_id=of["BOSETT_MASKINPORTEN_KEY_ID"],
        scope=SCOPE,
    )
    service = Service(of["BOSETT_SVARUT_URL"], headers, choice.seconds, Access(client))
    return SvarUtDispatch(service, of["BOSETT_SVARUT_ACCOUNT"])


WAYS: Mapping[Channel, Way] = {
    Channel.FOLDER: Way(needed=(), port=_folder, seconds=0),
    Channel.EFORMIDLING: Way(needed=("BOSETT_EFORMIDLING_URL",), port=_eformidling),
    Channel.SVARUT: Way(
        needed=(
            *("BOSETT_SVARUT_URL", "BOSETT_SVARUT_ACCOUNT", "BOSETT_SVARUT_INTEGRATION", "BOSETT_SVARUT_PASSWORD"),
            *("BOSETT_MASKINPORTEN_CLIENT", "BOSETT_MASKINPORTEN_KEY", "BOSETT_MASKINPORTEN_KEY_ID"),
        ),
        port=_svarut,
        seconds=svarut.SECONDS,
        needs_address=True,
    ),
}
"""Every channel."""
