"""What is said of the targets: decided, set after advice, or set, by the agreement in force; one rule in every text."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from bosett.documents.alerts import WORDS as ALERTS
from bosett.documents.alerts import alert_told
from bosett.documents.explanation import WORDS as EXPLANATION
from bosett.rounds.mandate import NOT_KNOWN, Mandate, mandate_on
from bosett.rounds.parties import TargetsRole
from bosett.words import Text
from bosett_web.screens.words import MANDATE, WORDS, say

DECIDES, ADVISES = Mandate(TargetsRole.DECIDES), Mandate(TargetsRole.ADVISES)
OF_TARGETS = re.compile(r"måltal|targets?\b|\btotal\b", re.IGNORECASE)
DECIDED = re.compile(r"vedta|vedtek|vedtok|beslutt|\bdecide", re.IGNORECASE)
BOTH_WAYS = frozenset(
    {"targets_role_decides", "targets_role_advises", "targets_role_unknown", "help_targets", "meaning_committee"}
)
"""Texts that tell which of the two the committee does, and not of the targets of a round."""
OF_OTHERS = frozenset({"public_intro", "public_about_round_text", "targets_no_criteria"})
"""Texts in which a municipality decides, or the ministry of criteria."""


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2016, 1, 1), "vedtatt"),
        (date(2020, 6, 24), "vedtatt"),
        (date(2021, 12, 31), "vedtatt"),
        (date(2022, 1, 1), "fastsatt etter råd"),
        (date(2025, 12, 31), "fastsatt etter råd"),
        (date(2026, 1, 1), "fastsatt"),
        (date(2015, 12, 31), "fastsatt"),
    ],
)
def test_the_word_follows_from_the_agreement_in_force_on_the_day(day: date, word: str) -> None:
    words = "måltallet er {mandate:vedtatt|fastsatt etter råd|fastsatt}"
    assert words.format(mandate=mandate_on(day)) == f"måltallet er {word}"


def test_with_two_words_the_last_is_said_whenever_the_committee_does_not_decide() -> None:
    assert [f"{each:vedtatt|fastsatt}" for each in (DECIDES, ADVISES, NOT_KNOWN)] == ["vedtatt", *["fastsatt"] * 2]


def wrongly_said(words: Mapping[str, Text]) -> list[str]:
    """Return the texts that say of targets, in some language, that they are decided, whatever the year."""
    return [
        code
        for code, text in words.items()
        for words_of_it in (each.format_map(_Plain()) for each in text)
        if OF_TARGETS.search(words_of_it) and DECIDED.search(words_of_it) and code not in BOTH_WAYS | OF_OTHERS
    ]


class _Plain(dict[str, object]):
    """Fills each place with nothing, and says what is said where the committee advises."""

    def __missing__(self, name: str) -> object:
        return ADVISES if name == "mandate" else _Nothing()


class _Nothing:
    def __format__(self, form: str) -> str:
        return form.replace("|", " ")


@pytest.mark.parametrize("words", [WORDS, ALERTS, EXPLANATION], ids=["screens", "alerts", "explanation"])
def test_no_text_says_that_targets_are_decided_where_the_committee_only_advises(words: Mapping[str, Text]) -> None:
    assert wrongly_said(words) == []


def test_the_scan_can_fail_and_leaves_out_no_more_than_it_must() -> None:
    assert {code for code in BOTH_WAYS | OF_OTHERS if not wrongly_said({"": WORDS[code]})} == set()
    wrong = Text("Måltallene er vedtatt.", "Måltala er vedtekne.", "The targets are decided.")
    right = Text("Måltallene er {mandate:vedtatt|fastsatt}.", "Måltala er sette.", "The targets are set.")
    assert set(wrongly_said({"wrong": wrong, "right": right})) == {"wrong"}


def test_words_of_a_screen_take_the_mandate_of_the_round_that_is_shown() -> None:
    before = MANDATE.set(ADVISES)
    try:
        assert say("event_targets.decide", "nb") == "Måltall fastsatt etter råd fra utvalget"
        assert say("event_targets.decide", "nb", mandate=DECIDES) == "Måltall vedtatt"
        MANDATE.set(NOT_KNOWN)
        assert say("event_targets.decide", "nb") == "Måltall fastsatt", "of no round: what is true in any year"
    finally:
        MANDATE.reset(before)


def test_an_e_mail_says_what_was_true_on_the_day_of_the_event() -> None:
    lines = [alert_told("targets.decide", "", 2021, day, "nb") for day in (date(2020, 6, 24), date(2022, 6, 24))]
    assert lines == ["Måltallene er vedtatt", "Måltallene er fastsatt etter råd fra utvalget"]
