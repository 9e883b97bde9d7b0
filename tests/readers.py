"""Somebody who reads the workspace inside a test's own process: a client of Django's, logged in."""

from django.test import Client

from bosett.rounds.parties import Grade, Party
from bosett.rounds.published import PublicRelease
from bosett_web.accounts.models import Grant
from bosett_web.actions.releases.publishing import publish
from bosett_web.queries.releases import published


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


def led_from(path: str) -> str:
    """Return where the desk leads who is not logged in from an address: to the public page that tells the same."""
    answer = Client().get(path)
    assert answer.status_code == 302, (path, answer.status_code)
    return str(answer.headers["Location"])


def public_of(year: int) -> PublicRelease:
    """Publish what has become public of a year, and return what the public then reads: that, and nothing else."""
    publish(year)
    return published.release(published.newest_of(year))
