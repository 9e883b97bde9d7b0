"""What a municipality reads of itself: its letter, and its number explained from the run that it rests on."""

from dataclasses import dataclass
from datetime import datetime

from bosett.documents.letters import Paragraph, why_not_asked
from bosett.rounds.explanation import Explanation
from bosett.rounds.parties import Who
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.explained import explained_by_run
from bosett_web.queries.letters.contents import not_asked_by
from bosett_web.queries.letters.letters import own_letter
from bosett_web.queries.letters.text import letter_from
from bosett_web.queries.lines import Line
from bosett_web.queries.sight import is_released
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import Letter, Request
from bosett_web.records.models.letters import CAME


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """The newest letter that tells a municipality of its number.

    Attributes:
        id: Its identity; None when it was sent before the workspace, and its file is not here.
        version: Version of the request that it tells of; None when it tells that there is none.
        came_at: When it came.
    """

    id: int | None
    version: int | None
    came_at: datetime


def letter(year: int, line: Line) -> OwnLetter | None:
    """Return the newest letter behind a line that somebody may see; None when they may see none. Two queries."""
    if line.sent is None:
        return None
    file, came_at = own_letter(year, line.code)
    rows = Request.objects.filter(round=year, municipality=line.code, sent_at__isnull=False).order_by("-version")
    version, sent_at = rows.values_list("version", "sent_at").first() or (None, came_at)
    return None if sent_at is None else OwnLetter(file, version, sent_at)


def first_asked(year: int, code: str) -> int | None:
    """Return what a municipality was first asked for in a letter that came, in persons; None when it never was."""
    rows = Request.objects.filter(round=year, municipality=code, sent_at__isnull=False).order_by("version")
    number: int | None = rows.values_list("number", flat=True).first()
    return number


def why_not(at: Standing, line: Line, language: str) -> str:
    """Return who decided that a municipality is not asked and why, in a language; five queries.

    Nothing is told that its letter did not tell: when the rows of the round have changed since, this is empty.

    Args:
        at: The round as it stands.
        line: The municipality's line.
        language: nb, nn or en.
    """
    rows = Letter.objects.filter(CAME, round=at.year, receiver=line.code, kind=LetterKind.NOT_ASKED).order_by(
        "-version"
    )
    sent_letter = rows.values_list("language", "content").first()
    if sent_letter is None:
        return ""
    decided = not_asked_by(at, line.code)
    reason = why_not_asked(decided, sent_letter[0])
    paragraphs = [block.text for block in letter_from(sent_letter[1]).blocks if isinstance(block, Paragraph)]
    return why_not_asked(decided, language) if reason and any(reason in each for each in paragraphs) else ""


def explained(at: Standing, who: Who, line: Line, moment: datetime, proposal: int | None = None) -> Explanation | None:
    """Return how a municipality's number was proposed, computed again from the run's stored inputs; in two queries.

    The municipality itself gets it with its letter: a number comes with its reasons. Others get it at the release. None
    when there is no shared run, or today's code does not come to the stored number.

    Args:
        at: The round as it stands.
        who: Who asks.
        line: The municipality's line as they may see it.
        moment: When.
        proposal: Identity of the shared run that the number rests on; None is the newest.
    """
    state = "sent" if line.sent is not None else "shared"
    shared = at.current_proposal
    run = proposal or (shared.id if shared else None)
    if run is None or not may_see(who, Thing.PROPOSAL, "released" if is_released(at, moment) else state, "", line.code):
        return None
    return explained_by_run(run, [line.code]).get(line.code)
