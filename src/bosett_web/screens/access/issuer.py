"""The issuer that vouches for people: OpenID Connect by Authlib, with code flow, PKCE, state and nonce.

Logging out here ends the login there too (OpenID Connect RP-Initiated Logout 1.0): the next to sit down is not let in.
"""

from functools import cache
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from joserfc.errors import JoseError

from bosett_web.accounts.token_claims import Identity, NoOrganisation, asked_of_issuer, identity_of, levels_that_do
from bosett_web.screens.access.login_check import LoginSettings
from bosett_web.screens.forms import PageRequest

SECONDS = 10
"""How long the issuer may take to answer."""
TOKEN = "id_token"  # noqa: S105  - the name of a token, not one
"""Where the session keeps what the issuer is told of whose login is to end."""


class NotVouched(Exception):
    """The issuer did not answer, or its answer does not hold."""


def is_named() -> bool:
    """Tell whether the installation names an issuer."""
    return bool(settings.OIDC_ISSUER)


def login_settings(redirect: str) -> LoginSettings:
    """Return what the installation says of its issuer, with the address that people come back to."""
    return LoginSettings(
        issuer=settings.OIDC_ISSUER,
        client=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        acr=settings.OIDC_ACR,
        resource=settings.OIDC_RESOURCE,
        redirect=redirect,
    )


def send_there(request: PageRequest, *, anew: bool = False) -> HttpResponse:
    """Send somebody to the issuer to log in.

    Args:
        request: Whose.
        anew: Whether the issuer asks who it is though somebody is logged in there.

    Raises:
        NotVouched: The issuer does not answer.
    """
    try:
        there: HttpResponse = _client(settings.OIDC_ISSUER).authorize_redirect(
            request,
            request.build_absolute_uri(reverse("login_callback")),
            acr_values=settings.OIDC_ACR,
            ui_locales=request.language,
            authorization_details=asked_of_issuer(settings.OIDC_RESOURCE),
            **({"prompt": "login"} if anew else {}),
        )
    except (requests.RequestException, RuntimeError, ValueError) as error:
        raise NotVouched(str(error)) from error
    return there


def come_back(request: PageRequest) -> Identity:
    """Return whom the issuer vouches for: signature, issuer, audience, time, level, nonce and state are checked.

    Raises:
        NotVouched: One of them does not hold, the person broke off, or the token names no organisation.
    """
    options = {
        "iss": {"essential": True, "values": [settings.OIDC_ISSUER]},
        "aud": {"essential": True, "values": [settings.OIDC_CLIENT_ID]},
        "acr": {"essential": True, "values": levels_that_do(settings.OIDC_ACR)},
    }
    try:
        token = _client(settings.OIDC_ISSUER).authorize_access_token(request, claims_options=options)
        identity = identity_of(token["userinfo"], settings.OIDC_RESOURCE)
    except (JoseError, requests.RequestException) as error:
        _client.cache_clear()  # keys and addresses of the issuer may be new: the next login asks for them
        raise NotVouched(str(error)) from error
    except (AuthlibBaseError, NoOrganisation, RuntimeError) as error:
        raise NotVouched(str(error)) from error
    except (KeyError, ValueError) as error:
        raise NotVouched(f"the answer lacks {error}") from error
    request.session[TOKEN] = token["id_token"]
    return identity


def way_out(request: PageRequest) -> str:
    """Return the address at which the issuer ends the login of this session; empty when there is none to end.

    An issuer that does not answer keeps nobody from logging out here.
    """
    token = request.session.get(TOKEN)
    if not token or not is_named():
        return ""
    try:
        there = _client(settings.OIDC_ISSUER).load_server_metadata().get("end_session_endpoint", "")
    except (requests.RequestException, RuntimeError, ValueError):
        return ""
    if not there:
        return ""
    asked = {
        "id_token_hint": token,
        "client_id": settings.OIDC_CLIENT_ID,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("login")),
        "state": get_random_string(20),
        "ui_locales": request.language,
    }
    return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"


@cache
def _client(issuer: str) -> Any:  # noqa: ANN401 (Authlib has no types)
    """Return the client of an issuer; what it tells of itself is kept until an answer does not hold."""
    return OAuth().register(
        "issuer",
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
