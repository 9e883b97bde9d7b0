"""A round taken out for the archive: each document once and whole, what is withheld shielded, always the same bytes."""

import argparse
import hashlib
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

import hostile
from afterwards import ASKOY, BERGEN, COUNTY, LETTERED, OTHER, OTHERS_FINISHED, everything
from arkivmelding import faults_of
from bosett.parameters import WRITTEN, load, load_shipped, rules_digest
from bosett.rounds.parties import Party
from bosett_web.accounts.models import Organisation, Seat
from bosett_web.actions.round import demo, withholding
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.operations import archiving
from bosett_web.operations.archiving import LIST, BadArchive, archive, archive_faults
from bosett_web.operations.console import archive as archive_command
from bosett_web.operations.console import verify as verify_command
from bosett_web.operations.console.commands import CannotBeDone
from bosett_web.queries.journal import events
from bosett_web.queries.letters.addresses import correspondents
from bosett_web.queries.round.archive import DIRECTORATE, archived_documents, left_out
from bosett_web.queries.round.documents import documents
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.choices import DocumentKind, LetterKind
from bosett_web.records.models import (
    Attachment,
    CriteriaAlternative,
    CriteriaSet,
    Decision,
    Letter,
    Recommendation,
    SettlementRound,
)
from bosett_web.records.models.letters import CAME
from lettersteps import only
from parties import DEMO, YEAR, approver, worker
from web_database import Start

MESSAGE = "arkivmelding.xml"
GROUND, DETAIL = "offl13-fvl13-1", "tredje punktum"
CITED = "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 1, tredje punktum"


def to_its_end() -> None:
    """Take the round to its end; beside it lies an attachment that the county has not submitted."""
    with pytest.MonkeyPatch.context() as patched, TemporaryDirectory() as folder:
        only(*LETTERED, monkeypatch=patched)
        for _ in everything(Path(folder)):
            pass
    draft = hostile.added(b"% a draft\n")
    Attachment.objects.create(
        recommendation=Recommendation.objects.get(round=YEAR, county=COUNTY),
        name="utkast.pdf",
        sha256=hashlib.sha256(draft).hexdigest(),
        size=len(draft),
        content=draft,
        day=clock.today(),
    )


ENDED = Start(to_its_end, OTHERS_FINISHED)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(ENDED)]


def read(folder: Path) -> ET.Element:
    return ET.fromstring((folder / MESSAGE).read_bytes())  # noqa: S314  - our own


def posts(root: ET.Element) -> Mapping[str, ET.Element]:
    """Return the journal posts by our reference; each has one."""
    by_reference = {}
    for post in root.iterfind("{*}mappe/{*}basisregistrering"):
        reference = post.findtext("{*}registreringsID") or post.findtext(".//{*}referanse") or ""
        assert reference not in by_reference
        by_reference[reference] = post
    return by_reference


def texts(post: ET.Element, name: str) -> list[str]:
    return [each.text or "" for each in post.iterfind(f".//{{*}}{name}")]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def is_document(name: str) -> bool:
    return name not in (MESSAGE, LIST) and not name.startswith("kriterier/")


def withhold(kind: str, key: str) -> None:
    by = worker(Party.DIRECTORATE)
    withholding.withhold(by, year=YEAR, kind=kind, key=key, ground=GROUND, detail=DETAIL)


# What is in it


