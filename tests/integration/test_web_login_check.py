"""Trying the login: each thing that may be wrong is told by its own words, in each language, with what to do."""

import argparse
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from django.conf import LazySettings
from joserfc.jwk import RSAKey

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.operations.console import login_check as command
from bosett_web.screens.access.login_check import LoginSettings, try_login
from bosett_web.screens.words import WORDS, say
from parties import DEMO
from readers import client_of

ISSUER = "https://issuer.example"
RIGHT = LoginSettings(ISSUER, "bosett", "hush", "substantial", "", "https://bosett.example/login/callback")
DISCOVERY = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "response_types_supported": ["code"],
    "code_challenge_methods_supported": ["S256"],
    "acr_values_supported": ["substantial", "high"],
}
KEYS = {"keys": [RSAKey.generate_key(2048).as_dict(private=False)]}
Answers = Callable[..., None]


def answer(status: int, content: Any = None, **headers: str) -> requests.Response:  # noqa: ANN401 (whatever JSON holds)
    made = requests.Response()
    made.status_code = status
    made.headers.update(headers)
    if content is not None:
        text = content if isinstance(content, str) else json.dumps(content)
        made.raw = io.BytesIO(text.encode())
        made.headers.setdefault("Content-Type", "application/json")
    return made


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let an issuer answer rightly, but for what is said."""

    def say_so(**other: Any) -> None:  # noqa: ANN401 (answers, or faults to raise)
        right = {
            "discovery": answer(200, DISCOVERY),
            "jwks": answer(200, KEYS),
            "authorize": answer(302, Location=f"{ISSUER}/login"),
            "token": answer(400, {"error": "invalid_grant"}),
        }

        def asked(where: str, **_: object) -> requests.Response:
            name = "discovery" if ".well-known" in where else where.rpartition("/")[2]
            reply = {**right, **other}[name]
            if isinstance(reply, Exception):
                raise reply
            return reply  # type: ignore[no-any-return]

        monkeypatch.setattr(requests, "get", asked)
        monkeypatch.setattr(requests, "post", asked)

    say_so()
    return say_so


def wrong(login: LoginSettings = RIGHT) -> list[str]:
    return [each.code for each in try_login(login) if not each.holds]


def test_nothing_is_wrong_with_what_is_right(answers: Answers) -> None:
    answers()
    assert wrong() == []
    assert len(list(try_login(RIGHT))) == 8


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"discovery": requests.ConnectionError()}, "unreached"),
        ({"discovery": answer(404, "<html>")}, "no_discovery"),
        ({"discovery": answer(200, "<html>")}, "no_discovery"),
        ({"discovery": answer(200, DISCOVERY | {"issuer": f"{ISSUER}/"})}, "issuer"),
        ({"discovery": answer(200, DISCOVERY | {"token_endpoint": None})}, "endpoints"),
        ({"discovery": answer(200, DISCOVERY | {"response_types_supported": ["token"]})}, "flow"),
        ({"discovery": answer(200, DISCOVERY | {"code_challenge_methods_supported": ["plain"]})}, "pkce"),
        ({"discovery": answer(200, DISCOVERY | {"acr_values_supported": ["idporten-loa-high"]})}, "acr"),
        ({"jwks": answer(200, {"keys": []})}, "keys"),
        ({"jwks": answer(500, "down")}, "keys"),
        ({"token": answer(401, {"error": "invalid_client"})}, "client"),
        ({"token": requests.Timeout()}, "token_unreached"),
        ({"authorize": answer(400, "redirect_uri is not registered")}, "redirect"),
        ({"authorize": answer(302, Location=f"{RIGHT.redirect}?error=invalid_request")}, "redirect"),
    ],
)
def test_each_fault_is_told_alone_and_in_words(other: dict[str, Any], code: str, answers: Answers) -> None:
    answers(**other)
    (fault,) = [each for each in try_login(RIGHT) if not each.holds]
    assert fault.code == code
    for language in LANGUAGES:
        assert "{" not in say(f"login_wrong_{code}", language, **fault.facts)


def test_without_an_issuer_it_says_what_to_set() -> None:
    assert wrong(LoginSettings("", "", "", "", "", "")) == ["no_issuer"]


def test_secrets_are_not_shown_when_it_is_printed() -> None:
    assert "hush" not in repr(RIGHT)
    assert not [code for code in WORDS if code.startswith("login_") and "{secret}" in WORDS[code].in_language("en")]


@pytest.mark.django_db
@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_command_tell_the_same(
    language: str, answers: Answers, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = ISSUER, "bosett", "hush"
    answers(token=answer(401, {"error": "invalid_client"}))
    client = client_of(Party.DIRECTORATE, grade=Grade.ADMINISTRATOR, language=language)
    page = client.get("/access/login-check")
    assert page.status_code == 200
    shown = client.post("/access/login-check", {"shown_to": str(page.context["signed"])}).content.decode()
    facts = {"client": "bosett", "said": "invalid_client"}
    assert say("login_wrong_client", language, **facts) in " ".join(shown.split())
    assert "hush" not in shown
    assert command.run(argparse.Namespace(address="https://bosett.example")) == 1
    assert f"wrong: {say('login_wrong_client', 'en', **facts)}" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.begins_at(DEMO)
def test_others_find_no_such_page() -> None:
    for grade in (Grade.CASE_WORKER, Grade.APPROVER):
        assert client_of(Party.DIRECTORATE, grade=grade).get("/access/login-check").status_code == 404
