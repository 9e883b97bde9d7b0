"""Somebody who reads the workspace inside a test's own process: a client of Django's, logged in."""

from django.test import Client

from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant


def client_of(party: Party, area: str = "", grade: Grade = Grade.CASE_WORKER, language: str = "") -> Client:
    """Return a client logged in as the demo's person of a party with a grade; the public logs in nowhere.

    Args:
        party: Role.
        area: Code of the county or municipality, or empty.
        grade: Grade in it.
        language: nb, nn or en to read in that language; empty leaves it as it is.
    """
    client = Client()
    if party is not Party.PUBLIC:
        grant = Grant.objects.get(seat__party=party, seat__area=area, grade=grade, person__issuer="demo")
        assert client.post("/login/demo", {"grant": grant.pk}).status_code == 302
    if language:
        shown = {"language": language, "scheme": "dark", "back": "/"}
        assert client.post("/settings", shown).status_code == 302
    return client
