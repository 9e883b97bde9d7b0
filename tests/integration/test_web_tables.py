"""The words of closed lists: the tables, the table of moves, queries and JSON tell the same ones."""

import json
from datetime import date
from enum import StrEnum

import pytest
from django.db import IntegrityError, connection, models

from bosett.documents.letters import AddendumKind
from bosett.rounds.moves import Track, states_of
from bosett_web.dispatch import Channel
from bosett_web.journal.write import canonical
from bosett_web.records.choices import Decider, DecisionState, LetterKind, LetterState, Occasion, TryAct, TryOutcome
from bosett_web.records.models import FormerWording, SettlementRound, Targets
from bosett_web.records.models.letters import NUMBERED

TYPED: list[type[models.TextChoices] | type[StrEnum]] = [
    *(AddendumKind, Channel, Decider, DecisionState, LetterKind, LetterState, Occasion, TryAct, TryOutcome)
]


def test_the_states_of_letters_and_decisions_are_those_of_the_moves() -> None:
    beside = {"prepared", "addressed", "removed"}  # of what is beside the letters, and of one that is no more
    assert {*states_of(Track.LETTER)} - beside == {*LetterState}
    plans = {"planned", "time_asked", "time_given", "time_refused"}
    assert {*states_of(Track.DECISION)} - plans == {*DecisionState} - {DecisionState.REPLACED}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TYPED)
def test_a_typed_word_goes_to_the_database_and_into_json_as_the_word(kind: type[models.TextChoices]) -> None:
    for each in kind:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::text, %s = ANY(%s::text[])", [each, each.value, [*kind]])
            assert cursor.fetchone() == (each.value, True)
        assert json.loads(json.dumps({each: each})) == {each.value: each.value}
        assert canonical({"state": each}) == canonical({"state": each.value})
        assert f"{each}" == str(each) == each.value


@pytest.mark.django_db
def test_a_table_takes_the_words_of_its_list_and_no_other() -> None:
    held = SettlementRound.objects.create(year=2030)
    facts = {"round": held, "text": "T", "source": "S", "day": date(2030, 1, 1)}
    FormerWording.objects.create(kind=LetterKind.REQUEST, language="nb", **facts)
    assert FormerWording.objects.filter(kind__in=NUMBERED).values_list("kind", flat=True).get() == "request"
    Targets.objects.create(round=held, version=1, national=1, day=date(2030, 1, 1))
    assert Targets.objects.values_list("state", flat=True).get() == states_of(Track.TARGETS)[0]
    with pytest.raises(IntegrityError, match="former_wording_kind"):
        FormerWording.objects.create(kind=LetterKind.REQUEST.name, language="nn", **facts)
