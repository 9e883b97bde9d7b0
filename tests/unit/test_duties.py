"""Every move of the table is a duty with its day and words, or says why nobody waits for it."""

from datetime import date

import pytest

from bosett.basis.languages import LANGUAGES
from bosett.rounds.due import Due, Free, Season, by_season
from bosett.rounds.duties import OWN_WORK, is_owed, owed
from bosett.rounds.moves import MOVES, SKIPPABLE, Gate, Move, Situation, Track, move_of
from bosett.rounds.parties import Grade, Party
from bosett_web.screens.words import WORDS, say

# Norwegian and English imperatives that a duty may begin with, checked by hand.
IMPERATIVES = {
    "nb": "Lag Send Vedta Del Registrer Legg Bekreft Regn Svar Planlegg Kall Hold Anbefal Godkjenn Åpne Les Før Gjør "
    "Sett Bestem Se Finn Avklar Vurder Følg Meld Kvitter Fastsett",
    "nn": "Lag Send Vedta Del Registrer Legg Stadfest Rekn Svar Planlegg Kall Hald Tilrå Godkjenn Opne Les Før Gjer "
    "Set Bestem Sjå Finn Avklar Vurder Følg Meld Kvitter Fastset",
    "en": "Draft Send Adopt Share Register Lay Decide Confirm Compute Answer Plan Invite Hold Recommend Approve Open "
    "Hand Read Enter Make Set Look Find Clear Judge Follow Report Acknowledge Finish",
}
DUTIES = [code for code in WORDS if code.startswith("duty_")]
FACTS = {"place": "Agder", "year": 2021}


def faults(move: Move, others: tuple[Move, ...]) -> list[str]:
    """Return what is wrong with what a move says of its duty."""
    track = [each for each in others if each.track is move.track and isinstance(each.duty, Due)]
    sentences = []
    if (move.by is None) is not (move.duty is Free.SYSTEM):
        sentences.append("the system's own moves and no others are the system's")
    if move.duty is Free.OTHER and not any(each.start == move.start for each in track):
        sentences.append("another way out of a state that is nobody's duty")
    if move.duty is Free.PART and not any(each.by is move.by for each in track):
        sentences.append("a part of a duty that its role does not have")
    return sentences


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_every_move_is_a_duty_or_says_truly_why_it_is_none(move: Move) -> None:
    assert faults(move, MOVES) == []


def test_the_check_of_reasons_catches_a_wrong_one() -> None:
    submit = move_of("recommendation.submit")
    wrong = Move("letter.lose", "lost", "made", Party.DIRECTORATE, submit.grades, Free.OTHER)
    assert faults(wrong, (*MOVES, wrong)) == ["another way out of a state that is nobody's duty"]
    alone = Move("forecast.guess", None, "guessed", Party.COUNTY, submit.grades, Free.PART)
    assert faults(alone, (*MOVES, alone)) == ["a part of a duty that its role does not have"]
    nobody = Move("letter.send", "approved", "queued", None, submit.grades, Due.LETTERS)
    assert faults(nobody, MOVES) == ["the system's own moves and no others are the system's"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_duty_has_words_that_begin_with_an_imperative(language: str) -> None:
    verbs = set(IMPERATIVES[language].split())
    for move in MOVES:
        if isinstance(move.duty, Due):
            assert f"duty_{move.name}" in WORDS, move.name
    for code in DUTIES:
        for count in (1, 2):
            words = say(code, language, count=count, **FACTS)
            assert words.split()[0] in verbs, (code, words)
            assert not words.endswith("."), "an item of a list, not a sentence"


def test_no_words_are_left_of_a_duty_that_is_gone() -> None:
    names = {move.name for move in MOVES if isinstance(move.duty, Due)}
    besides = {"decision.answer_newer", "decision.clear_up", "information.answer_later"}
    for code in DUTIES:
        assert code.removeprefix("duty_").removesuffix(".many").removesuffix(".joint") in names | besides, code


@pytest.mark.parametrize("gate", Gate)
def test_a_gate_that_somebody_else_opens_postpones_a_duty_and_one_s_own_work_does_not(gate: Gate) -> None:
    for move in MOVES:
        if gate in move.gates and isinstance(move.duty, Due):
            assert is_owed(move, Situation(move.start, unmet={gate: {}})) is (gate in OWN_WORK)
            skipped = Situation(move.start, unmet={gate: {}}, skipped=frozenset({gate}))
            assert is_owed(move, skipped) is (gate in OWN_WORK | SKIPPABLE)


def test_what_is_owed_in_a_state_and_nothing_of_a_frozen_round_s_numbers() -> None:
    assert [move.name for move in owed(Track.CRITERIA, Situation("proposed"))] == ["criteria.adopt"]
    assert owed(Track.CRITERIA, Situation("proposed", unmet={Gate.NOT_FROZEN: {}})) == ()
    assert owed(Track.CRITERIA, Situation("proposed"), unless=("criteria.adopt",)) == ()
    assert move_of("criteria.adopt").lowest is Grade.APPROVER


def test_the_letter_names_months_and_seasons_of_the_year_before() -> None:
    assert by_season(Season.JUNE, 2021).last == date(2020, 6, 30)
    assert by_season(Season.SUMMER, 2021).last == date(2020, 6, 30)
    assert by_season(Season.AUTUMN, 2021).last == date(2020, 11, 30)