def test_every_document_is_in_it_once_and_whole_and_what_is_not_is_told(tmp_path: Path) -> None:
    made = archive(YEAR, tmp_path / "out")
    root = read(tmp_path / "out")
    assert faults_of(root) == []
    by_reference = posts(root)
    kept: dict[str, list[tuple[str, bytes]]] = {}
    for letter in Letter.objects.filter(CAME, round=YEAR):
        kept[letter.reference] = [("", bytes(letter.pdf))]
    for number, each in enumerate(Attachment.objects.exclude(shown_on=None).order_by("shown_on", "pk"), 1):
        kept[f"{YEAR}/{COUNTY}-vedlegg-{number}"] = [(each.name, bytes(each.content))]
    for answer in Decision.objects.filter(round=YEAR):
        reference = f"{YEAR}/{answer.municipality}-vedtak-{answer.version}"
        kept[reference] = [("Kvittering for svar", b"")]
        kept[reference] += [(answer.name, bytes(answer.content))] if answer.content else []
    assert set(by_reference) == set(kept)
    # Every kind of letter that there is, attachments of both times, answers with a document and one without.
    came = Letter.objects.filter(CAME, round=YEAR)
    assert set(came.values_list("kind", flat=True)) == set(LetterKind)
    assert sum("-vedlegg-" in reference for reference in kept) > 1
    assert {len(files) for reference, files in kept.items() if "-vedtak-" in reference} == {1, 2}

    names = []
    for reference, files in kept.items():
        post = by_reference[reference]
        named, sums = texts(post, "referanseDokumentfil"), texts(post, "sjekksum")
        assert len(named) == len(sums) == len(files)
        for name, sha256, size, (title, content) in zip(named, sums, texts(post, "filstoerrelse"), files, strict=True):
            written = (tmp_path / "out" / name).read_bytes()
            assert hashlib.sha256(written).hexdigest() == sha256, name
            assert len(written) == int(size)
            assert written.startswith(b"%PDF")
            assert not content or written == content, name
            assert not title or any(title in each for each in texts(post, "tittel")), title
        names += named
    assert Counter(names) == Counter(filter(is_document, bytes_of(tmp_path / "out")))
    assert root.findtext("{*}antallFiler") == str(len(names)) == str(made.files)

    # Whatever the directorate sees in its list is in it, or is told to be left out.
    at = standing(YEAR)
    listed = {(row.kind, row.key) for row in documents(at, DIRECTORATE, clock.moment())}
    archived = {(row.kind, row.key) for row in archived_documents(at)}
    left = {(row.kind, row.key) for row in made.left_out}
    assert archived | left == listed
    assert archived & left == set()
    assert {kind for kind, _ in left} == {kind for kind in DocumentKind if kind != DocumentKind.DECISION}


def test_the_alternatives_that_others_have_seen_lie_beside_with_every_rule_as_anybody_computes_by_it(
    tmp_path: Path,
) -> None:
    archive(YEAR, tmp_path / "out")
    folder = tmp_path / "out" / "kriterier"
    listed = json.loads((folder / "alternativer.json").read_text(encoding="utf-8"))
    rows = CriteriaAlternative.objects.exclude(shared_on=None).order_by("pk")
    assert [(each["name"], each["file"], each["kept_by"], each["shared_on"], each["state"]) for each in listed] == [
        (row.name, row.file, row.kept_by.name, str(row.shared_on), row.state) for row in rows
    ]
    assert listed
    assert CriteriaAlternative.objects.filter(shared_on=None).exists(), "of what nobody has seen it tells nothing"
    named = {row.file for row in rows} | {*CriteriaSet.objects.filter(round=YEAR).values_list("file", flat=True)}
    assert {path.stem for path in folder.glob("*.yaml")} == named
    assert any(WRITTEN.fullmatch(name) for name in named)
    for name in named:
        by_file = load(folder / f"{name}.yaml")
        assert (by_file.id, rules_digest(by_file)) == (name, rules_digest(load_shipped(name)))
    assert archive_faults(tmp_path / "out") == ()
    (folder / "alternativer.json").write_text("[]", encoding="utf-8")
    assert archive_faults(tmp_path / "out") == ("kriterier/alternativer.json has been changed",)


