"""An issuer for the browser tests, as a process of its own: oidc-provider-mock, made as strict as Ansattporten.

It knows one client, by its secret and its one address, demands a nonce and PKCE by S256, and takes whom it vouches for
from `PUT /users/<sub>`. A person whose claims hold `lie` gets a token that was changed after it was signed.

Run as `python provider.py PORT CLIENT SECRET REDIRECT_URI`.
"""

import base64
import hashlib
import json
import os
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock._storage import Client, storage

EMPLOYER = "ansattporten:orgno"


def strict(client: str, secret: str, redirect_uri: str) -> flask.Flask:
    """Return the issuer's application."""
    app: flask.Flask = oidc_provider_mock.app(require_client_registration=True, require_nonce=True)
    known = Client(
        id=client,
        secret=secret,
        redirect_uris=[redirect_uri],
        allowed_scopes=("openid", "profile"),
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106  - a kind of secret, not one
    )
    challenges: dict[str, str] = {}

    @app.before_request
    def check() -> tuple[dict[str, str], int] | None:
        storage.store_client(known)
        asked = flask.request.values
        if flask.request.path == "/oauth2/authorize":
            right = asked.get("code_challenge_method") == "S256" and bool(asked.get("code_challenge"))
        elif flask.request.path == "/oauth2/token":
            right = challenges.pop(asked.get("code", ""), "") == _s256(asked.get("code_verifier", ""))
        else:
            right = True
        return None if right else ({"error": "invalid_grant", "error_description": "PKCE does not hold"}, 400)

    @app.after_request
    def keep(answer: flask.Response) -> flask.Response:
        code = parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("code")
        if code:
            challenges[code[0]] = flask.request.values["code_challenge"]
        if flask.request.path == "/oauth2/token" and answer.status_code == 200:
            content = json.loads(answer.get_data())
            answer.set_data(json.dumps({**content, "id_token": changed(content["id_token"])}))
        return answer

    return app


def changed(token: str) -> str:
    """Return a token as the lie of its own claims has it."""
    head, body, signature = token.split(".")
    claims = json.loads(_read(body))
    lie = claims.get("lie")
    forged = {**claims, "authorization_details": [{"type": EMPLOYER, "orgno": {"ID": f"0192:{claims.get('as')}"}}]}
    if lie == "payload":
        return f"{head}.{_write(forged)}.{signature}"
    if lie == "unsigned":
        return f"{_write({'alg': 'none'})}.{_write(forged)}."
    if lie == "key":
        return jwt.encode(json.loads(_read(head)), forged, RSAKey.generate_key(2048))
    return token


def _s256(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _read(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _write(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    strict(*sys.argv[2:]).run(host="127.0.0.1", port=int(sys.argv[1]), debug=False, threaded=True)
