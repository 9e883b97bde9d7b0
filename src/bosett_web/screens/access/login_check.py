"""Trying the login without logging in: what the issuer tells of itself and answers us, held against the settings.

Sources: OpenID Connect Discovery 1.0 (what an issuer tells); RFC 6749 part 5.2 (what it answers to a code that is none:
`invalid_client` when it does not know us, `invalid_grant` when it does); RFC 7636 (PKCE).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bosett_web.accounts.token_claims import asked_of_issuer

SECONDS = 10
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # the example of RFC 7636: nobody knows a code for it here


@dataclass(frozen=True, slots=True)
class LoginSettings:
    """What the installation says of its issuer, and the address that people come back to."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    acr: str
    resource: str
    redirect: str


@dataclass(frozen=True, slots=True)
class LoginFinding:
    """One thing that was looked at: whether it holds, the code that its words are found by, and its facts."""

    holds: bool
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The code of its words: what holds is told otherwise than what does not."""
        return f"login_ok_{self.code}" if self.holds else f"login_wrong_{self.code}"


def try_login(settings: LoginSettings) -> Iterator[LoginFinding]:
    """Yield what holds and what does not, in the order in which a login comes by it; it ends where it cannot go on."""
    if not settings.issuer:
        yield LoginFinding(False, "no_issuer")
        return
    where = f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        answer = requests.get(where, timeout=SECONDS)
        discovery = answer.json() if answer.status_code == HTTPStatus.OK else None
    except requests.JSONDecodeError:
        discovery = None
    except requests.RequestException as error:
        yield LoginFinding(False, "unreached", {"where": where, "why": type(error).__name__})
        return
    if not isinstance(discovery, dict):
        yield LoginFinding(False, "no_discovery", {"where": where, "status": str(answer.status_code)})
        return
    yield LoginFinding(True, "discovery", {"where": where})
    own = str(discovery.get("issuer", ""))
    yield LoginFinding(own == settings.issuer, "issuer", {"own": own, "told": settings.issuer})
    lacking = [name for name in ENDPOINTS if not isinstance(discovery.get(name), str)]
    if lacking:
        yield LoginFinding(False, "endpoints", {"lacks": ", ".join(lacking)})
        return
    yield from _offers(discovery, settings)
    yield _keys(str(discovery["jwks_uri"]))
    yield _client(str(discovery["token_endpoint"]), settings)
    yield _redirect(str(discovery["authorization_endpoint"]), settings)


def _offers(discovery: Mapping[str, Any], settings: LoginSettings) -> Iterator[LoginFinding]:
    """Yield whether what we ask for is among what the issuer offers; what it does not tell of is not judged."""
    for code, name, wanted in (
        ("flow", "response_types_supported", "code"),
        ("pkce", "code_challenge_methods_supported", "S256"),
        ("acr", "acr_values_supported", settings.acr),
    ):
        offered = discovery.get(name)
        if isinstance(offered, list):
            facts = {"wanted": wanted, "offered": ", ".join(map(str, offered))}
            yield LoginFinding(wanted in offered, code, facts)


def _keys(where: str) -> LoginFinding:
    try:
        keys = KeySet.import_key_set(requests.get(where, timeout=SECONDS).json())
        return LoginFinding(bool(keys.keys), "keys", {"where": where})
    except (requests.RequestException, JoseError, ValueError, KeyError, TypeError):
        return LoginFinding(False, "keys", {"where": where})


def _client(where: str, settings: LoginSettings) -> LoginFinding:
    """Return whether the issuer knows us, by what it says to a code that is none."""
    asked = {
        "grant_type": "authorization_code",
        "code": "none",
        "redirect_uri": settings.redirect,
        "code_verifier": "x" * 43,
    }
    try:
        answer = requests.post(where, data=asked, auth=(settings.client, settings.secret), timeout=SECONDS)
        error_code = answer.json().get("error", "") if "json" in answer.headers.get("Content-Type", "") else ""
    except (requests.RequestException, ValueError, AttributeError) as error:
        return LoginFinding(False, "token_unreached", {"where": where, "why": type(error).__name__})
    unknown = error_code in ("invalid_client", "unauthorized_client") or answer.status_code == HTTPStatus.UNAUTHORIZED
    return LoginFinding(
        not unknown, "client", {"client": settings.client, "said": str(error_code) or str(answer.status_code)}
    )


def _redirect(where: str, settings: LoginSettings) -> LoginFinding:
    """Return whether the issuer would begin a login that comes back to our address."""
    asked = {
        "response_type": "code",
        "client_id": settings.client,
        "redirect_uri": settings.redirect,
        "scope": "openid profile",
        "state": "trial",
        "nonce": "trial",
        "acr_values": settings.acr,
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "authorization_details": asked_of_issuer(settings.resource),
    }
    try:
        answer = requests.get(where, params=asked, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        return LoginFinding(False, "unreached", {"where": where, "why": type(error).__name__})
    sent_back = (
        f"{answer.headers.get('Location', '')}&".startswith(settings.redirect)
        and "error=" in answer.headers["Location"]
    )
    holds = answer.status_code < HTTPStatus.BAD_REQUEST and not sent_back
    return LoginFinding(holds, "redirect", {"address": settings.redirect, "status": str(answer.status_code)})
