"""What a letter says otherwise than last year's: wording apart from facts, and which passage is which."""

from dataclasses import replace

from bosett.documents.letters import Column, LetterAttachment, Paragraph, Table, TableRow, letter_of, letter_text
from bosett.documents.letters.differences import (
    Passage,
    PassageChange,
    Side,
    after_of,
    before_of,
    compare,
    counted,
    passages_in,
    passages_of,
)
from letter_samples import samples

NAMES = ("Bergen", "Vestland", "Troms og Finnmark", "Nordreisa", "Nordreisa – Ráisa – Raisi", "Raisi")


def drawn(passage: Passage) -> str:
    """Return a passage as one line: [gone], {new}, and # at facts."""
    marks = {Side.SAME: "{}", Side.GONE: "[{}]", Side.NEW: "{{{}}}"}
    return "".join(marks[each.kind].format(f"#{each.text}" if each.fact else each.text) for each in passage.pieces)


def changes(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    return [(each.change.value, drawn(each)) for each in compare(before, after, NAMES)]


def test_only_facts_have_changed() -> None:
    for before, after, pieces in (
        (
            "Bergen bosetter 24 personer.",
            "Nordreisa bosetter 1 person.",
            "[#Bergen]{#Nordreisa} bosetter [#24 personer]{#1 person}.",
        ),
        (
            "Frist: 1. mai 2020, kl. 10.00",
            "Frist: 12. juni 2021, kl. 9.30",
            "Frist: [#1. mai 2020]{#12. juni 2021}, [#kl. 10.00]{#kl. 9.30}",
        ),
        ("Målet er 5 025, 4,2 %.", "Målet er 600, 15 %.", "Målet er [#5 025]{#600}, [#4,2 %]{#15 %}."),
        (
            "Vår referanse: 20/04711",
            "Vår referanse: 2021/4601-anmodning-1",
            "Vår referanse: [#20/04711]{#2021/4601-anmodning-1}",
        ),
        ("Svar til a.b@imdi.no.", "Svar til post@imdi.no.", "Svar til [#a.b@imdi.no]{#post@imdi.no}."),
        ("Bergens del", "Nordreisa – Ráisa – Raisis del", "[#Bergens]{#Nordreisa – Ráisa – Raisis} del"),
        ("den 2020-05-19", "den 2021-01-02", "den [#2020-05-19]{#2021-01-02}"),
    ):
        assert changes([before], [after]) == [("facts", pieces)]


def test_a_change_of_wording_is_told_beside_the_changed_facts() -> None:
    assert changes(
        ["IMDi ber Bergen kommune bosette 24 personer i 2020."],
        ["IMDi ber Nordreisa kommune om å bosette 9 personer i 2021."],
    ) == [
        (
            "changed",
            "IMDi ber [#Bergen]{#Nordreisa} kommune{ om å} bosette [#24 personer]{#9 personer} i [#2020]{#2021}.",
        )
    ]
    # A stretch of several words is read as one.
    assert changes(["Vi ber dere svare raskt nå."], ["Vi ber dere gi beskjed nå."]) == [
        ("changed", "Vi ber dere [svare raskt]{gi beskjed} nå.")
    ]


def test_passages_are_found_again_though_others_have_come_between() -> None:
    before = ["Kriteriene", "Vi ber kommunen gjøre et vedtak.", "Dette faller bort i år, og alt som hørte til."]
    after = ["Helt nytt her, uten noe likt fra før.", "Kriteriene", "Vi ber kommunestyret gjøre et vedtak nå."]
    assert changes(before, after) == [
        ("new", "{Helt nytt her, uten noe likt fra før.}"),
        ("same", "Kriteriene"),
        ("changed", "Vi ber [kommunen]{kommunestyret} gjøre et vedtak{ nå}."),
        ("gone", "[Dette faller bort i år, og alt som hørte til.]"),
    ]
    assert counted(compare(before, after)) == {
        PassageChange.SAME: 1,
        PassageChange.FACTS: 0,
        PassageChange.CHANGED: 1,
        PassageChange.NEW: 1,
        PassageChange.GONE: 1,
    }


def test_a_word_is_no_name_in_the_middle_of_another() -> None:
    assert changes(["Bergensk"], ["Nordreisask"])[0][0] == "gone"
    assert changes(["I mai skal May svare på dette."], ["I mai skal June svare på dette."])[0][0] == "changed"


def test_a_letter_compared_with_the_other_of_its_kind() -> None:
    one, other = (passages_of(letter_of(samples()[name], "nb")) for name in ("request-minors", "request"))
    passages = compare(one, other, NAMES)
    assert counted(passages) == {
        PassageChange.SAME: 19,
        PassageChange.FACTS: 7,
        PassageChange.CHANGED: 2,
        PassageChange.NEW: 0,
        PassageChange.GONE: 0,
    }
    assert before_of(passages) == one
    assert after_of(passages) == other
    assert "Svarfrist: 15. desember 2020" in other


def test_every_part_of_a_letter_is_compared_but_address_and_marks() -> None:
    letter = letter_of(samples()["request"], "nn")
    table = Table("Alle", (Column("Kommune"), Column("Tall", number=True)), (TableRow(("Bergen", "24")),))
    whole = replace(letter, attachments=(LetterAttachment("Vedlegg", (Paragraph("Noe.", note="en note"), table)),))
    passages = passages_of(whole)
    assert passages[0] == letter.title.replace("\u00a0", " ")
    assert passages[-5:] == ("Vedlegg", "Noe. (en note)", "Alle", "Kommune | Tall", "Bergen | 24")
    assert not any("Postboks" in each or "Vår referanse" in each for each in passages)


def test_pasted_text_falls_into_the_passages_of_the_letter() -> None:
    for name in ("request", "reminder"):
        letter = letter_of(samples()[name], "nb")
        pasted = passages_in(letter_text(letter).split("\n\n", 3)[-1])
        own = passages_of(letter)
        assert [each for each in own if each not in pasted] == []
        assert counted(compare(pasted, own))[PassageChange.NEW] == 0


def test_lines_that_a_page_has_broken_are_one_passage() -> None:
    broken = (
        "Vi ber kommunen gjøre et vedtak og sende det\r\ntil oss. Vedtaket må ha med et klart tall på hvor\nmange.\n\n"
        "– ett\n- to\n1. tre\n\n\nSlutt\n"
    )
    assert passages_in(broken) == (
        "Vi ber kommunen gjøre et vedtak og sende det til oss. Vedtaket må ha med et klart tall på hvor mange.",
        *("ett", "to", "tre", "Slutt"),
    )
    assert passages_in("1. mai er fristen\n2. juni òg") == ("1. mai er fristen", "2. juni òg")
    assert passages_in("en linje\nenda en linje") == ("en linje", "enda en linje")
    assert passages_in("2020 er året") == ("2020 er året",)
    assert passages_in(" \n\n ") == ()
