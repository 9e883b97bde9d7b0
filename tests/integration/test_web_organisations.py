"""Organisations from Enhetsregisteret: shown before anything changes, all or none, once, and nobody is typed twice."""

import argparse
import json
from datetime import date
from pathlib import Path

import pytest

from bosett.rounds.parties import Party
from bosett.sources.answers import UnreadableAnswer
from bosett_web.accounts.models import Organisation, PostalAddress, Seat
from bosett_web.actions.access import invitations
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.operations.console import organisations
from bosett_web.operations.console.commands import CannotBeDone
from enhetsregisteret_pages import number, unit, units, written

pytestmark = pytest.mark.django_db
YEAR = 2027
EVENT = "access.organisations"


def run(files: list[Path], *, accept: bool = False, register: bool = False) -> int:
    day = date(YEAR, 1, 1)
    return organisations.run(argparse.Namespace(files=files, from_register=register, day=day, accept=accept))


def counts() -> tuple[int, int, int]:
    return Organisation.objects.count(), Seat.objects.count(), PostalAddress.objects.count()


def test_all_of_the_structure_are_shown_first_and_made_when_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = written(tmp_path, units(YEAR))
    assert run(files) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1] == "371 new, 0 changed, 0 as they are. Nothing has been done: --accept does it"
    assert len([line for line in shown if line.startswith("new: ")]) == 371
    assert counts() == (0, 0, 0)
    assert not Event.objects.exists()

    assert run(files, accept=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "371 new, 0 changed, 0 as they are: done"
    # 357 municipalities and 15 counties are 372 roles of 371 organisations: Oslo holds two.
    assert counts() == (371, 372, 371)
    oslo = Organisation.objects.get(name="Oslo kommune")
    assert sorted(oslo.seats.values_list("party", "area", "county")) == [
        ("county", "03", "03"),
        ("municipality", "0301", "03"),
    ]
    bergen = Organisation.objects.get(seats__area="4601")
    assert (bergen.name, bergen.address.publisher) == ("Bergen kommune", "Enhetsregisteret")
    assert bergen.address.lines.startswith("Postboks ")
    assert not bergen.synthetic
    # Two of the same name are told apart.
    assert Organisation.objects.filter(name__startswith="Herøy kommune (").count() == 2
    event = Event.objects.get()
    assert (event.name, len(json.loads(event.body)["after"]["organisations"])) == (EVENT, 371)
    assert verify().holds


def test_a_second_time_nothing_changes_and_nothing_is_journalled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = written(tmp_path, units(YEAR))
    run(files, accept=True)
    before = list(Organisation.objects.order_by("pk").values())
    assert run(files, accept=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 new, 0 changed, 371 as they are: done"
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert Event.objects.count() == 1


def test_a_changed_number_name_and_address_show_as_changed_and_the_seat_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = units(YEAR)
    run(written(tmp_path, register), accept=True)
    bergen = Seat.objects.get(area="4601")
    was = bergen.organisation
    Organisation.objects.filter(pk=was.pk).update(name="Bergens kommune")
    (index,) = (place for place, each in enumerate(register["KOMM"]) if each["navn"] == "BERGEN KOMMUNE")
    register["KOMM"][index] = unit(2001, "Bergen kommune", "KOMM", "4601")
    capsys.readouterr()
    assert run(written(tmp_path, register), accept=True) == 0
    changed, last = capsys.readouterr().out.splitlines()
    assert changed.startswith(f"changed: {number(2001)} Bergen kommune: number {was.orgnr} -> {number(2001)}; ")
    assert 'name "Bergens kommune" -> "Bergen kommune"; address ' in changed
    assert last == "0 new, 1 changed, 370 as they are: done"
    bergen.refresh_from_db()
    assert (bergen.organisation_id, bergen.organisation.orgnr) == (was.pk, number(2001))
    assert bergen.organisation.address.lines == "Postboks 2001"
    body = json.loads(Event.objects.latest("pk").body)
    assert body["before"]["organisations"][number(2001)]["orgnr"] == was.orgnr


def test_who_was_made_by_hand_first_is_found_again_and_not_made_twice(tmp_path: Path) -> None:
    register = units(YEAR)
    oslo = next(each["organisasjonsnummer"] for each in register["KOMM"] if each["navn"] == "OSLO KOMMUNE")
    invitations.invite_first(organisation=oslo, name="Oslo", party=Party.MUNICIPALITY, area="0301")
    run(written(tmp_path, register), accept=True)
    assert counts() == (371, 372, 371)
    assert Organisation.objects.get(orgnr=oslo).name == "Oslo kommune"


def test_places_that_lack_one_or_have_two_are_named_and_the_others_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = units(YEAR)
    register["KOMM"] = [each for each in register["KOMM"] if each["navn"] != "BERGEN KOMMUNE"]
    register["KOMM"].append(unit(2002, "Voss herad", "KOMM", "4621"))
    register["KOMM"][0]["postadresse"] = register["KOMM"][0]["forretningsadresse"] = None
    assert run(written(tmp_path, register), accept=True) == 1
    out = capsys.readouterr().out
    assert "no organisation in the register: 4601 Bergen" in out
    assert "more than one organisation in the register: 4621 Voss: " in out
    assert counts()[0] == 371 - 2 - 1  # and one whose place nobody tells, as it has no address
    assert run(written(tmp_path, register)) == 1


def test_an_address_that_cannot_stand_is_told_and_the_organisation_is_made_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = units(YEAR)
    register["KOMM"][3]["postadresse"]["postnummer"] = "12"
    assert run(written(tmp_path, register), accept=True) == 0
    assert "postnummer cannot stand (not_postal_code)" in capsys.readouterr().out
    assert counts() == (371, 372, 370)


def test_roles_that_are_shared_otherwise_stop_it_and_nothing_is_done(tmp_path: Path) -> None:
    register = units(YEAR)
    other = number(3000)
    invitations.invite_first(organisation=other, name="En annen", party=Party.COUNTY, area="03")
    oslo = next(each["organisasjonsnummer"] for each in register["KOMM"] if each["navn"] == "OSLO KOMMUNE")
    invitations.invite_first(organisation=oslo, name="Oslo", party=Party.MUNICIPALITY, area="0301")
    before = counts()
    with pytest.raises(CannotBeDone, match=f"roles are shared between organisations.*{oslo} Oslo kommune"):
        run(written(tmp_path, register), accept=True)
    assert counts() == before


def test_missing_pages_files_and_words_are_refused(tmp_path: Path) -> None:
    files = written(tmp_path, units(YEAR))
    with pytest.raises(UnreadableAnswer, match="of 4 pages these are missing: 3"):
        run([path for path in files if path.name != "KOMM-2.json"])
    with pytest.raises(CannotBeDone, match="no file holds organisations of counties"):
        run([path for path in files if path.name.startswith("KOMM")])
    for wrong in ({"files": [], "register": False}, {"files": files, "register": True}):
        with pytest.raises(CannotBeDone, match="--from-register"):
            run(**wrong)  # type: ignore[arg-type]
    assert counts() == (0, 0, 0)
