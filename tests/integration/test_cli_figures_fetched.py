"""Tables fetched on the command line: saved as they came, the same as from the network, and nothing by halves."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import disable_socket, enable_socket

import published
from bosett.basis.structures import Structure
from bosett.cli import main
from bosett.figures.catalogue import COLUMNS
from bosett.geography import municipalities
from bosett.sources import ssb, transport
from bosett.sources.fetchable import FETCHABLE, SAVED_BY_HAND, fetch_figures
from bosett.sources.figure_folder import read_folder
from bosett.sources.figure_readers import READERS
from bosett.sources.ssb import SsbService
from bosett.sources.ssb_figures import read_table
from publishers import Publishers, fetcher, publishing

ON = ("--on", "2026-11-02")


@pytest.fixture
def publishers(monkeypatch: pytest.MonkeyPatch, closed_sockets: None) -> Iterator[Publishers]:  # noqa: ARG001
    """The publishers on this machine in SSB's place, asked without waiting."""
    enable_socket()
    with publishing() as served:
        monkeypatch.setattr(ssb, "V2", SsbService(served.pxweb_v2, second=True))
        monkeypatch.setattr(transport, "pause", lambda _: None)
        yield served
    disable_socket(allow_unix_socket=True)


def fetch(what: str, to: Path, *more: str, time: str = "2026") -> int:
    return main(["figures", "fetch", what, "--time", time, *ON, "--to", str(to), *more])


@pytest.mark.parametrize(("what", "time"), [(name, "2026" if "population" in name else "2025") for name in FETCHABLE])
def test_a_saved_file_and_the_network_give_the_same(
    publishers: Publishers, what: str, time: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "answer.json"
    assert fetch(what, to, time=time) == 0
    err = capsys.readouterr().err
    address = f"{publishers.pxweb_v2}/tables/{FETCHABLE[what].table.number}/data"
    for text in (f"from {address} on 2026-11-02", f"sha256 {hashlib.sha256(to.read_bytes()).hexdigest()}", str(to)):
        assert text in err
    read = ["figures", "read", str(to), "--reader", what, "--year", time, *ON, "--source", address, "--format", "json"]
    assert main(read) == 0
    versions = json.loads(capsys.readouterr().out)["versions"]
    fetched = fetch_figures(fetcher(), what, [int(time)])
    assert [each["sha256"] for each in versions] == [
        each.sha256 for each in read_table(fetched, FETCHABLE[what].table, Structure.Y2024)
    ]
    assert [each["indicator"] for each in versions] == list(FETCHABLE[what].indicators)


@pytest.mark.usefixtures("publishers")
def test_what_was_fetched_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to, folder = tmp_path / "09817.json", tmp_path / "figures"
    assert fetch("ssb_immigrants", to, time="2024,2025") == 0
    accept = ["figures", "accept", str(to), "--reader", "ssb_immigrants", *ON, "--by", "Test", "--into", str(folder)]
    assert main(accept) == 0
    assert "accepted 1: immigrants 2024, 2025" in capsys.readouterr().err
    assert {each.version.indicator for each in read_folder(folder).accepted} == {
        *FETCHABLE["ssb_immigrants"].indicators
    }


@pytest.mark.usefixtures("publishers")
def test_an_earlier_year_is_fetched_for_the_municipalities_that_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "a.json"
    assert fetch("ssb_immigrants", to, "--structure", "2024", time="2022") == 0
    read = ["figures", "read", str(to), "--reader", "ssb_immigrants", *ON]
    assert main([*read, "--structure", "2024"]) == 0
    assert "immigrants  2022   357" in capsys.readouterr().out
    # As they were in the year, when nothing is said.
    assert fetch("ssb_immigrants", to, time="2022") == 0
    assert main([*read, "--year", "2022"]) == 0
    assert "immigrants  2022   356" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (["busy"] * 5, "it answers 429 Too Many Requests: Too many requests, asked 5 times"),
        (["closed"] * 5, "503 Service Unavailable"),
        (["drop"] * 5, "no whole answer came"),
        (["cut"] * 5, "the answer breaks off"),
        (["many"], "403 Forbidden"),
        (["gone"], "404 Not Found"),
        (["away"], "sends us on to https://example.org/elsewhere"),
        (["ok", "gone"], "404 Not Found"),
    ],
)
def test_what_does_not_come_whole_is_not_saved(
    publishers: Publishers, plan: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishers.plan += plan
    assert fetch("ssb_population", tmp_path / "a.json") == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("plan", "words"), [("page", "a page (HTML)"), ("short", "breaks off")])
def test_an_answer_that_is_none_is_saved_and_refused_when_it_is_read(
    publishers: Publishers, plan: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishers.plan += [plan]
    to = tmp_path / "a.json"
    assert fetch("ssb_immigrants", to, time="2025") == 0
    assert main(["figures", "read", str(to), "--reader", "ssb_immigrants", *ON]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "time", "more", "words"),
    [
        ("nav", "2026", (), "no lasting address of NAV's file is known. Save it from https://www.nav.no/"),
        ("imdi_results", "2026", (), "Save it from https://www.imdi.no/"),
        ("plain", "2026", (), "There is no 'plain' to fetch. There is ssb_population, ssb_immigrants"),
        ("ssb_population", "2026-02", (), "--time 2026-02 names no year"),
        ("ssb_population", "", (), "--time  names no year"),
        ("ssb_population", "2019,2020", ("--structure", "2020"), "municipalities of 2024 only"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_one_line(
    what: str, time: str, more: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch(what, tmp_path / "a.json", *more, time=time) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_before_anybody_is_asked(
    publishers: Publishers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch("ssb_population", tmp_path / "none" / "a.json") == 2
    assert "there is no folder" in capsys.readouterr().err
    assert publishers.asked == []


def test_every_form_that_is_read_is_fetched_or_has_where_it_is_saved_from() -> None:
    assert set(READERS) == {"plain", *FETCHABLE, *SAVED_BY_HAND}
    assert {name for each in FETCHABLE.values() for name in each.indicators} <= set(COLUMNS)
    assert set(SAVED_BY_HAND.values()) <= set(COLUMNS)


def test_immigrants_by_ground_are_read_from_imdi_s_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        f"Personer;2025;{each.code};{each.name};{ground};{published.people(each.code, 2025) // part}"
        for each in municipalities(2025)
        for ground, part in (("Alle innvandringsgrunner", 6), ("Flukt", 20))
    ]
    path = tmp_path / "imdi.csv"
    lines = ["Enhet;År;Kommunenummer;Kommune;Innvandringsgrunn;Antall", *rows]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("iso-8859-1"))
    assert main(["figures", "read", str(path), "--reader", "imdi_background", *ON]) == 0
    out = capsys.readouterr().out
    assert [line.split()[:3] for line in out.splitlines()[3:5]] == [
        ["immigrants", "2025", "357"],
        ["refugee_background", "2025", "357"],
    ]
