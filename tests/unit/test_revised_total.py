"""A revised total in words, worked by hand and looked at in three languages."""

import pytest

from bosett.documents.explanation import WORDS
from bosett.documents.revised_total import RevisedPlace, RevisedTotal, revised_sections
from bosett.stages.revision import RevisionWay

PLACES = (
    RevisedPlace("Oslo", 300, 250),
    RevisedPlace("Vestland", 20, 25),
    RevisedPlace("Vestland", 15, 10),
    RevisedPlace("Vestland", 10, 0),
    RevisedPlace("Viken", 0, 12),
    RevisedPlace("Viken", 30, 30),
)
CUT = RevisedTotal(RevisionWay.FIRST, "Behovet er mindre.", PLACES)
TEXTS = {
    "nb": """\
Slik ble tallet til
Kommunene var anmodet om 375 til sammen. Etter revisjonen er de anmodet om 327, 48 færre.
Begrunnelse: Behovet er mindre.
Den nye summen er delt etter anmodningene slik de var, med minst mulig endring.
Hvem som fikk et annet tall
3 kommuner fikk et lavere tall.
1 kommune fikk et høyere tall.
1 kommune beholdt tallet sitt.
1 kommune er ikke lenger anmodet.
1 kommune som ikke var anmodet, er det nå.
Slik er endringen fordelt på fylkene
– Oslo: fra 300 til 250
– Vestland: fra 45 til 35
– Viken: fra 30 til 42""",
    "nn": """\
Slik vart talet til
Kommunane var oppmoda om 375 til saman. Etter revisjonen er dei oppmoda om 327, 48 færre.
Grunngiving: Behovet er mindre.
Den nye summen er delt etter oppmodingane slik dei var, med minst mogleg endring.
Kven som fekk eit anna tal
3 kommunar fekk eit lågare tal.
1 kommune fekk eit høgare tal.
1 kommune fekk halde på talet sitt.
1 kommune er ikkje lenger oppmoda.
1 kommune som ikkje var oppmoda, er det no.
Slik er endringa fordelt på fylka
– Oslo: frå 300 til 250
– Vestland: frå 45 til 35
– Viken: frå 30 til 42""",
    "en": """\
How the number came about
The municipalities were asked for 375 in all. After the revision they are asked for 327, 48 fewer.
Reason: Behovet er mindre.
The new total is shared by the requests as they were, with the least change.
Whose number changed
3 municipalities were given a lower number.
1 municipality was given a higher number.
1 municipality kept the same number.
1 municipality is not asked any more.
1 municipality that was not asked is asked now.
How the change is spread over the counties
– Oslo: from 300 to 250
– Vestland: from 45 to 35
– Viken: from 30 to 42""",
}


def text_of(revised: RevisedTotal, language: str) -> str:
    sections = revised_sections(revised, ["Oslo", "Vestland", "Viken"], language)
    return "\n".join(line for section in sections for line in (section.heading, *section.lines))


@pytest.mark.parametrize("language", TEXTS)
def test_a_cut_is_told_with_who_bears_it(language: str) -> None:
    assert text_of(CUT, language) == TEXTS[language]


@pytest.mark.parametrize(("by", "expected"), [(10, "310, 10 flere"), (0, "anmodet om 300 til sammen, som før")])
def test_a_rise_and_a_total_that_is_only_shared_anew(by: int, expected: str) -> None:
    revised = RevisedTotal(RevisionWay.LEFT, "Flere kommer.", (RevisedPlace("Oslo", 300, 300 + by),))
    assert expected in text_of(revised, "nb")
    assert ("– Oslo: 300, som før" in text_of(revised, "nb")) is (by == 0)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("way", RevisionWay)
def test_each_way_is_told(way: RevisionWay, language: str) -> None:
    assert WORDS.of(language)[f"revised_by_{way}"] in text_of(RevisedTotal(way, "Nye tall.", PLACES), language)
