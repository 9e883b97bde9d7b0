"""Letters while the numbers are still open: none is due, and the invitation to a meeting is written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bosett.documents.letters import letter_text
from bosett.rounds.parties import Party
from bosett_web.actions.letters import letters
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.meetings import meetings
from bosett_web.queries.letters.contents import due
from bosett_web.queries.letters.text import letter_from
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import Letter
from lettersteps import deliver, post, prepare, refused, text_of
from parties import DEMO, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def test_before_the_freeze_no_letter_is_due_or_made() -> None:
    assert due(standing(YEAR), clock.today()) == ()
    assert refused(lambda: letters.make(worker(Party.DIRECTORATE), year=YEAR)) == "gate_frozen"
    assert refused(lambda: letters.make(worker(Party.KS), year=YEAR)) == "wrong_party"
    assert make_all(YEAR, 1) == 0


def test_an_invitation_is_written_from_the_meeting_s_own_facts(tmp_path: Path) -> None:
    client = client_of(Party.DIRECTORATE)
    fields = {"county": "46", "language": "nn", "invited_by": "2020-08-20", "how_to_come": "til post@imdi.no"}
    fields["ready"] = "Eit tal for kvar kommune"

    def refused_page() -> str:
        status, page = post(client, "letter.write", **fields)
        assert status == 422
        return page

    assert "Det er ikke planlagt" in refused_page() or "møte" in refused_page()
    when = datetime(2020, 9, 10, 8, 0, tzinfo=UTC)
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="46", at=when, place="Bergen")
    assert "hvem som signerer" in refused_page()
    prepare()
    assert "ingen saksliste" in refused_page()
    meetings.change(
        worker(Party.DIRECTORATE), year=YEAR, county="46", at=when, place="Bergen", agenda="Prognosane\nFramlegget"
    )
    assert "senere enn" in post(client, "letter.write", **{**fields, "invited_by": "2020-05-01"})[1]
    assert post(client, "letter.write", **fields)[0] == 302
    assert post(client, "letter.write", **fields)[0] == 302  # written anew under the same reference
    letter = Letter.objects.get()
    text = letter_text(letter_from(letter.content)).replace("\u00a0", " ")
    for words in (
        "Vestland fylkeskommune",
        "10. september 2020",
        "Prognosane",
        "Framlegget",
        "Eit tal for kvar kommune",
    ):
        assert words in text
    assert "Vestland" in text_of(client, "letters/look?kind=invitation")
    deliver(letter.pk, tmp_path)
    assert post(client, "letter.write", **fields)[0] == 302  # what has come is left as it is, and a new one is written
    assert set(Letter.objects.values_list("version", "state")) == {(1, "delivered"), (2, "made")}
    Letter.objects.filter(version=2).update(state="approved", approved_by=approver(Party.DIRECTORATE).person_id)
    assert "godkjent eller på vei" in refused_page()
    assert client_of(Party.COUNTY, area="46").get(f"/{YEAR}/letters/{letter.pk}.pdf").status_code == 200
    assert client_of(Party.COUNTY, area="11").get(f"/{YEAR}/letters/{letter.pk}.pdf").status_code == 404
