"""No text shows a count with the wrong form: 1 hendelse, 2 hendelser, 0 hendelser; in every language and every word."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bosett.basis.counting import Count
from bosett.basis.languages import LANGUAGES
from bosett.documents import explanation
from bosett.documents import words as core
from bosett.documents.letters.words import CIRCULAR, COMMON, COUNTY, MEETINGS, REQUEST
from bosett.rounds.mandate import NOT_KNOWN
from bosett_web.screens.words import WORDS

TEMPLATES = Path(__file__).parents[2] / "src/bosett_web/screens"


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Places that hold a number of things or people. A place of a new name is put here, or below.
COUNTS = _set(
    """
    all among answered away by chains chosen compared count decided done due events faults from15 given known low
    high made middle minors missing most n national near number of outcome people persons places plan previous
    proposed paths queued up down ready requested rest same settled shown signal sum target target15 target18 total
    under15 within across first size tries minutes cells columns sizes weeks come fewest receivers always
    changed core never sometimes above ahead behind below hits on_plan
    """
)
# Places that hold a name, a day, a share, an ordinal, a bound, or a text.
OTHERS = _set(
    """
    advisor as_of asked_until decided_by decided_on granted_until planned_on
    address against client lacking offered said step wanted without
    about asked at at_least before kind now status by_capital case cell centrality ceiling change code column committee
    committee_capital contact county county_s criterion day deadline ends exact facts field file first_on floor
    found hash help hidden lacks last least line meeting ministry mine moment month move municipality name names needs
    newest next on on_capital organisation orgnr own page pages part party percent place proposal publisher quotient
    rate reason receiver reference row rows running scaled share sheet sheets sign since situation source starts state
    subject taken_over theirs text then threshold times title to told until value version way weight what where who
    whole why when
    wording written year years after left
    cost firmness full group into small takers week
    channel counties criteria fewest_year forecast last_year most_year points
    allowed byte cause headings municipalities need scenario seed host named series status table there time times value
    words totals measure was power region per computed set mandate other
    """
)
# What may stand right after a number, checked by hand: one and many of each noun with what belongs to it.
NOUNS: Mapping[str, str] = {
    "nb": "hendelse hendelser|kjede kjeder|kommune kommuner|fylke fylker|person personer|forskjell forskjeller|"
    "dokument dokumenter|enslig enslige|nytt nye|adresse adresser|flyktning flyktninger|"
    "søknad søknader|godkjent godkjente|retting rettinger|gang ganger|minutt minutter|"
    "rad rader|skjermet skjermede|husstand husstander|størrelse størrelser|personuke personuker|uke uker|"
    "sikker sikre|innspill innspill|utgave utgaver|motstridende motstridende|gått gått|dag dager|"
    "bosatt bosatte|måned måneder|sted steder|anmodning anmodninger|justert justerte|påminnelse påminnelser|"
    "innkalling innkallinger|avlysning avlysninger|saksliste sakslister|referat referater|anbefaling anbefalinger|"
    "mottaker mottakere|alternativ alternativer",
    "nn": "hending hendingar|kjede kjeder|kommune kommunar|person personar|skilnad skilnader|einsleg einslege|nytt nye|"
    "adresse adresser|flyktning flyktningar|send sende|søknad søknader|godkjent godkjende|"
    "retting rettingar|gong gonger|minutt minutt|rad rader|skjerma skjerma|husstand husstandar|storleik storleikar|"
    "personveke personveker|veke veker|sikker sikre|innspel innspel|utgåve utgåver|"
    "motstridande motstridande|gått gått|dag dagar|busett busette|månad månader|stad stader|"
    "levert leverte|lese lesne|avvist avviste|oppmoding oppmodingar|justert justerte|påminning påminningar|"
    "innkalling innkallingar|avlysing avlysingar|sakliste saklister|tilråding tilrådingar|mottakar mottakarar",
    "en": "event events|chain chains|municipality municipalities|county counties|person persons|difference differences|"
    "document documents|minor minors|passage passages|address addresses|refugee refugees|letter letters|step steps|"
    "number numbers|pair pairs|fault faults|departure departures|receiver receivers|has have|is are|lacks lack|"
    "time times|approved approved|correction corrections|decision decisions|request requests|information information|"
    "figure figures|stands stand|answer answers|need needs|minute minutes|row rows|household households|size sizes|"
    "person person|week weeks|input inputs|version versions|firm firm|expired expired|contradictory contradictory|"
    "by by|course courses|day days|settled settled|month months|place places|was were|comes come|awaits await|"
    "revised revised|reminder reminders|invitation invitations|cancellation cancellations|agenda agendas|"
    "recommendation recommendations|alternative alternatives",
}
# The same for one and many.
EITHER: Mapping[str, str] = {
    "nb": "av svarer eller brev steg treff feil par avsnitt avvik tall vedtak fylke flere færre andre til er i på "
    "får skal svarte ord "
    "svar behov over under og mot nærmeste har sendt informasjonsbehov kommet som prosent igjen eldre forløp tidligere "
    "ved venter kan levert lest avvist stanset ikke for alltid aldri",
    "nn": "av svarar eller brev steg treff feil par avsnitt avvik tal vedtak fylke dokument fleire færre andre til "
    "får skal svara ord "
    "svar behov er i på over og under mot nærmaste har informasjonsbehov som prosent att eldre forløp tidlegare ved "
    "ventar kan stansa ikkje referat for alltid aldri alternativ",
    "en": "of more fewer others other found not in within across above below new was made sent and against per left to "
    "hidden older or at earlier answered can going delivered read on refused stopped too never that",
}
# No number of these is ever 1: all municipalities of the country, said by script; limits of ours; or it is no number.
NEVER_ONE = frozenset(
    (
        "figures_large",
        "unfetched_large",
        "hits",
        "text_long",
        "attachments_large",
        "knowledge_first",
        "attachment_large",
        "service_letter_large",
        "service_address_long",
        "weeks_many",
        "waiting_many",
        "placement_plan",
        "household_of",
        "public_about_hidden_text",
        "column_long",
        "sensitivity_core_lead",
    )
)
NAMED = {"decided": "by", "decided_none": "by", "part": "persons"}
VERBS = {
    "nn": re.compile(r"\b1 (?!av)(?:\w+ ){0,3}(gjorde|kjende|lagde|sette|godkjende|endelege)\b"),
    "en": re.compile(r"\b1 (?!of)(?:\w+ ){0,3}(are|have|lack|were|their|they)\b"),
}
PLACE = re.compile(r"\{(\w+)(?::[^{}]*(?:\{\w+\}[^{}]*)*)?\}")


def entries() -> Iterator[tuple[str, str, str]]:
    """Yield code, language and words of everything that has places to fill."""
    for table in (WORDS, core.WORDS, explanation.WORDS, CIRCULAR, COMMON, COUNTY, MEETINGS, REQUEST):
        for code, text in table.items():
            yield from ((code, language, words) for language, words in text._asdict().items() if "{" in words)


def faults(language: str, words: str, named: str = "") -> list[str]:
    """Return what stands wrongly beside a number: each place is 0, 1 and 2 in turn, and the others are text."""
    one = {pair.split()[0] for pair in NOUNS[language].split("|")} | set(EITHER[language].split())
    many = {pair.split()[1] for pair in NOUNS[language].split("|")} | set(EITHER[language].split())
    names = set(re.findall(r"\{(\w+)", words))
    wrong = []
    for counted in names & COUNTS - {named}:
        for value, allowed in ((0, many), (1, one), (2, many)):
            facts: dict[str, object] = dict.fromkeys(names, "…")
            facts |= {name: Count(7) for name in names & COUNTS}
            facts |= dict.fromkeys(names & {"mandate"}, NOT_KNOWN)
            facts[counted] = Count(value, f"<{value}>")
            filled = words.format(**facts)
            beside = re.findall(rf"<{value}>[ \u00a0](\w+)", filled)
            wrong += [f"{value} {after}" for after in beside if after.lower() not in allowed]
            if value == 1 and (verb := VERBS.get(language)) and (hit := verb.search(filled.replace("<1>", "1"))):
                wrong.append(hit[0])
    return wrong


def test_every_place_is_known_to_hold_a_count_or_something_else() -> None:
    names = {name for _, _, words in entries() for name in re.findall(r"\{(\w+)", words)}
    assert names - COUNTS - OTHERS == set()
    assert not COUNTS & OTHERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_count_stands_beside_the_wrong_form(language: str) -> None:
    wrong_by_code = {
        code: wrong
        for code, spoken, words in entries()
        if spoken == language
        and code not in NEVER_ONE
        and not code.endswith(".many")
        and (wrong := faults(language, words, NAMED.get(code, "")))
    }
    assert wrong_by_code == {}


@pytest.mark.parametrize(
    ("language", "words", "wrong"),
    [
        ("nb", "{count} hendelser", ["1 hendelser"]),
        ("nn", "{count} hending", ["0 hending", "2 hending"]),
        ("nb", "Svar fra {done} av {all} kommuner", ["1 kommuner"]),
        ("en", "{count} {count:letter|letters} are made", ["1 letter are"]),
        ("nn", "{of} steg er gjorde", ["1 steg er gjorde"]),
        ("nb", "{count} {count:hendelse|hendelser}", []),
    ],
)
def test_the_check_catches_a_wrong_form(language: str, words: str, wrong: list[str]) -> None:
    assert faults(language, words) == wrong


def test_a_count_chooses_the_words_beside_it() -> None:
    words = "{count:et brev|{count} brev}, {count} {count:letter|letters}"
    texts = [words.format(count=Count(value)) for value in (0, 1, 2)]
    assert texts == ["0 brev, 0 letters", "et brev, 1 letter", "2 brev, 2 letters"]
    assert f"{Count(5025, '5 025')}" == "5 025"
    assert f"{Count(7):03d}" == "007"


def test_no_template_puts_a_number_before_a_noun_of_its_own() -> None:
    """A number and the words that go with it stand in one text, where the form can be chosen."""
    beside = re.compile(r"\{% number [^%]+ %\}[\s\u00a0(]*\{% say \"(\w+)\" %\}")
    pages = [page.read_text(encoding="utf-8") for page in sorted(TEMPLATES.rglob("*.html"))]
    assert {code for page in pages for code in beside.findall(page)} == {"missing"}, "only what takes any number"
