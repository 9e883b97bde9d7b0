"""Every setting of an installation, declared once: what it means, when it is needed, and what is wrong with a value.

The reference page is made from this list, `bosett-web check` holds the environment against it, and a test holds the
source, the units and the compose file against it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bosett_web.dispatch.channels import NoSuchChannel
from bosett_web.dispatch.port import Channel
from bosett_web.operations import setting_checks as checks
from bosett_web.operations.environment import Misconfigured, with_files
from bosett_web.operations.setting_checks import Check, Environment, Need

FAMILIES = ("BOSETT_", "OIDC_")
"""How the names of our settings begin: another name that begins so is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class SettingFault:
    """What is wrong with a setting, as one sentence."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name} {self.what}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        name: The variable of the environment.
        group: Heading of the reference page that it stands under.
        meaning: What it is, in words.
        default: What counts when it is left out, in words.
        when: When it is needed, in words; empty when it never is.
        secret: Whether its value is to be kept from others.
        in_file: Whether NAME_FILE may name a file that holds it.
        need: Tells why it is needed in an environment that lacks it.
        check: Tells what is wrong with its value.
    """

    name: str
    group: str
    meaning: str
    default: str = ""
    when: str = ""
    secret: bool = False
    in_file: bool = False
    need: Need = checks.not_needed
    check: Check = checks.stands


def read_environment(of: Environment = os.environ) -> dict[str, str]:
    """Return the environment with the secrets filled in that stand in files.

    Raises:
        Misconfigured: A file cannot be read, or a secret is given in both ways.
    """
    return with_files(of, [each.name for each in SETTINGS if each.in_file])


def setting_faults(of: Environment) -> tuple[SettingFault, ...]:
    """Return everything that is missing or weak in an environment, in the order of the list; empty when all stands."""
    try:
        filled: Environment = read_environment(of)
    except Misconfigured as why:
        return (SettingFault("The environment:", str(why)),)
    return (*_faults(filled), *_unknown(of))


def _faults(of: Environment) -> Iterator[SettingFault]:
    for setting in SETTINGS:
        value = of.get(setting.name, "")
        try:
            what = setting.check(value, of) if value else setting.need(setting.name, of)
        except (Misconfigured, NoSuchChannel, ValueError) as why:
            what = str(why).removeprefix(setting.name).lstrip()
        if what:
            yield SettingFault(setting.name, what)


def _unknown(of: Environment) -> Iterator[SettingFault]:
    known = {each.name for each in SETTINGS} | {f"{each.name}_FILE" for each in SETTINGS if each.in_file}
    for name in sorted(of):
        if name.startswith(FAMILIES) and name not in known:
            near = get_close_matches(name, known, 1)
            yield SettingFault(name, f"is no setting{f': is it {near[0]}?' if near else ''}")


PLACE, SENDER, DATABASE, LOGIN, LETTERS, NEWS, FIGURES, WATCH, OWN_USE = (
    "Where it runs",
    "Who runs it",
    "The database",
    "Login",
    "Letters out of the house",
    "E-mail of what is new",
    "Figures from their publishers",
    "Watching over it",
    "Set by Bosett itself",
)
WITH_SVARUT, WITH_EFORMIDLING = "with `BOSETT_DISPATCH=svarut`", "with `BOSETT_DISPATCH=eformidling`"

