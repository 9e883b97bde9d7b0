"""The words of closed lists: the tables, the table of moves, queries and JSON tell the same ones."""

import json
from datetime import date
from enum import StrEnum

import pytest
from django.db import IntegrityError, connection, models

from bosett.documents.letters import AddendumKind
from bosett.rounds import states
from bosett.rounds.states import TargetsState
from bosett_web.dispatch import Channel
from bosett_web.journal.write import canonical
from bosett_web.records.choices import Decider, LetterKind, Occasion, TryAct, TryOutcome
from bosett_web.records.models import FormerWording, SettlementRound, Targets
from bosett_web.records.models.letters import NUMBERED

TYPED: list[type[models.TextChoices] | type[StrEnum]] = [
    *(AddendumKind, Channel, Decider, LetterKind, Occasion, TryAct, TryOutcome),
    *(each for each in vars(states).values() if isinstance(each, type) and each is not StrEnum),
]


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
    settlement_round = SettlementRound.objects.create(year=2030)
    facts = {"round": settlement_round, "text": "T", "source": "S", "day": date(2030, 1, 1)}
    FormerWording.objects.create(kind=LetterKind.REQUEST, language="nb", **facts)
    assert FormerWording.objects.filter(kind__in=NUMBERED).values_list("kind", flat=True).get() == "request"
    Targets.objects.create(round=settlement_round, version=1, national=1, day=date(2030, 1, 1))
    assert Targets.objects.values_list("state", flat=True).get() == TargetsState.DRAFTED
    with pytest.raises(IntegrityError, match="former_wording_kind"):
        FormerWording.objects.create(kind=LetterKind.REQUEST.name, language="nn", **facts)
