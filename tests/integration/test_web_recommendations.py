"""A county's recommendation beside its numbers: versions kept and compared, who decided it, and the decision's PDFs."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest

import hostile
import parties
from bosett.rounds.parties import Party
from bosett_web.actions.county import attachments, cells, outcomes, recommendations
from bosett_web.actions.county.attachments import MOST
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.meetings import meetings
from bosett_web.actions.pdfs import LARGEST, LONGEST_NAME, safe_name
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.queries.county.versions import (
    Difference,
    Lines,
    VersionRow,
    attachment,
    differences,
    lines_of,
    versions,
)
from bosett_web.queries.county.versions import attachments as attached
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import Attachment, Recommendation
from parties import SHARED, YEAR, approver, worker

COUNTY, OSLO = "03", "0301"
PDF = hostile.plain()


def put(**values: cells.Value) -> None:
    wanted = [Cell(OSLO, field, value) for field, value in values.items()]
    cells.set_all(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted)


def keep(name: str) -> Event:
    return recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name=name)


def identity() -> int:
    return int(Recommendation.objects.get(round=YEAR, county=COUNTY).pk)


def kept(version: int | None) -> Lines:
    lines = lines_of(identity(), version)
    assert lines is not None
    return lines


# Versions


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_numbers_are_kept_under_a_name_and_compared_with_later_ones() -> None:
    put(number=200, under15=3, reason="First.")
    event = keep("Before the board")
    put(number=210, reason="")
    keep("After the board")
    put(asked=False)
    day = clock.today()
    assert versions(identity()) == (
        VersionRow(2, "kept", "After the board", day, 210),
        VersionRow(1, "kept", "Before the board", day, 200),
    )
    assert differences(kept(1), kept(2)) == (
        Difference(OSLO, "number", 200, 210),
        Difference(OSLO, "reason", "First.", ""),
    )
    assert differences(kept(2), kept(None)) == (
        Difference(OSLO, "asked", before=True, after=False),
        Difference(OSLO, "number", 210, 0),
        Difference(OSLO, "under15", 3, None),
    )
    assert differences(kept(1), kept(1)) == ()
    assert lines_of(identity(), 3) is None
    # The name is free text: beside the chain.
    assert "board" not in event.body
    assert json.loads(event.body)["after"] == {"version": 1}
    assert FreeText.objects.get(event=event).text == "Before the board"


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_a_version_needs_its_name_and_an_open_recommendation() -> None:
    with pytest.raises(Invalid, match="text_missing"):
        keep("  ")
    cells.fill_from_proposal(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    with pytest.raises(Objected) as caught:
        keep("Too late")
    assert caught.value.objection.code == "wrong_state"
    assert versions(identity()) == ()


def test_differences_tell_one_that_is_only_on_one_side() -> None:
    assert differences({}, {"4601": {"number": 3}}) == (Difference("4601", "number", None, 3),)
    assert differences({"4601": {"number": 0}}, {}) == (Difference("4601", "number", 0, None),)


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_submitting_finishing_and_reopening_each_keep_a_version() -> None:
    county, directorate = worker(Party.COUNTY, COUNTY), worker(Party.DIRECTORATE)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    proposed = kept(None)[OSLO]["number"]
    recommendations.ready(county, year=YEAR, county=COUNTY)
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    when = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
    meetings.plan(directorate, year=YEAR, county=COUNTY, at=when, place="Video")
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    parties.hold(COUNTY, "The numbers were gone through.")
    agreed = Outcome(OSLO, Numbers(proposed - 5, 1, 2), "Agreed so.", Party.KS.value)
    outcomes.set_outcomes(directorate, year=YEAR, county=COUNTY, outcomes=[agreed])
    recommendations.discuss(directorate, year=YEAR, county=COUNTY, reason="Agreed so.")
    recommendations.finish(approver(Party.DIRECTORATE), year=YEAR, county=COUNTY)
    recommendations.reopen_final(county, year=YEAR, county=COUNTY, reason="The target is lower.")
    rows = versions(identity())
    assert [(row.version, row.made) for row in rows] == [(3, "reopened"), (2, "final"), (1, "submitted")]
    assert [(each.field, each.before, each.after) for each in differences(kept(1), kept(2))] == [
        ("outcome", None, proposed - 5),
        ("outcome_under15", None, 1),
        ("outcome_from15", None, 2),
        ("outcome_reason", "", "Agreed so."),
        ("outcome_by", "", "ks"),
    ]
    assert differences(kept(2), kept(3)) == ()  # what is cleared by reopening is kept in a version
    assert differences(kept(1), kept(None)) == ()
    assert verify().holds


# Who decided


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_the_county_says_who_decided_when_and_in_which_case() -> None:
    def say(by: str = "council", on: date | None = None, case: str = " 20/1234 ") -> Event:
        return recommendations.set_decision(
            worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, decided_by=by, decided_on=on, case_number=case
        )

    today = clock.today()
    event = say(on=today)
    row = standing(YEAR).recommendations[COUNTY]
    assert (row.decided_by, row.decided_on, row.case_number) == ("council", today, "20/1234")
    assert json.loads(event.body)["before"] == {"decided_by": "", "decided_on": None, "case_number": ""}
    for wrong, code in (
        ({"by": "mayor"}, "not_a_choice"),
        ({"on": today + timedelta(days=1)}, "dated_later"),
        ({"on": today}, "nothing_changed"),
    ):
        with pytest.raises(Invalid, match=code):
            say(**wrong)
    say(by="", on=None, case="")
    assert standing(YEAR).recommendations[COUNTY].decided_on is None


# Documents


def attach(content: bytes, name: str = "vedtak.pdf") -> Event:
    return attachments.attach(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name=name, content=content)


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_a_pdf_is_kept_with_its_hash_in_the_journal_and_its_name_beside_it() -> None:
    event = attach(PDF, "Vedtak i fylkestinget.pdf")
    (row,) = attached(identity())
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (row.name, row.size, row.sha256) == ("Vedtak i fylkestinget.pdf", len(PDF), sha256)
    assert attachment(identity(), row.id) == (row.name, PDF)
    assert json.loads(event.body)["after"] == {"sha256": sha256, "size": len(PDF)}
    assert "fylkestinget" not in event.body
    # Another county's recommendation does not have it.
    other = Recommendation.objects.get(round=YEAR, county="46").pk
    assert attachment(other, row.id) is None
    assert attachment(identity(), row.id + 1) is None


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_what_is_no_pdf_empty_too_large_there_already_or_one_too_many_is_refused() -> None:
    attach(PDF)
    for content, code in (
        (b"", "attachment_missing"),
        (b"<html>%PDF-1.7 %%EOF", "attachment_kind"),
        (b"PK\x03\x04", "attachment_kind"),
        (b"%PDF-1.7 cut off", "attachment_kind"),
        (PDF + b" " * 2000, "attachment_kind"),  # its mark is not at its end
        (PDF.replace(b"obj", b"o" * LARGEST, 1), "attachment_large"),
        (PDF, "attachment_there"),
    ):
        with pytest.raises(Invalid, match=code):
            attach(content)
    more = LARGEST - len(hostile.padded(10_000_000)) + 10_000_000  # its length is written with as many digits
    largest = hostile.padded(more)
    assert len(largest) == LARGEST
    attach(largest)
    for count in range(MOST - 2):
        attach(hostile.added(b"%% %d\n" % count))
    with pytest.raises(Invalid, match="attachment_many"):
        attach(hostile.added(b"% 99\n"))
    assert Attachment.objects.count() == MOST == 10


@pytest.mark.django_db
@pytest.mark.begins_at(SHARED)
def test_a_document_is_attached_by_the_county_s_own_while_it_is_open() -> None:
    with pytest.raises(Objected) as caught:
        attachments.attach(worker(Party.COUNTY, "46"), year=YEAR, county=COUNTY, name="a.pdf", content=PDF)
    assert caught.value.objection.code == "wrong_area"
    cells.fill_from_proposal(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    with pytest.raises(Objected) as caught:
        attach(PDF)
    assert caught.value.objection.code == "wrong_state"
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("vedtak.pdf", "vedtak.pdf"),
        ("VEDTAK.PDF", "VEDTAK.pdf"),
        ("Årsmøte – sak 3.pdf", "Årsmøte – sak 3.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("a\\b.pdf", "b.pdf"),
        ("D:\\saker\\vedtak.pdf", "vedtak.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("....", "dokument.pdf"),
        ("..", "dokument.pdf"),
        (".pdf", "dokument.pdf"),
        ("", "dokument.pdf"),
        (" / ", "dokument.pdf"),
        ("x.pdf\x00.exe", "x.pdf.exe.pdf"),
        ('a"b<c>|d*?.pdf', "abcd.pdf"),
        ("a\r\nSet-Cookie: b=c.pdf", "aSet-Cookie b=c.pdf"),
        ("fdp.\u202eexe", "fdp.exe.pdf"),
        ("x" * 500, f"{'x' * LONGEST_NAME}.pdf"),
        (f"{'x' * (LONGEST_NAME - 1)} y.pdf", f"{'x' * (LONGEST_NAME - 1)}.pdf"),
        ("\ud800.pdf", "dokument.pdf"),
    ],
)
def test_a_hostile_name_becomes_a_plain_name_of_a_pdf(given: str, shown: str) -> None:
    assert safe_name(given) == shown
