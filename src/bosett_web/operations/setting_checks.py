"""What may be wrong with a setting: why one that is left out is needed, and why a value cannot stand.

Each answers with the end of a sentence that begins with the setting's name; empty when all is well.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett_web.dispatch.channels import WAYS, choice_of
from bosett_web.dispatch.port import Channel
from bosett_web.operations.environment import (
    MAKE_A_KEY,
    database,
    flag,
    given_key,
    hosts,
    in_checkout,
    is_loopback,
    refuse_plain_http,
)
from bosett_web.operations.mailing import mail_way
from bosett_web.operations.sender import contact_fault, web_fault
from bosett_web.queries.borders import read_saved

Environment = Mapping[str, str]
Need = Callable[[str, Environment], str]
"""Why a setting of a name, that is left out, is needed in an environment."""
Check = Callable[[str, Environment], str]
"""What is wrong with a value, and what to do."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SHORTEST_TOKEN = 32


def not_needed(_name: str, _: Environment) -> str:
    """Answer that it may be left out."""
    return ""


def stands(_value: str, _: Environment) -> str:
    """Answer that any value can stand."""
    return ""


def no_demo(value: str, of: Environment) -> str:
    """Refuse the demo where the workspace is to run for real."""
    if not flag("BOSETT_DEMO", of=of):
        return ""
    return f"is {value}: in the demo anybody walks in as any party. Leave it out; `bosett-web demo` starts the demo"


def proxy(_: str, of: Environment) -> str:
    """Refuse what is neither 1 nor 0."""
    flag("BOSETT_BEHIND_PROXY", of=of)
    return ""


def asking(_: str, of: Environment) -> str:
    """Refuse what is neither 1 nor 0."""
    flag("BOSETT_ASK_PUBLISHERS", of=of)
    return ""


def mail(_: str, of: Environment) -> str:
    """Refuse an address of no server, and e-mail that is from nobody."""
    mail_way(of, demo=False)
    return ""


def contact(value: str, _: Environment) -> str:
    """Refuse what nobody can be reached by."""
    return contact_fault(value)


def web_address(value: str, _: Environment) -> str:
    """Refuse what is no address on the web."""
    return web_fault(value)


def borders(value: str, _: Environment) -> str:
    """Refuse a folder without borders, and a file that cannot be read as such."""
    try:
        maps = [read_saved(Path(value), structure) for structure in Structure]
    except Refusal as fault:
        return f"cannot be read: {fault}"
    names = ", ".join(f"{structure.value}.geojson" for structure in Structure)
    return "" if any(maps) else f"is {value}: there is none of {names} in it"


def key_needed(_: str, of: Environment) -> str:
    """Ask for the key that signs sessions."""
    given_key(demo=False, of=of)
    return ""


def key(_: str, of: Environment) -> str:
    """Refuse a key that can be guessed."""
    return key_needed("", of)


def names(_: str, of: Environment) -> str:
    """Refuse names of other machines without a proxy."""
    hosts(demo=False, of=of)
    return ""


def var_needed(_name: str, _: Environment) -> str:
    """Ask for the folder outside a checkout."""
    return "" if in_checkout() else "is not set: name the folder for letters, bound files and logs"


def folder(value: str, _: Environment) -> str:
    """Refuse a folder that is not named whole, or that cannot be written."""
    path = Path(value)
    if not path.is_absolute():
        return f"is {value}: write the whole path, from / on"
    nearest = next(each for each in (path, *path.parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return f"is {value}: who runs this may not write there"
    return ""


def database_address(value: str, _: Environment, name: str = "DATABASE_URL") -> str:
    """Refuse an address of no PostgreSQL, and one that leaves open whether the way there is encrypted."""
    parts = database(value, name)
    host, options = str(parts["HOST"]), parts["OPTIONS"]
    if host and not host.startswith("/") and not is_loopback(host) and "sslmode" not in options:
        return (
            "reaches another machine and says nothing of encryption: end it with ?sslmode=verify-full, or with "
            "?sslmode=disable where nobody else is on that network"
        )
    return ""


def owner_address(value: str, of: Environment) -> str:
    """Refuse an owner that the application logs in as."""
    if urlsplit(value).username == urlsplit(of.get("DATABASE_URL", "")).username:
        return (
            "names the role that DATABASE_URL names: the application must own no table, or it could change the "
            "journal. Give it a role of its own"
        )
    return database_address(value, of, "BOSETT_OWNER_URL")


def host(value: str, of: Environment) -> str:
    """Refuse to listen to other machines without a proxy."""
    if not is_loopback(value):
        refuse_plain_http(f"is {value}: that can be reached from other machines", of=of)
    return ""


def port(value: str, _: Environment) -> str:
    """Refuse what is no port."""
    return "" if value.isdecimal() and 0 < int(value) < 65536 else f"is {value!r}: write a number from 1 to 65535"


def count(most: int) -> Check:
    """Return the check of a number from 1 to the most that it may be."""
    return lambda value, _: (
        "" if value.isdecimal() and 0 < int(value) <= most else f"is {value!r}: write a number from 1 to {most}"
    )


def level(value: str, _: Environment) -> str:
    """Refuse a level that the log does not know."""
    return "" if value in LEVELS else f"is {value!r}: write one of {', '.join(LEVELS)}"


def issuer(value: str, _: Environment) -> str:
    """Refuse an issuer that is not spoken to by TLS, but on this machine."""
    parts = urlsplit(value)
    if parts.hostname and parts.scheme == "http" and is_loopback(parts.hostname):
        return ""
    if parts.scheme != "https" or not parts.hostname:
        return f"is {value!r}: write the issuer's address, from https:// on"
    return ""


def with_login(_: str, of: Environment) -> str:
    """Ask for what the issuer has given, where one is named."""
    given = "is not set: the issuer gave it when the installation was registered"
    return given if of.get("OIDC_ISSUER") else ""


def by_channel(name: str, of: Environment) -> str:
    """Ask for what the channel must be given that letters go by."""
    asked = of.get("BOSETT_DISPATCH", "")
    needs = asked in [*Channel] and name in WAYS[Channel(asked)].needed
    return f"is not set: BOSETT_DISPATCH={asked} needs it" if needs else ""


def missing(why: str) -> Need:
    """Return the need of what an installation can never be without.

    Args:
        why: What it is for, and what to write.
    """
    return lambda _, __: f"is not set: {why}"


def dispatch(value: str, of: Environment) -> str:
    """Refuse a channel that is none, or whose values cannot be right."""
    if value not in [*Channel]:
        return f"is {value!r}: write one of {', '.join(Channel)}"
    if any(not of.get(name) for name in WAYS[Channel(value)].needed):
        return ""  # each that is missing is told where it stands
    choice_of(of, Path())
    return ""


def token(value: str, _: Environment) -> str:
    """Refuse a token that can be guessed."""
    weak = len(value) < SHORTEST_TOKEN or len(set(value)) < SHORTEST_TOKEN // 3
    return f"can be guessed: it needs {SHORTEST_TOKEN} random signs or more; {MAKE_A_KEY}" if weak else ""


def names_needed(_: str, of: Environment) -> str:
    """Ask for the names that people write, behind a proxy."""
    behind = flag("BOSETT_BEHIND_PROXY", of=of)
    return "is not set: behind a proxy nobody is answered but this machine; name what people write" if behind else ""