def test_parties_dates_and_status_are_those_of_the_document(tmp_path: Path) -> None:
    archive(YEAR, tmp_path / "out")
    by_reference = posts(read(tmp_path / "out"))
    directorate = Organisation.objects.get(seats__party=Party.DIRECTORATE)
    ks = Organisation.objects.get(seats__party=Party.KS)
    for reference, post in by_reference.items():
        area = reference.partition("/")[2].partition("-")[0]
        party = Party.COUNTY if len(area) == 2 else Party.MUNICIPALITY
        other = Seat.objects.get(party=party, area=area).organisation
        incoming = any(each in reference for each in ("-vedtak-", "-vedlegg-", "-anbefaling-"))
        sender, receiver = (other, directorate) if incoming else (directorate, other)
        kinds = texts(post, "korrespondanseparttype")
        parties = dict(zip(kinds, texts(post, "korrespondansepartNavn"), strict=True))
        copied = {} if any(each in reference for each in ("-vedtak-", "-vedlegg-")) else {"Kopimottaker": ks.name}
        assert parties == {"Avsender": sender.name, "Mottaker": receiver.name, **copied}, reference
        assert texts(post, "avsenderOrganisasjonsnummer") == [sender.orgnr]
        assert texts(post, "mottakerOrganisasjonsnummer") == [receiver.orgnr]
        assert texts(post, "kopimottakerOrganisasjonsnummer") == [ks.orgnr] * len(copied)
        type_and_status = texts(post, "journalposttype") + texts(post, "journalstatus")
        assert type_and_status == (
            ["Inngående dokument", "Journalført"] if incoming else ["Utgående dokument", "Ekspedert"]
        )
        (moved_on,) = texts(post, "mottattDato" if incoming else "sendtDato")
        assert texts(post, "mottattDato" if not incoming else "sendtDato") == []
        assert texts(post, "journaldato") == [moved_on]
    for letter in Letter.objects.filter(CAME, round=YEAR).exclude(kind=LetterKind.RECOMMENDATION):
        post = by_reference[letter.reference]
        assert texts(post, "dokumentetsDato") == [letter.day.isoformat()]
        assert letter.delivered_at is not None
        assert texts(post, "sendtDato") == [timezone.localdate(letter.delivered_at).isoformat()]
        assert post.findtext("{*}tittel", "").startswith(f"{letter.title}, ")
    days = [post.findtext("{*}journaldato", "") for post in by_reference.values()]
    assert days == sorted(days), "the oldest first"
    home = by_reference[f"{YEAR}/{COUNTY}-referat-1"]
    assert texts(home, "postadresse") == ["Postboks 7900"]


# What is withheld


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_what_is_withheld_is_shielded_with_its_ground_and_nothing_public_tells_of_it(kind: str, tmp_path: Path) -> None:
    before = archived_documents(standing(YEAR))
    key = next(row.key for row in before if row.kind == kind)
    mine = {row.reference for row in before if (row.kind, row.key) == (kind, key)}
    if kind == DocumentKind.RECOMMENDATION:  # it goes with what is attached to it
        mine |= {row.reference for row in before if row.kind == DocumentKind.ATTACHMENT and row.sender[1] == key}
    withhold(kind, key)
    made = archive(YEAR, tmp_path / "out")
    root = read(tmp_path / "out")
    assert faults_of(root) == []
    by_reference = posts(root)
    assert {reference for reference, post in by_reference.items() if texts(post, "tilgangsrestriksjon")} == mine
    assert made.withheld == len(mine) > 0
    for reference in mine:
        post = by_reference[reference]
        shielding = post.find("{*}skjerming")
        assert shielding is not None
        assert texts(shielding, "tilgangsrestriksjon") == ["Unntatt offentlighet"]
        assert texts(shielding, "skjermingshjemmel") == [CITED]
        assert texts(shielding, "skjermingDokument") == ["Skjerming av hele dokumentet"]
        incoming = texts(post, "journalposttype") == ["Inngående dokument"]
        other = "Skjerming navn avsender" if incoming else "Skjerming navn mottaker"
        assert other in texts(shielding, "skjermingMetadata")
        assert texts(post, "offentlighetsvurdertDato") == [clock.today().isoformat()]
        # The public title holds the kind and no word of the title, of whom it is to or from, or of our reference.
        (public,) = texts(post, "offentligTittel")
        assert public.endswith(" ******")
        name = Seat.objects.get(area=reference.partition("/")[2].partition("-")[0]).organisation.name
        assert name.split()[0] not in public
        assert post.find("{*}registreringsID") is None
        for file_title in texts(post, "tittel")[:-1]:
            assert file_title not in public
    for reference, post in by_reference.items():
        if reference not in mine:
            assert texts(post, "offentligTittel")[0] in texts(post, "tittel")[-1]
            assert post.findtext("{*}registreringsID") == reference


