"""What the environment says: read once, refused with words when it cannot be right."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(ValueError):
    """The environment asks for what cannot be."""


def flag(name: str, *, default: bool = False, of: Mapping[str, str] = os.environ) -> bool:
    """Return whether a variable is on."""
    said = of.get(name, "").strip().lower()
    if said in {"", "0", "no", "false", "off"}:
        return default if said == "" else False
    if said in {"1", "yes", "true", "on"}:
        return True
    raise Misconfigured(f"{name}={said!r}: write 1 or 0")


def database(url: str) -> dict[str, Any]:
    """Return Django's settings of a database from its address.

    Args:
        url: `postgresql://user:password@host:port/name?option=value`; the folder of a socket as `?host=/folder`.

    Raises:
        Misconfigured: It names another database than PostgreSQL, or none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Misconfigured(
            "DATABASE_URL must begin with postgresql://: Bosett runs on PostgreSQL and no other database"
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise Misconfigured("DATABASE_URL names no database: end it with /name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }


def secret_key(folder: Path, *, demo: bool, of: Mapping[str, str] = os.environ) -> str:
    """Return the key that signs sessions; in the demo a random one, kept in the folder.

    Raises:
        Misconfigured: No key is given outside the demo.
    """
    if given := of.get("BOSETT_SECRET_KEY"):
        return given
    if not demo:
        raise Misconfigured("BOSETT_SECRET_KEY is not set: outside the demo name a random key of 50 characters or more")
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
