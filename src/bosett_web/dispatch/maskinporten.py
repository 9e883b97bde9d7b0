"""Access from Maskinporten: a signed grant is exchanged for a token, which is kept until shortly before it runs out.

Source: docs.digdir.no, Maskinporten, JWT grant: `aud` is the issuer; a grant lives two minutes at most, for one use.
The key and the tokens are never written in a log or an answer.
"""

import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from bosett_web.dispatch.port import coded
from bosett_web.dispatch.web import NoAccess

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GRANT_LIVES = 60
"""Seconds; at most 120 are taken."""
BEFORE_END = 20
"""Seconds before its end at which a token is no longer used, so that it holds for the call that carries it."""
SECONDS = 10
"""How long Maskinporten may take to answer."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are to Maskinporten: issuer with its ending slash, where tokens are given, our name, key and scope."""

    issuer: str
    token_address: str
    name: str
    key: RSAKey = field(repr=False)
    key_id: str
    scope: str


class Access:
    """The token of one client, shared by the threads of a process."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._lock = threading.Lock()
        self._token, self._until = "", 0.0

    def __call__(self) -> Mapping[str, str]:
        """Return the header that gives access.

        Raises:
            NoAccess: Maskinporten gives no token.
        """
        with self._lock:
            if time.time() >= self._until:
                self._token, self._until = self._new()
            return {"Authorization": f"Bearer {self._token}"}

    def _new(self) -> tuple[str, float]:
        now = time.time()
        sent = {"grant_type": GRANT, "assertion": grant(self.client, int(now))}
        try:
            answer = requests.post(self.client.token_address, data=sent, timeout=SECONDS, allow_redirects=False)
            body = answer.json()
            token, lives = body["access_token"], float(body["expires_in"])
        except requests.RequestException as fault:
            raise NoAccess(coded("access_silent", kind=type(fault).__name__)) from None
        except (KeyError, TypeError, ValueError):
            # What it says is not told: an answer that is none may hold a token all the same.
            raise NoAccess(coded("access_refused", status=str(answer.status_code))) from None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise NoAccess(coded("access_garbled"))
        return token, now + lives - BEFORE_END


def grant(client: Client, now: int) -> str:
    """Return the signed grant that is exchanged for a token; each is used once."""
    claims = {
        "aud": client.issuer,
        "iss": client.name,
        "scope": client.scope,
        "iat": now,
        "exp": now + GRANT_LIVES,
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode({"alg": "RS256", "kid": client.key_id}, claims, client.key)