SETTINGS = (
    Setting(
        "BOSETT_VAR",
        PLACE,
        "The folder in which Bosett keeps what it keeps outside the database: letters of the channel `folder`, bound "
        "files, files for the browser. For who runs it alone.",
        "`var` in a checkout",
        "outside a checkout",
        need=checks.var_needed,
        check=checks.folder,
    ),
    Setting(
        "BOSETT_SECRET_KEY",
        PLACE,
        "Signs sessions and forms: 50 random signs or more, of at least 16 kinds. A new one logs everybody out and "
        "harms nothing else.",
        "a random one in the demo",
        "outside the demo",
        secret=True,
        in_file=True,
        need=checks.key_needed,
        check=checks.key,
    ),
    Setting("HOST", PLACE, "The address that the web server listens on.", "`127.0.0.1`", check=checks.host),
    Setting("PORT", PLACE, "The port that it listens on.", "`8000`", check=checks.port),
    Setting(
        "BOSETT_BEHIND_PROXY",
        PLACE,
        "`1` when a proxy with TLS stands before the web server and sets X-Forwarded-For and X-Forwarded-Proto itself, "
        "whatever a browser sends.",
        "`0`: this machine alone is answered",
        "for other machines",
        check=checks.proxy,
    ),
    Setting(
        "BOSETT_HOSTS",
        PLACE,
        "The names that people reach it by, with commas between.",
        "`localhost`, `127.0.0.1`, `[::1]`",
        "behind a proxy",
        need=checks.names_needed,
        check=checks.names,
    ),
    Setting(
        "BOSETT_WEB_WORKERS",
        PLACE,
        "How many processes answer. Each holds up to eight connections to the database.",
        "one for each core, eight at most",
        check=checks.count(64),
    ),
    Setting(
        "BOSETT_DEMO",
        PLACE,
        "`1` asks for the demo, in which anybody walks in as any party: on this machine only.",
        "`0`; `make run` and `bosett-web demo` ask for it where neither database nor login is named",
        check=checks.no_demo,
    ),
    Setting(
        "BOSETT_SENDER_NAME",
        SENDER,
        "Name of the organisation that runs this installation, as it stands at the foot of each page.",
        "the directorate",
    ),
    Setting(
        "BOSETT_SENDER_HELP",
        SENDER,
        "Where people ask for help: an e-mail address, or an address that begins with `https://`.",
        "nothing is told",
        check=checks.contact,
    ),
    Setting(
        "BOSETT_SENDER_FAULTS",
        SENDER,
        "Where people tell of what does not work, of accessibility too.",
        "as `BOSETT_SENDER_HELP`",
        check=checks.contact,
    ),
    Setting(
        "BOSETT_SENDER_ACCESSIBILITY",
        SENDER,
        "Address of the organisation's own statement on accessibility (uustatus.no).",
        "the page `/accessibility`",
        check=checks.web_address,
    ),
    Setting(
        "BOSETT_SENDER_PRIVACY",
        SENDER,
        "Address of the organisation's own statement on privacy.",
        "the page `/privacy`, which tells what Bosett keeps",
        check=checks.web_address,
    ),
    Setting(
        "DATABASE_URL",
        DATABASE,
        "What web and worker log in to the database by, as "
        "`postgresql://user:password@host:port/name?sslmode=verify-full`. "
        "The role owns no table. Beside `make run`, that of the owner.",
        "`postgresql:///bosett`; in the demo an embedded database",
        "outside the demo",
        secret=True,
        in_file=True,
        need=checks.missing("name the database, as postgresql://user:password@host:port/name"),
        check=checks.database_address,
    ),
    Setting(
        "BOSETT_OWNER_URL",
        DATABASE,
        "What the role that owns the tables logs in by. Web and worker are never given it.",
        "",
        "for `migrate`, `backup` and `restore`",
        secret=True,
        in_file=True,
        check=checks.owner_address,
    ),
    Setting(
        "OIDC_ISSUER",
        LOGIN,
        "Address of the issuer that vouches for people by OpenID Connect: Ansattporten, ID-porten, Entra or another.",
        "",
        "outside the demo",
        need=checks.missing("nobody could log in; name the issuer"),
        check=checks.issuer,
    ),
    Setting(
        "OIDC_CLIENT_ID",
        LOGIN,
        "What the issuer knows this installation by.",
        "",
        "with `OIDC_ISSUER`",
        need=checks.with_login,
    ),
    Setting(
        "OIDC_CLIENT_SECRET",
        LOGIN,
        "What it proves that by.",
        "",
        "with `OIDC_ISSUER`",
        secret=True,
        in_file=True,
        need=checks.with_login,
    ),
    Setting(
        "OIDC_RESOURCE",
        LOGIN,
        "An Altinn resource, `urn:altinn:resource:...`: who may represent it chooses an organisation at login.",
        "the employer's number is asked for",
    ),
    Setting(
        "OIDC_ACR",
        LOGIN,
        "How surely a person must be known, by the issuer's own word.",
        "`substantial`",
    ),
    Setting(
        "BOSETT_DISPATCH",
        LETTERS,
        f"The channel that letters go by: one of {', '.join(f'`{each}`' for each in Channel)}.",
        "`folder`: nothing leaves the house",
        check=checks.dispatch,
    ),
    Setting(
        "BOSETT_DISPATCH_FOLDER", LETTERS, "Where the channel `folder` lays letters.", "`dispatch` in `BOSETT_VAR`"
    ),
    Setting(
        "BOSETT_DISPATCH_SECONDS",
        LETTERS,
        "Seconds that a service may take to answer, 1 to 3600.",
        "as the channel needs",
    ),
    Setting(
        "BOSETT_SVARUT_URL",
        LETTERS,
        "The address of KS SvarUt.",
        "",
        WITH_SVARUT,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_SVARUT_ACCOUNT",
        LETTERS,
        "The account that letters are sent from.",
        "",
        WITH_SVARUT,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_SVARUT_INTEGRATION",
        LETTERS,
        "The integration's identity.",
        "",
        WITH_SVARUT,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_SVARUT_PASSWORD",
        LETTERS,
        "The integration's password.",
        "",
        WITH_SVARUT,
        secret=True,
        in_file=True,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_MASKINPORTEN_CLIENT",
        LETTERS,
        "What Maskinporten knows this installation by.",
        "",
        WITH_SVARUT,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_MASKINPORTEN_KEY",
        LETTERS,
        "Its private RSA key as PEM: best in a file.",
        "",
        WITH_SVARUT,
        secret=True,
        in_file=True,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_MASKINPORTEN_KEY_ID",
        LETTERS,
        "The name of that key.",
        "",
        WITH_SVARUT,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_MASKINPORTEN_ISSUER",
        LETTERS,
        "The address of Maskinporten: another for testing.",
        "`https://maskinporten.no/`",
    ),
    Setting(
        "BOSETT_EFORMIDLING_URL",
        LETTERS,
        "The address of eFormidling's integrasjonspunkt.",
        "",
        WITH_EFORMIDLING,
        need=checks.by_channel,
    ),
    Setting(
        "BOSETT_MAIL_URL",
        NEWS,
        "The server that e-mail of news goes by, for those who ask for it: `smtp://user:password@host:587` with "
        "STARTTLS (none on this machine), or `smtps://` with TLS from the start.",
        "nothing is sent; in the demo e-mail lies in `mail` in `BOSETT_VAR`",
        secret=True,
        in_file=True,
        check=checks.mail,
    ),
    Setting(
        "BOSETT_MAIL_FROM",
        NEWS,
        "The address that e-mail is from. Nobody reads what is answered to it.",
        "",
        "with `BOSETT_MAIL_URL`",
    ),
    Setting(
        "BOSETT_ASK_PUBLISHERS",
        FIGURES,
        "`1` lets the worker fetch figures when somebody asks for them: from `https://data.ssb.no`, by the proxy of "
        "the environment if there is one. `0` where the worker has no way out: files are saved and read in by hand.",
        "`1`; `0` in the demo",
        check=checks.asking,
    ),
    Setting(
        "BOSETT_BORDERS",
        FIGURES,
        "Folder with the borders of municipalities as GeoJSON, named by the first year of their structure "
        "(`2024.geojson`): the real map then stands beside the tiles.",
        "tiles alone",
        check=checks.borders,
    ),
    Setting(
        "BOSETT_LOG_LEVEL",
        WATCH,
        f"How much the log tells: {', '.join(f'`{each}`' for each in checks.LEVELS)}.",
        "`INFO`",
        check=checks.level,
    ),
    Setting(
        "BOSETT_METRICS_TOKEN",
        WATCH,
        "What may read `/metrics`, as `Authorization: Bearer ...`: 32 random signs or more.",
        "there is no such page",
        secret=True,
        in_file=True,
        check=checks.token,
    ),
    Setting("BOSETT_SUPERVISED", OWN_USE, "Set by the launcher, whose children end with it."),
    Setting("BOSETT_TESTING", OWN_USE, "Set by the tests: a word that a page lacks shows."),
)