def test_what_is_open_again_is_no_longer_shielded(tmp_path: Path) -> None:
    key = next(row.key for row in archived_documents(standing(YEAR)) if row.kind == DocumentKind.LETTER)
    archive(YEAR, tmp_path / "before")
    withhold(DocumentKind.LETTER, key)
    archive(YEAR, tmp_path / "withheld")
    withholding.lift(approver(Party.DIRECTORATE), year=YEAR, kind=DocumentKind.LETTER, key=key)
    archive(YEAR, tmp_path / "lifted")
    before, withheld, lifted = (bytes_of(tmp_path / each) for each in ("before", "withheld", "lifted"))
    assert before == lifted
    assert {name for name in before if before[name] != withheld[name]} == {MESSAGE, LIST}
    identities = {ET.fromstring(each[MESSAGE]).findtext("{*}meldingId") for each in (before, withheld)}  # noqa: S314
    assert len(identities) == 2, "another message has another identity"


# How it is written


def test_the_same_round_gives_the_same_bytes_on_any_day(tmp_path: Path) -> None:
    archive(YEAR, tmp_path / "one")
    demo.move_clock(worker(Party.DIRECTORATE), day=clock.today() + timedelta(days=400))
    (tmp_path / "two").mkdir()  # one that is there and empty is as good as none
    archive(YEAR, tmp_path / "two")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_names_with_signs_of_xml_come_back_as_they_are(tmp_path: Path) -> None:
    name = 'Berg & <Sønner> "kommune" ]]>\u0001 Čáhcesuolu'
    Organisation.objects.filter(seats__area=BERGEN).update(name=name)
    archive(YEAR, tmp_path / "out")
    post = posts(read(tmp_path / "out"))[f"{YEAR}/{BERGEN}-anmodning-1"]
    assert name.replace("\u0001", "") in texts(post, "korrespondansepartNavn")
    assert archive_faults(tmp_path / "out") == ()


def test_it_is_journalled_with_what_was_taken_and_the_directorate_reads_that_it_was(tmp_path: Path) -> None:
    made = archive(YEAR, tmp_path / "out")
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.chain) == ("round.archive", f"round:{YEAR}", f"{YEAR}/system")
    after = json.loads(event.body)["after"]
    assert after == {"documents": made.documents, "sha256": made.sha256}
    assert hashlib.sha256((tmp_path / "out" / LIST).read_bytes()).hexdigest() == made.sha256
    assert verify().holds
    _, rows = events(YEAR, worker(Party.DIRECTORATE), most=1)
    assert (rows[0].name, rows[0].by_itself) == ("round.archive", True)


