"""A municipality that is not asked: before its letter it learns nothing, after it all its pages know that it is not.

The letter goes the whole way: frozen, made, approved, sent, delivered. Every page that its people can open is walked.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern

from bosett.basis.languages import LANGUAGES
from bosett.figures.kinds import Status
from bosett.rounds.open_round import OpenFigure
from bosett.rounds.parties import PUBLIC, Party, Who
from bosett_web.actions.letters.making import make_all
from bosett_web.queries.lines import NO_FIGURE
from bosett_web.queries.round.duties import duties, of
from bosett_web.queries.sight import lines_for
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import FinalNumber, Letter, Proposal, ProposalLine, Request, SettlementRound
from bosett_web.screens.urls import urlpatterns
from bosett_web.screens.words import say
from lettersteps import deliver, only, prepare, text_of
from parties import FROZEN, YEAR, worker
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]

SMALL, COUNTY, NAME = "4641", "46", "Aurland"
"""A municipality whose part is below half of the floor: the proposal, the county and the meeting ask it for nobody."""
ASKED = "4601"
NUMBER = 37
PRESUMES = (
    *("own_waiting", "own_waiting_lead", "own_asked", "own_next", "own_next_lead", "own_next_deadline"),
    *("answer_title", "not_answered_own", "deadline_missing", "decisions_none", "outcome_none", "plan_title"),
    *("gate_letter_sent", "do_decision.record", "do_decision.plan", "do_decision.ask_time"),
)
"""What is told to one that has been asked, or that waits for its letter: none of it to one that is not asked."""


@pytest.fixture
def not_asked_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Letter:
    """The letter that tells it so, delivered."""
    return delivered(SMALL, tmp_path, monkeypatch)


def delivered(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Letter:
    prepare()
    only(code, monkeypatch=monkeypatch)
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 1
    letter: Letter = Letter.objects.get(receiver=code, state="made")
    deliver(letter.pk, folder)
    return letter


def reader(language: str = "nb") -> Client:
    return client_of(Party.MUNICIPALITY, SMALL, language=language)


def main_of(client: Client, path: str) -> str:
    return text_of(client, path).split("<main")[1]


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


def paths(letter: int) -> Iterator[str]:
    """Return every address of the round that is read, as one of this municipality would open it."""
    parts: dict[str, object] = {
        "code": COUNTY,
        "municipality": SMALL,
        "letter": letter,
        "version": 1,
        "identity": 1,
        "given": 1,
        "chart": "years",
        "kind": "csv",
        "name": "targets",
        "year": YEAR,
    }
    parts["uid"] = UUID(int=1)
    for each in urlpatterns:
        assert isinstance(each, URLPattern)
        route = str(each.pattern)
        if (
            not route.startswith("<int:year>/")
            or "/do/" in route
            or "upload" in route
            or route.endswith(("cells", "/read", "/fill"))
        ):
            continue
        yield re.sub(r"<\w+:(\w+)>", lambda match: str(parts[match[1]]), route).removeprefix(f"{YEAR}/")


def correct(number: int) -> None:
    """Let the directorate ask it after all; its letter is not sent yet."""
    version = Request.objects.filter(round=YEAR, municipality=SMALL).count() + 1
    values = {"number": number, "day": clock.today(), "reason": "Behovet vokser."}
    Request.objects.create(round_id=YEAR, municipality=SMALL, version=version, **values)


# Before its letter


def test_until_its_letter_has_come_it_waits_and_learns_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert FinalNumber.objects.get(municipality=SMALL).number == 0
    prepare()
    only(SMALL, monkeypatch=monkeypatch)
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 1
    letter = Letter.objects.get(receiver=SMALL)
    for state in ("made", "approved", "queued", "stopped", "failed"):
        Letter.objects.update(state=state)
        page = main_of(reader(), "own")
        assert say("own_waiting", "nb", name=NAME) in page
        assert say("own_not_asked", "nb", name=NAME, year=str(YEAR)) not in page
        assert say("own_not_asked", "nb", name=NAME, year=str(YEAR)) not in main_of(reader(), "decisions")
        assert f"{NAME}:" not in main_of(reader(), "numbers")
        assert own_number() is None
        assert reader().get(f"/{YEAR}/letters/{letter.pk}.pdf").status_code == 404
    Letter.objects.update(state="made")
    deliver(letter.pk, tmp_path)
    assert own_number() == 0


def own_number(who: Who | None = None) -> int | None:
    """Return its number as somebody may see it now; its own people when nobody is named."""
    lines = lines_for(standing(YEAR), who or worker(Party.MUNICIPALITY, SMALL).who, clock.moment())
    return next(line.asked_for for line in lines if line.code == SMALL)


# After it


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page_tells_that_it_is_not_asked_why_and_what_may_happen(not_asked_letter: Letter, language: str) -> None:
    page = main_of(reader(language), "own")
    words = plain(page)
    assert say("own_not_asked", language, name=NAME, year=str(YEAR)) in words
    assert say("own_no_answer", language) in words
    # Why: the floor, in words of the round's own explanation, and who decided it as the letter tells it.
    floor = {"nb": "Ingen anmodes om færre enn 10", "nn": "Ingen blir oppmoda om færre enn 10"}
    assert floor.get(language, "Nobody is asked for fewer than 10") in words
    assert say("own_proposal_none", language) in words
    advice = {"nb": "Vestland fylkeskommune hadde anbefalt", "nn": "hadde Vestland fylkeskommune tilrådd"}
    assert advice.get(language, "the recommendation of Vestland county municipality") in words
    # Its letter, what may happen, and the years before with why there is no figure.
    assert f"/{YEAR}/letters/{not_asked_letter.pk}.pdf" in page
    assert say("own_year_more", language) in words
    assert 'href="mailto:post@imdi.no"' in page
    assert say("own_year_quiet", language) in words
    history = page[page.index(say("own_history", language)) :]
    assert say("not_asked", language) in history
    assert say("words_of_figures", language) in plain(history)
    asked = say("history_requested", language), say("history_decided", language)
    assert not re.search(rf'data-label="(?:{"|".join(asked)})">0<', history)  # nobody asked is no request of 0


def test_its_letter_opens_for_it_and_for_nobody_else_of_the_municipalities(not_asked_letter: Letter) -> None:
    assert reader().get(f"/{YEAR}/letters/{not_asked_letter.pk}.pdf").status_code == 200
    assert client_of(Party.MUNICIPALITY, ASKED).get(f"/{YEAR}/letters/{not_asked_letter.pk}.pdf").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_of_its_pages_presumes_that_it_is_asked(not_asked_letter: Letter, language: str) -> None:
    client, walked = reader(language), set()
    presumed = {code: say(code, language, **facts(code)) for code in PRESUMES}
    for path in paths(not_asked_letter.pk):
        answer = client.get(f"/{YEAR}/{path}")
        assert answer.status_code in (200, 204, 404), path
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        walked.add(path)
        words = plain(answer.content.decode().split("<main")[1].split("</main>")[0]).replace("&nbsp;", "\u00a0")
        assert [code for code, text in presumed.items() if text in words] == [], path
        assert f"{NAME}: 0" not in words, path
    assert {"", "own", "decisions", "numbers", f"numbers/{COUNTY}", "search", "targets"} <= walked


def facts(code: str) -> dict[str, str]:
    return {"own_waiting": {"name": NAME}, "own_asked": {"name": NAME}, "own_waiting_lead": {"year": "2020"}}.get(
        code, {}
    )


def test_that_the_walk_can_find_what_it_looks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered(ASKED, tmp_path, monkeypatch)
    words = plain(main_of(client_of(Party.MUNICIPALITY, ASKED), "own"))
    for code in ("own_next", "own_next_lead", "answer_title", "not_answered_own", "do_decision.record"):
        assert say(code, "nb") in words, code


def test_decisions_numbers_and_search_say_so_too(not_asked_letter: Letter) -> None:
    assert not_asked_letter.kind == "not_asked"
    assert say("decisions_own_none", "nb", name=NAME, year=str(YEAR)) in main_of(reader(), "decisions")
    assert say("own_not_asked", "nb", name=NAME, year=str(YEAR)) in main_of(reader(), "numbers")
    assert say("not_asked", "nb") in main_of(reader(), f"search?q={NAME}")
    row = re.search(rf'<tr><th scope="row">{NAME}.*?</tr>', main_of(reader(), f"numbers/{COUNTY}"))
    assert row
    assert say("not_asked", "nb") in row[0]


@pytest.mark.parametrize("code", [SMALL, ASKED])
def test_what_it_sees_of_its_county_is_not_told_as_the_sum_of_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered(code, tmp_path, monkeypatch)
    finals = re.findall(r'data-label="Endelig">([^<]*)<', main_of(client_of(Party.MUNICIPALITY, code), "numbers"))
    assert len(finals) > 10
    assert set(finals) == {"–"}
    county = re.findall(r'data-label="Endelig">([^<]*)<', main_of(client_of(Party.COUNTY, COUNTY), "numbers"))
    assert sorted(set(county)) == sorted({"–", county_sum()})


def county_sum() -> str:
    return f"{sum(FinalNumber.objects.filter(county=COUNTY).values_list('number', flat=True))}"


def test_what_it_tries_all_the_same_is_refused_with_what_is_true(not_asked_letter: Letter) -> None:
    assert not_asked_letter.kind == "not_asked"
    fields = {"municipality": SMALL, "request": "1", "number": "5", "decided_by": "council", "decided_on": "2020-06-30"}
    client = reader()
    answer = client.post(
        f"/{YEAR}/do/decision.record",
        {**fields, "minors": "no", "shown_to": client.get(f"/{YEAR}/").context["signed"]},
    )
    assert answer.status_code == 409
    assert say("gate_letter_sent", "nb") in answer.content.decode()
    assert "fått brevet" not in say("gate_letter_sent", "nb")


def waits_on(code: str) -> list[str]:
    return [each.code for each in of(duties(standing(YEAR), clock.today()), Party.MUNICIPALITY, code)]


def test_nothing_waits_on_it_as_it_does_on_one_that_is_asked(
    not_asked_letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not_asked_letter.kind == "not_asked"
    delivered(ASKED, tmp_path, monkeypatch)
    assert waits_on(SMALL) == []
    assert waits_on(ASKED) == ["decision.record"]
    assert say("nothing_waits", "nb") in main_of(reader(), "")


def test_the_others_learn_nothing_of_it_before_the_release(not_asked_letter: Letter) -> None:
    assert not_asked_letter.kind == "not_asked"
    assert own_number(worker(Party.MUNICIPALITY, ASKED).who) is None
    not_asked = say("own_not_asked", "nb", name=NAME, year=str(YEAR))
    assert not_asked not in main_of(client_of(Party.MUNICIPALITY, ASKED), f"search?q={NAME}")
    assert own_number(PUBLIC) is None
    assert led_from(f"/{YEAR}/search?q={NAME}") == f"/nb/find?q={NAME}"
    public = {"unknown": "public_place_unknown", "not_asked": "public_place_not_asked"}
    lines = {name: say(code, "nb", name=NAME, year=YEAR) for name, code in public.items()}
    assert asked_in_public() == OpenFigure(None, Status.MISSING)
    page = plain(Client().get(f"/nb/{YEAR}/municipalities/{SMALL}").content.decode())
    assert [name for name, line in lines.items() if line in page] == ["unknown"]
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert own_number(PUBLIC) == 0
    assert asked_in_public().status is Status.NOT_ASKED
    page = plain(Client().get(f"/nb/{YEAR}/municipalities/{SMALL}").content.decode())
    assert [name for name, line in lines.items() if line in page] == ["not_asked"]


def asked_in_public() -> OpenFigure:
    """Return what the public reads that it is asked for, once what is public has been published."""
    return next(each.asked for each in public_of(YEAR).municipalities if each.code == SMALL)


# Why, and what comes after


def test_a_proposal_that_was_set_aside_by_hand_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ProposalLine.objects.get(proposal=Proposal.objects.get(round=YEAR), municipality=ASKED).number
    assert number
    FinalNumber.objects.filter(municipality=ASKED).update(number=0, reason="Kommunen bygger ny barnehage.")
    Request.objects.filter(round=YEAR, municipality=ASKED).delete()
    delivered(ASKED, tmp_path, monkeypatch)
    client = client_of(Party.MUNICIPALITY, ASKED)
    words = plain(main_of(client, "own"))
    assert say("own_proposed_still", "nb", number=number).replace("\u00a0", " ") in words
    assert "Kommunen bygger ny barnehage." in words
    # A reason that its letter did not tell is not told here either.
    FinalNumber.objects.filter(municipality=ASKED).update(reason="Noe annet, skrevet etter brevet.")
    words = plain(main_of(client, "own"))
    assert "skrevet etter brevet" not in words
    assert "barnehage" not in words


def test_asked_after_all_it_waits_for_the_new_letter_and_then_answers_it(
    not_asked_letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(NUMBER)
    page = plain(main_of(reader(), "own"))
    assert say("own_not_asked", "nb", name=NAME, year=str(YEAR)) in page
    assert str(NUMBER) not in page[: page.index(say("own_why_none", "nb"))]
    assert own_number() == 0
    new = delivered(SMALL, tmp_path, monkeypatch)
    assert (new.kind, not_asked_letter.kind) == ("request", "not_asked")
    page = plain(main_of(reader(), "own"))
    assert say("own_asked", "nb", name=NAME) in page
    assert say("do_decision.record", "nb") in page
    assert own_number() == NUMBER


def test_one_that_was_asked_and_is_no_longer_owes_no_answer(
    not_asked_letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not_asked_letter.kind == "not_asked"
    correct(NUMBER)
    delivered(SMALL, tmp_path, monkeypatch)
    correct(0)
    delivered(SMALL, tmp_path, monkeypatch)
    page = plain(main_of(reader(), "own"))
    assert say("own_no_longer", "nb", name=NAME, year=str(YEAR)) in page
    assert say("own_first_asked", "nb", number=NUMBER) in page
    assert say("own_asked", "nb", name=NAME) not in page
    assert say("do_decision.record", "nb") not in page
    assert say("own_next", "nb") not in page
    assert waits_on(SMALL) == []


def test_a_round_of_before_tells_not_asked_and_not_known_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    year = YEAR - 1
    page = reader().get(f"/{year}/own").content.decode()
    assert say("own_not_asked", "nb", name=NAME, year=str(year)) in page
    assert say("own_no_answer", "nb") not in page  # no letter of it is here
    monkeypatch.setattr("bosett_web.screens.round.own.published", lambda *_: NO_FIGURE)
    page = reader().get(f"/{year}/own").content.decode()
    assert say("own_unknown", "nb", name=NAME, year=str(year)) in page
    assert say("own_not_asked", "nb", name=NAME, year=str(year)) not in page
