"""Whom an event is news to: a table written by hand, held against the table of who sees what."""

from datetime import date

import pytest

from bosett.basis.languages import LANGUAGES
from bosett.documents.alerts import MOST, WORDS, AlertLine, alert_mail, alert_told
from bosett.rounds.alerts import CONCERNS, area_of, concerns
from bosett.rounds.moves import BY_NAME
from bosett.rounds.parties import Grade, Party, Who

READERS = {
    "D": Who(1, Party.DIRECTORATE),
    "M": Who(1, Party.MINISTRY),
    "C": Who(1, Party.COMMITTEE),
    "K": Who(1, Party.KS),
    "U": Who(1, Party.UDI),
    "y": Who(1, Party.COUNTY, "46", "46"),
    "z": Who(1, Party.COUNTY, "30", "30"),
    "m": Who(1, Party.MUNICIPALITY, "4601", "46"),
    "n": Who(1, Party.MUNICIPALITY, "4602", "46"),
}
# Of the nation; of county 46; of municipality 4601.
NATIONAL = {
    "criteria.propose": "DM",
    "criteria.return": "C",
    "criteria.adopt": "DC",
    "criteria.share": "CKyz",
    "alternative.share": "DMKyz",
    "forecast.register": "CKyz",
    "targets.submit": "C",
    "targets.return": "C",
    "targets.decide": "DMKyz",
    "proposal.share": "Kyz",
    "meeting.invite": "Kyz",
    "meeting.call_off": "Kyz",
    "meeting.hold": "Kyz",
    "meeting.amend": "Kyz",
    **dict.fromkeys((f"notice.{verb}" for verb in ("stop", "tell", "change_stop", "change")), "DMCKUyzmn"),
    **dict.fromkeys((f"notice.{verb}" for verb in ("take_back_stop", "take_back")), "DMCKUyzmn"),
    **dict.fromkeys((f"capacity.{verb}" for verb in ("ask", "remind")), "yzmn"),
    "alert.raise": "DMCKyz",
    "alert.acknowledge": "DMKyz",
    "revision.submit": "CK",
    "revision.return": "D",
    "revision.set_total": "DK",
    "revision.decide": "CKyz",
    "round.consult": "K",
    "round.answer": "D",
    "round.submit": "D",
    "round.return": "D",
    "round.freeze": "DKyz",
}
OF_COUNTY = {
    "recommendation.ready": "y",
    "recommendation.hand_back": "y",
    "recommendation.submit": "DK",
    "recommendation.comment": "Dy",
    "recommendation.return": "Ky",
    "recommendation.finish": "Ky",
    "recommendation.reopen_final": "DK",
    "recommendation.hand_over": "D",
    "meeting.invite": "Ky",
    "meeting.call_off": "Ky",
    "meeting.hold": "Ky",
    "meeting.amend": "Ky",
    "information.ask": "D",
    "information.answer": "Ky",
    "information.join": "y",
    "letter.take": "y",
    "input.send": "DK",
    "input.reply": "Ky",
}
OF_MUNICIPALITY = {
    "letter.take": "m",
    "decision.record": "D",
    "decision.ask_time": "D",
    **dict.fromkeys((f"decision.{verb}" for verb in ["give_time", "refuse_time", "raise", "clear", "complete"]), "m"),
}


def readers(name: str, area: str, county: str, state: str = "") -> str:
    return "".join(key for key, who in READERS.items() if concerns(who, name, area, county, state))


@pytest.mark.parametrize(
    ("table", "area", "county"), [(NATIONAL, "", ""), (OF_COUNTY, "46", "46"), (OF_MUNICIPALITY, "4601", "46")]
)
def test_whom_an_event_is_news_to(table: dict[str, str], area: str, county: str) -> None:
    assert {name: readers(name, area, county) for name in table} == table


def test_every_event_of_the_table_is_a_move_and_is_held_against_this_page() -> None:
    assert set(CONCERNS) == {*NATIONAL, *OF_COUNTY, *OF_MUNICIPALITY}
    assert set(CONCERNS) <= set(BY_NAME)


def test_an_answer_to_all_is_news_to_all_it_is_shared_with() -> None:
    assert readers("information.answer", "46", "46", "to_all") == "MCKyz"
    assert readers("information.answer", "46", "46", "to_one") == "Ky"


def test_what_is_no_news_is_none_and_the_grade_opens_nothing() -> None:
    assert readers("recommendation.edit", "46", "46") == ""
    boss = Who(1, Party.MUNICIPALITY, "4601", "46", Grade.ADMINISTRATOR)
    assert not concerns(boss, "round.freeze", "", "")


@pytest.mark.parametrize(
    ("subject", "area"),
    [
        ("recommendation:2021:46", "46"),
        ("decision:2021:4601", "4601"),
        ("meeting:2021:joint", ""),
        ("round:2021", ""),
        ("criteria:2021:1", ""),
        ("letter:2021/4641-anmodning-1", "4641"),
        ("letter:2021/46-anbefaling-1", "46"),
        ("letters:2021", ""),
    ],
)
def test_the_area_that_a_subject_names(subject: str, area: str) -> None:
    assert area_of(subject) == area


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_is_told_in_every_language(language: str) -> None:
    for name in CONCERNS:
        for area in ("46", "4601", *([""] if name in NATIONAL else [])):
            line = alert_told(name, area, 2021, date(2020, 6, 30), language)
            assert "{" not in line
            assert line == line.strip()
    assert "Vestland" in alert_told("recommendation.submit", "46", 2021, date(2020, 6, 30), language)
    assert "Bergen" in alert_told("decision.record", "4601", 2021, date(2020, 6, 30), language)
    assert alert_told("meeting.invite", "", 2021, date(2020, 6, 30), language) == WORDS[
        "alert_meeting.invite.joint"
    ].in_language(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_e_mail_holds_titles_and_links(language: str) -> None:
    lines = [AlertLine(f"Title {each}", 2021, date(2020, 6, 16), f"https://here/{each}") for each in range(MOST + 2)]
    mail = alert_mail(lines, "KS", 1, ("https://here/", "https://here/alerts"), language)
    assert "22" in mail.subject
    assert "KS" in mail.subject
    assert mail.body.count("https://here/") == MOST + 2
    assert "Title 19" in mail.body
    assert "Title 20" not in mail.body
    one = alert_mail(lines[:1], "KS", 0, ("https://here/", "https://here/alerts"), language)
    assert "1" not in one.subject
    assert "\n" not in one.subject
