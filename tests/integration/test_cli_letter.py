"""`bosett letter`: good input, what lacks, bad input, exit codes, and the file that comes out."""

import re
from pathlib import Path

import pytest

from bosett.cli import main
from pdfs import Read

Captured = pytest.CaptureFixture[str]
HEAD = ("--date", "2020-10-30", "--reference", "20/04711", "--signer", "N.N., avdelingsdirektør")
NEED = ("--forecast", "4100,5030,5900", "--forecast-by", "UDI", "--forecast-as-of", "2020-10-01")
DECIDED = ("--decided-by", "direktøren i IMDi", "--decided-on", "2020-10-23")
ANSWER = ("--deadline", "2020-12-15", "--answer-way", "på e-post til post@imdi.no")
REQUEST = (*HEAD, *NEED, *DECIDED, *ANSWER)
CIRCULAR = (
    *("--date", "2020-05-19", *HEAD[2:], "--reception", "goes-on", "--criteria-standing", "proposed"),
    *("--forecast-when", "2020-06", "--targets-when", "2020-06-22", "--letters-when", "autumn-2020"),
    *("--meeting-when", "before-summer-2020", "--contact", "post@imdi.no", "--stopped", "resettlement:2020-03-14"),
)


def text_of(captured: Captured, *arguments: str) -> str:
    assert main(["letter", *arguments]) == 0
    out, err = captured.readouterr()
    assert err == ""
    return out.replace("\u00a0", " ")


def refusal_of(captured: Captured, *arguments: str) -> str:
    assert main(["letter", *arguments]) == 2
    out, err = captured.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_a_request_is_in_the_language_of_its_receiver(capsys: Captured) -> None:
    bokmaal = text_of(
        capsys, "request", "2021", "1101", *REQUEST, "--recommended", "94", "--number", "94", "--why", "x"
    )
    assert "IMDi ber Eigersund kommune om å bosette 94 personer i 2021." in bokmaal
    nynorsk = text_of(capsys, "request", "2021", "4626", *REQUEST, "--why", "Møtet vart avlyst.")
    assert "IMDi oppmodar Øygarden kommune om å busetje" in nynorsk
    assert "Møtet vart avlyst." in nynorsk
    english = text_of(capsys, "request", "2021", "4626", *REQUEST, "--why", "Late.", "--lang", "en")
    assert "IMDi asks the municipality of Øygarden to settle" in english


def test_a_request_tells_what_it_is_given(capsys: Captured) -> None:
    given = ("--recommended", "140", "--recommended-on", "2020-09-18", "--number", "145", "--why", "Flere trengs.")
    where = ("--sender-line", "imdi.no", "--address-line", "Rådhuset", "--lang", "nb")
    text = text_of(capsys, "request", "2021", "4601", *REQUEST, *given, *where, "--minors", "6")
    for fact in ("145 personer", "anbefalte 140 personer 18. september 2020", "Flere trengs.", "4 100", "5 900"):
        assert fact in text
    assert "enslige mindreårige blant dem er 6" in text
    assert "\nimdi.no\n" in text
    assert "Bergen kommune\nRådhuset\n" in text
    none = text_of(capsys, "request", "2021", "4601", *REQUEST, *given, "--minors", "none", "--lang", "nb")
    assert "Ingen av dem er enslige mindreårige." in none