def test_it_is_told_how_far_it_has_come(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    made = archive(YEAR, tmp_path / "out", lambda done, whole: steps.append((done, whole)))
    assert steps == [(number, made.documents) for number in range(1, made.documents + 1)]


def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    archive(YEAR, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


# What cannot be


def refused(words: str, folder: Path, year: int = YEAR) -> None:
    """Hold that a round is not taken out, and that nothing is written or journalled."""
    count = Event.objects.count()
    with pytest.raises(BadArchive, match=words):
        archive(year, folder)
    assert Event.objects.count() == count


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "theirs").write_text("theirs")
    (tmp_path / "file").write_text("theirs")
    refused("out holds something already: name a folder that is empty, or not there yet", tmp_path / "out")
    refused("file holds something already", tmp_path / "file")
    assert lying(tmp_path) == ["file", "out"]
    assert lying(tmp_path / "out") == ["theirs"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(r"cannot be written \((Not a directory|File exists)\): name another folder", tmp_path / "file" / "out")


def test_a_file_that_is_not_the_one_that_was_kept_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "file_of_document", lambda _row: b"%PDF another")
    refused(f"the file of {YEAR}/.* is not the one that was kept", tmp_path / "out")
    assert lying(tmp_path) == []


@pytest.mark.parametrize("where", ["case_message", "take_out", "_place"])
def test_what_falls_in_the_middle_leaves_nothing_behind(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fallen(Exception):
        """It falls here."""

    def fall(*_: object, **__: object) -> None:
        raise Fallen

    count = Event.objects.count()
    monkeypatch.setattr(archiving, where, fall)
    with pytest.raises(Fallen):
        archive(YEAR, tmp_path / "out")
    assert lying(tmp_path) == []
    assert Event.objects.count() == count


def test_a_party_without_an_organisation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = correspondents()
    monkeypatch.setattr(
        archiving, "correspondents", lambda: {place: who for place, who in known.items() if place[1] != ASKOY}
    )
    refused(f"no organisation is municipality {ASKOY}", tmp_path / "out")


@pytest.mark.begins_at(DEMO)
def test_a_round_of_which_nothing_has_been_sent_gives_nothing(tmp_path: Path) -> None:
    refused(f"nothing of the round of {YEAR} has been sent or has come", tmp_path / "out")
    assert lying(tmp_path) == []


# The commands


def run(year: int, folder: Path) -> int:
    return archive_command.run(argparse.Namespace(year=year, into=folder))


def test_the_command_tells_what_it_took_and_what_it_did_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_command, "OFTEN", 10)
    SettlementRound.objects.filter(pk=YEAR).update(release_at=None)
    assert run(YEAR, tmp_path / "out") == 0
    output = capsys.readouterr()
    assert output.out.splitlines()[0].startswith(f"{tmp_path / 'out'}: ")
    assert f"not in it: letter {YEAR}/{OTHER}-felles-innkalling-1: it has not come to its receiver" in output.out
    assert f"not in it: minutes {OTHER}: no letter with them has come to anybody" in output.out
    assert f"not in it: recommendation {OTHER}: it has not been handed over as a letter" in output.out
    assert "not in it: attachment utkast.pdf: the county has not submitted it" in output.out
    assert "the round is not released" in output.out
    assert "10 of " in output.err
    rows = left_out(standing(YEAR), archived_documents(standing(YEAR)), clock.moment())
    assert output.out.count("not in it: ") == len(rows)


def test_a_year_without_a_round_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(CannotBeDone, match=f"there is no round for 1999; the rounds that there are: .*{YEAR}"):
        run(1999, tmp_path / "out")
    assert lying(tmp_path) == []


def test_it_is_checked_by_the_command_that_looks_and_by_what_every_machine_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(YEAR, tmp_path / "out")
    given = argparse.Namespace(backup=None, archive=tmp_path / "out")
    assert verify_command.run(given) == 0
    assert capsys.readouterr().out.endswith("all hold\n")
    program = shutil.which("sha256sum")
    assert program is not None
    looked = [program, "--check", "--quiet", "--strict", LIST]
    assert subprocess.run(looked, cwd=tmp_path / "out", check=False).returncode == 0
    (tmp_path / "out" / f"{YEAR}-{BERGEN}-anmodning-1.pdf").write_bytes(b"%PDF another")
    assert verify_command.run(given) == 1
    assert f"{YEAR}-{BERGEN}-anmodning-1.pdf has been changed" in capsys.readouterr().out
    assert subprocess.run(looked, cwd=tmp_path / "out", check=False, capture_output=True).returncode == 1
