"""A county's final recommendation, handed over to the directorate as a letter.

The county municipality is the sender. It is kept here, where the directorate reads it and KS its copy: handed over is
received, and nothing goes through the directorate's own outbox. There is one letter for each final version.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bosett.basis.languages import NORWEGIAN
from bosett.documents.letters import LetterHead
from bosett_web.accounts.actor import Actor
from bosett_web.actions.county.recommendations import older_decision, subject_of
from bosett_web.actions.doing import Invalid, require
from bosett_web.actions.letters.making import Composed, Written, signers, write
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.queries.county.versions import VersionRow, versions
from bosett_web.queries.letters.contents import KS
from bosett_web.queries.letters.county_sheet import KIND, recommendation, sender_of, to_directorate
from bosett_web.queries.letters.letters import letter_rows
from bosett_web.queries.letters.references import reference as reference_of
from bosett_web.queries.situations import recommendation_situation
from bosett_web.queries.standing_rows import RecommendationRow, Standing
from bosett_web.records import clock
from bosett_web.records.choices import Decider, Occasion
from bosett_web.records.models import Recommendation

MOVE = "recommendation.hand_over"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a county says when it hands its recommendation over.

    Attributes:
        language: nb or nn: the county municipality's own form.
        signers: One line each: function, colon, name.
        decided_by: Who decided it, where that has not been recorded.
        decided_on: When, where that has not been recorded.
        case_number: In which case, where that has not been recorded.
        why_older: Why the decision is older than the proposal, when it is.
    """

    language: str
    signers: str
    decided_by: str = ""
    decided_on: date | None = None
    case_number: str = ""
    why_older: str = ""


def hand_over(actor: Actor, /, *, year: int, county: str, handover: HandedOver) -> Event:
    """Hand a final recommendation over as a letter, with the numbers that were kept when it became final.

    Raises:
        Objected: It is not final, or not by this role or person.
        Invalid: It has been handed over already, or something lacks.
    """

    def compose(at: Standing) -> Composed:
        row = at.recommendations.get(county)
        if row is None:
            raise Invalid("county", "recommendation_not_open", {"county": county})
        require(MOVE, actor, recommendation_situation(at, row), subject_of(year, county), year)
        if handover.language not in NORWEGIAN:
            raise Invalid("language", "form_unknown")
        missing = _missing(row, handover)
        why = older_decision(at, row, missing.get("decided_on"), handover.why_older)
        letter = _letter(at, replace(row, **missing), handover)
        return Composed(
            (letter,),
            "signers",
            move=MOVE,
            subject=subject_of(year, county),
            facts=missing,
            texts={"signers": handover.signers} | ({"older": why} if why else {}),
            then=lambda: missing and Recommendation.objects.filter(pk=row.id).update(**missing),
        )

    return write(actor, year=year, compose=compose)


def _letter(at: Standing, row: RecommendationRow, handover: HandedOver) -> Written:
    kept = versions(row.id)
    final = _final(kept)
    reference = reference_of(at.year, row.county, KIND, final.version)
    if any(each.reference == reference for each in letter_rows(at.year, county=row.county)):
        raise Invalid("signers", "handed_over_already", {"version": final.version})
    head = LetterHead(
        sender=sender_of(at, row.county),
        receivers=(to_directorate(handover.language),),
        day=clock.today(),
        reference=row.case_number or None,
        signers=signers(text("signers", handover.signers), "signers"),
        your_reference=reference,
        copies=(KS,),
    )
    content = recommendation(at, row, final, kept, head, handover.language)
    return Written(KIND, row.county, final.version, reference, handover.language, content, handed_over=True)


def _final(kept: tuple[VersionRow, ...]) -> VersionRow:
    final = next((each for each in kept if each.made == Occasion.FINAL), None)
    if final is None:
        raise Invalid("signers", "final_not_kept")
    return final


def _missing(row: RecommendationRow, handover: HandedOver) -> dict[str, Any]:
    """Return what is told of the decision and was not recorded; what stands is not changed."""
    if handover.decided_by not in ("", *Decider):
        raise Invalid("decided_by", "not_a_choice")
    if handover.decided_on is not None and handover.decided_on > clock.today():
        raise Invalid("decided_on", "dated_later", {"day": clock.today()})
    given = {
        "decided_by": handover.decided_by,
        "decided_on": handover.decided_on,
        "case_number": text("case_number", handover.case_number),
    }
    return {name: value for name, value in given.items() if value and not getattr(row, name)}
