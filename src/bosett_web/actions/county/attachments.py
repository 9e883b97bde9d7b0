"""The county's own decision as documents: PDFs, checked and bounded, kept with the recommendation."""

from bosett_web.accounts.actor import Actor
from bosett_web.actions.county.recommendations import located, subject_of
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.pdfs import checked, safe_name
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import recommendation_situation
from bosett_web.records import clock
from bosett_web.records.models import Attachment

MOST = 10


@action
def attach(actor: Actor, /, *, year: int, county: str, name: str, content: bytes) -> Event:
    """Attach a PDF to an open recommendation. The journal keeps its hash; the same document is attached once.

    Raises:
        Objected: Not now, not by this role, or another county's.
        Invalid: It cannot be kept (see `checked`), is there already, or there are too many.
    """
    sha256 = checked(content)  # it takes time, and is done before the round is locked
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.attach", actor, recommendation_situation(at, row), subject, year)
    attached = Attachment.objects.filter(recommendation=row.id)
    if attached.count() >= MOST:
        raise Invalid("attachment", "attachment_many", {"most": MOST})
    if attached.filter(sha256=sha256).exists():
        raise Invalid("attachment", "attachment_there")
    shown = safe_name(name)
    Attachment.objects.create(
        recommendation_id=row.id, name=shown, sha256=sha256, size=len(content), content=content, day=clock.today()
    )
    return note(
        actor,
        Entry("recommendation.attach", subject, year, {}, {"sha256": sha256, "size": len(content)}, {"name": shown}),
    )


@action
def detach(actor: Actor, /, *, year: int, county: str, document: int) -> Event:
    """Remove a document from a recommendation that nobody else has seen it in. The file is gone; the event stays.

    Raises:
        Objected: Not now, not by this role, or another county's.
        Invalid: It is not there, or others have seen it: then it can be withheld.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.detach", actor, recommendation_situation(at, row), subject, year)
    attachment = Attachment.objects.filter(recommendation=row.id, pk=document).first()
    if attachment is None:
        raise Invalid("attachment", "attachment_gone")
    if attachment.shown_on is not None:
        raise Invalid("attachment", "attachment_shown", {"day": attachment.shown_on})
    before = {"sha256": attachment.sha256, "size": attachment.size}
    # The name goes too: it may be what should never have been written.
    attachment.delete()
    return note(actor, Entry("recommendation.detach", subject, year, before, {}))
