"""What the environment says: read once, refused with words when it cannot be right or is not safe."""

import ipaddress
import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(ValueError):
    """The environment asks for what cannot be."""


CHECKOUT = Path(__file__).resolve().parents[3]


def in_checkout() -> bool:
    """Tell whether this is a checkout of the source, and no installed package."""
    return Path(__file__).resolve().parents[2] == CHECKOUT / "src"


def with_files(of: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the environment with those secrets filled in that stand in files: NAME_FILE names the file of NAME.

    Args:
        of: The environment.
        names: The secrets that may stand in a file.

    Raises:
        Misconfigured: A file cannot be read, or a secret is given in both ways.
    """
    filled = dict(of)
    for name in names:
        path = of.get(f"{name}_FILE")
        if not path:
            continue
        if of.get(name):
            raise Misconfigured(f"{name} and {name}_FILE are both set: leave out one of them")
        try:
            filled[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise Misconfigured(f"{name}_FILE={path!r} cannot be read: {type(fault).__name__}") from None
    return filled


def flag(name: str, *, default: bool = False, of: Mapping[str, str] = os.environ) -> bool:
    """Return whether a variable is on."""
    written = of.get(name, "").strip().lower()
    if written in {"", "0", "no", "false", "off"}:
        return default if written == "" else False
    if written in {"1", "yes", "true", "on"}:
        return True
    raise Misconfigured(f"{name}={written!r}: write 1 or 0")


def database(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's settings of a database from its address.

    Args:
        url: `postgresql://user:password@host:port/name?option=value`; the folder of a socket as `?host=/folder`.
        name: The setting that it stands in.

    Raises:
        Misconfigured: It names another database than PostgreSQL, or none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Misconfigured(f"{name} must begin with postgresql://: Bosett runs on PostgreSQL and no other database")
    own = unquote(parts.path.lstrip("/"))
    if not own:
        raise Misconfigured(f"{name} names no database: end it with /name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": own,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }


LOOPBACK = "localhost,127.0.0.1,[::1]"
"""The names of this machine for itself."""


def is_loopback(host: str) -> bool:
    """Tell whether a host's name or address is this machine's own for itself."""
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host == "localhost"


def is_demo(host: str, *, asked: bool, of: Mapping[str, str] = os.environ) -> bool:
    """Tell whether to start the demo, in which anybody walks in as any party.

    Args:
        host: Where the workspace is to listen.
        asked: Whether who starts it asks for the demo where nothing else is said, as `make run` does.
        of: The environment.

    Raises:
        Misconfigured: Others than this machine could reach the demo, or there would be no way to log in.
    """
    others = [name for name in ("DATABASE_URL", "OIDC_ISSUER") if of.get(name)]
    others += [] if is_loopback(host) else [f"HOST={host}"]
    demo = flag("BOSETT_DEMO", default=asked and not others, of=of)
    if demo and not is_loopback(host):
        raise Misconfigured(
            f"HOST={host} can be reached from other machines, and in the demo anybody walks in as any party. "
            "Leave HOST out, or BOSETT_DEMO"
        )
    if not demo and not of.get("OIDC_ISSUER"):
        beside = " and ".join(others)
        why = f"the demo does not start by itself beside {beside}" if others else "no demo is asked for"
        raise Misconfigured(
            f"nobody could log in: {why}, and OIDC_ISSUER names no issuer. Name one, with OIDC_CLIENT_ID and "
            "OIDC_CLIENT_SECRET; or ask for the demo by BOSETT_DEMO=1, on this machine only"
        )
    return demo


def hosts(*, demo: bool, of: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names that the workspace answers to.

    Raises:
        Misconfigured: Other machines would be answered in the demo, or by plain HTTP.
    """
    names = [name.strip() for name in (of.get("BOSETT_HOSTS") or LOOPBACK).split(",") if name.strip()]
    beyond = [name for name in names if not is_loopback(name)]
    if beyond and demo:
        raise Misconfigured(f"BOSETT_HOSTS names {', '.join(beyond)}: the demo answers to this machine's names only")
    if beyond:
        refuse_plain_http(f"BOSETT_HOSTS names {', '.join(beyond)}", of=of)
    return names


def refuse_plain_http(why: str, *, of: Mapping[str, str] = os.environ) -> None:
    """Refuse to be reached from other machines unless a proxy stands before, which speaks TLS with them.

    Args:
        why: What makes other machines reach it, as the words begin.
        of: The environment.

    Raises:
        Misconfigured: No proxy is declared.
    """
    if not flag("BOSETT_BEHIND_PROXY", of=of):
        raise Misconfigured(
            f"{why}, and plain HTTP is not for other machines: let a proxy with TLS stand before the workspace, which "
            "sets X-Forwarded-For and X-Forwarded-Proto, and declare it by BOSETT_BEHIND_PROXY=1"
        )


SHORTEST_KEY, FEWEST_SIGNS = 50, 16
MAKE_A_KEY = "make one by: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def given_key(*, demo: bool, of: Mapping[str, str] = os.environ) -> str:
    """Return the key that is given; empty in a demo without one.

    Raises:
        Misconfigured: No key is given outside the demo, or one that can be guessed.
    """
    given = of.get("BOSETT_SECRET_KEY", "")
    if not given and not demo:
        raise Misconfigured(f"BOSETT_SECRET_KEY is not set: outside the demo it is needed; {MAKE_A_KEY}")
    weak = len(given) < SHORTEST_KEY or len(set(given)) < FEWEST_SIGNS or given.startswith("django-insecure-")
    if given and weak:
        raise Misconfigured(
            f"BOSETT_SECRET_KEY can be guessed: it needs {SHORTEST_KEY} random signs or more, of at least "
            f"{FEWEST_SIGNS} kinds; {MAKE_A_KEY}"
        )
    return given


def secret_key(folder: Path, *, demo: bool, of: Mapping[str, str] = os.environ) -> str:
    """Return the key that signs sessions; in the demo a random one, kept in the folder, where none is given.

    Raises:
        Misconfigured: As `given_key`.
    """
    if given := given_key(demo=demo, of=of):
        return given
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written whole under another name: two processes that start together read one and the same key.
        draft = folder / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")
