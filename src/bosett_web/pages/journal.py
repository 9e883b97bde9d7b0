"""The journal as people read it: newest first, one thing's story, the check of the chains, shielding."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from bosett.rounds.parties import Party
from bosett.rounds.rights import may_shield
from bosett_web.journal.verify import verify
from bosett_web.pages.screen import View
from bosett_web.queries.events import events

MOST = 50


def journal(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: Nobody is logged in.
    """
    if view.actor is None:
        raise Http404
    asked = view.request.GET
    subject = asked.get("subject", "")
    written = asked.get("start", "")
    start = min(int(written), 10**6) if written.isdecimal() and len(written) < 8 else 0
    count, rows = events(view.year, view.actor, subject, start, MOST)
    return {
        "rows": rows,
        "count": count,
        "subject": subject,
        "newer": max(start - MOST, 0) if start else None,
        "older": start + MOST if start + MOST < count else None,
        "verified": verify() if "verify" in asked and view.actor.party is not Party.MUNICIPALITY else None,
        "may_verify": view.actor.party is not Party.MUNICIPALITY,
        "may_shield": may_shield(view.actor.who),
    }