def test_who_is_not_asked_is_told_so(capsys: Captured) -> None:
    given = (*HEAD, *NEED, *DECIDED, "--recommended", "0", "--contact", "post@imdi.no")
    text = text_of(capsys, "not-asked", "2021", "5437", *given, "--lang", "nb")
    assert "IMDi anmoder ikke Kárášjohka – Karasjok kommune om å bosette flyktninger i 2021." in text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_circular_of_2020(language: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "circular.pdf"
    given = (
        "--situation",
        "spredning av koronaviruset",
        "--capacity-by",
        "2020-06-05",
        "--information-by",
        "2020-06-08",
    )
    assert main(["letter", "circular", "2021", *CIRCULAR, *given, "--lang", language, "--out", str(path)]) == 0
    assert capsys.readouterr() == ("", f"wrote {path}\n")
    letter = Read(path.read_bytes())
    assert letter.language[:2] == language
    whole = re.sub(r"[\u00a0,]", " ", letter.whole)
    for fact in ("5 100", "59", "spredning av koronaviruset", "14", "5 120", "post@imdi.no", "20/04711"):
        assert fact in whole
    assert [each.name for each in tmp_path.iterdir()] == ["circular.pdf"]


def test_the_circular_is_in_bokmaal_unless_told(capsys: Captured) -> None:
    text = text_of(capsys, "circular", "2021", *CIRCULAR, "--plan", "3600", "--resettlement-percent", "12")
    assert "Planen var å bosette 3 600 personer i 2020. Om lag 12 prosent" in text
    assert "Kunnskapsdepartementet" in text
    adopted = (*CIRCULAR[:8], "--criteria-standing", "2020-05-02", *CIRCULAR[10:])
    assert "Kunnskapsdepartementet vedtok dem 2. mai 2020" in text_of(capsys, "circular", "2021", *adopted)
    assert "vedtar det et måltall" in text
    advised = text_of(capsys, "circular", "2021", *CIRCULAR, "--targets-by", "ministry")
    assert "gir det råd om et måltall" in advised
    assert "Departementet fastsetter måltallene." in advised


def test_a_sheet_is_the_countys_own(capsys: Captured) -> None:
    text = text_of(capsys, "sheet", "2021", "46", "--date", "2020-09-01", "--lang", "nn")
    assert text.startswith("Vestland fylkeskommune\n")
    assert "Kommunar utan tal enno: 43" in text
    assert "Oslo kommune" in text_of(capsys, "sheet", "2021", "03", "--date", "2020-09-01", "--lang", "nb")


REFUSED = {
    "nothing told": (("circular", "2021"), "give --date; --reference; --signer; --reception; --criteria-standing"),
    "a request without facts": (
        ("request", "2021", "4601"),
        "--decided-on; --recommended, or --why there is none; --forecast; --forecast-by; --forecast-as-of; --deadline",
    ),
    "another number without a reason": (
        ("request", "2021", "4601", *REQUEST, "--recommended", "10"),
        "nothing is guessed: give --why",
    ),
    "a request for nobody": (("request", "2021", "4601", *REQUEST, "--number", "0", "--why", "x"), "--number"),
    "no criteria of the year": (
        ("circular", "2022", *CIRCULAR, "--plan", "1", "--resettlement-percent", "1"),
        "these are not among the shipped figures (criteria (2021) cannot be given here)",
    ),
    "no municipality": (("request", "2021"), "is for a municipality: add its four digits"),
    "no county": (("sheet", "2021"), "is for a county: add its two digits"),
    "a circular for one": (("circular", "2021", "46"), "is for all"),
    "an unknown municipality": (("request", "2021", "9999"), "9999 is not a municipality in 2021"),
    "an unknown county": (("sheet", "2021", "99", "--lang", "nb"), "99 is not a county in 2021"),
    "a county's language": (("sheet", "2021", "46"), "not known for 2021, and is not guessed: give --lang"),
    "standing": (("circular", "2021", "--criteria-standing", "soon"), "'soon' is no standing of criteria"),
    "minors": (("request", "2021", "4601", "--minors", "few"), "'few' is no number of minors"),
    "no folder": (
        ("sheet", "2021", "46", "--lang", "nb", "--date", "2020-09-01", "--out", "nowhere/a.pdf"),
        "there is no folder nowhere",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_lacks_or_is_wrong_is_told_in_one_line(name: str, capsys: Captured) -> None:
    arguments, sentence = REFUSED[name]
    assert sentence in refusal_of(capsys, *arguments)


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--date", "19.5.2020", "'19.5.2020' is no day; write it as 2020-05-19"),
        ("--signer", "Ola", "'Ola' is no signer"),
        ("--stopped", "flights:2020-03-14", "is no stop"),
        ("--stopped", "reception", "is no stop"),
        ("--forecast", "1,2", "'1,2' is no forecast; write low,middle,high in persons"),
        ("--meeting-when", "summer", "'summer' is no time"),
        ("--meeting-when", "2020-13", "'2020-13' is no time"),
        ("--meeting-when", "autumn-x", "'autumn-x' is no time"),
        ("--lang", "se", "invalid choice: 'se'"),
    ],
)
def test_a_word_that_cannot_be_read_is_refused(option: str, value: str, sentence: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["letter", "circular", "2021", option, value])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_stop_may_have_ended(capsys: Captured) -> None:
    text = text_of(capsys, "circular", "2021", *CIRCULAR[:-1], "reception:2020-03-14:2020-04-20")
    assert "Fra 14. mars 2020 til 20. april 2020 var bosettingen fra mottak stanset." in text
