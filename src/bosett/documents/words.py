"""The words that people read in pages and workbooks, by code, in bokmål, nynorsk and English."""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.documents.days import day_in, month_in
from bosett.figures import Figure, Told

LANGUAGES = ("nb", "nn", "en")


class UnknownLanguage(Refusal):
    """A language that there are no words in."""

    def __init__(self, language: str) -> None:
        super().__init__(f"There are no words in {language!r}. Choose one of {', '.join(LANGUAGES)}.")
        self.language = language


# code: (bokmål, nynorsk, English). {names} are filled in by the caller.
WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "round": ("Årlig runde {year}", "Årleg runde {year}", "Settlement round {year}"),
        "proposal": ("Forslag", "Framlegg", "Proposal"),
        "lead": (
            "Hvor mange flyktninger hver kommune foreslås anmodet om å bosette i {year}, og hvorfor.",
            "Kor mange flyktningar det er framlegg om at kvar kommune blir oppmoda om i {year}, og kvifor.",
            "How many refugees each municipality is proposed to be requested to settle in {year}, and why.",
        ),
        "overview": ("Oversikt", "Oversikt", "Overview"),
        "settlement_year": ("Bosettingsår", "Busetjingsår", "Settlement year"),
        "day": ("Kjørt med tall kjent per", "Køyrt med tal kjende per", "Figures known by"),
        "total": ("Nasjonalt måltall", "Nasjonalt måltal", "National target"),
        "total_row": ("Hele landet", "Heile landet", "Norway"),
        "sum": ("Sum", "Sum", "Sum"),
        "mode": ("Fordelingsmåte", "Fordelingsmåte", "Way of sharing"),
        "mode_counties": (
            "først fylkesvise måltall, så kommuner",
            "først fylkesvise måltal, så kommunar",
            "county targets first, then municipalities",
        ),
        "mode_nation": ("rett fra landet til kommunene", "rett frå landet til kommunane", "straight from the nation"),
        "mode_revision": ("justert anmodning", "justert oppmoding", "revised request"),
        "criteria": ("Kriterier", "Kriterium", "Criteria"),
        "criterion": ("Kriterium", "Kriterium", "Criterion"),
        "criteria_set": ("Kriteriesett", "Kriteriesett", "Criteria set"),
        "standing": ("Status", "Status", "Standing"),
        "official": ("Offisielle kriterier", "Offisielle kriterium", "Official criteria"),
        "official_note": (
            "Beregnet etter kriteriene departementet har fastsatt, så langt de lar seg regne ut.",
            "Rekna ut etter kriteria som departementet har fastsett, så langt dei lèt seg rekne ut.",
            "Computed from the criteria adopted by the ministry, as far as they can be computed.",
        ),
        "reference": ("Bosetts referansemodell", "Bosetts referansemodell", "Bosetts referansemodell"),
        "reference_note": (
            "Dette er vår egen modell. Det er ikke offisielle kriterier, og tallene er ikke anmodninger fra IMDi.",
            "Dette er vår eigen modell. Det er ikkje offisielle kriterium, og tala er ikkje oppmodingar frå IMDi.",
            "Our own model. It is not anybody's official criteria, and the numbers are not requests.",
        ),
        # Held against `bosett backtest` by a test: the years must be those of the figures.
        "reference_loses": (
            (
                "Holdt mot det kommunene virkelig ble anmodet om, lå den for 2020, 2021 og 2022 lenger unna enn "
                "anmodningen året før alene. Bare for 2023 lå den nærmere."
            ),
            (
                "Halden opp mot det kommunane verkeleg vart oppmoda om, låg han for 2020, 2021 og 2022 lenger unna enn "
                "oppmodinga året før åleine. Berre for 2023 låg han nærare."
            ),
            (
                "Held against what the municipalities were really asked for, it was farther off in 2020, 2021 and 2022 "
                "than the request of the year before alone. Only in 2023 was it nearer."
            ),
        ),
        "version": ("Versjon", "Versjon", "Version"),
        "county": ("Fylke", "Fylke", "County"),
        "counties": ("Fylkene", "Fylka", "Counties"),
        "target": ("Måltall", "Måltal", "Target"),
        "numbers_sum": ("Sum av forslag", "Sum av framlegg", "Sum of proposals"),
        "asked": ("Kommuner med forslag over 0", "Kommunar med framlegg over 0", "Municipalities proposed above 0"),
        "municipality": ("Kommune", "Kommune", "Municipality"),
        "municipalities": ("Kommunene", "Kommunane", "Municipalities"),
        "code": ("Nr.", "Nr.", "Code"),
        "population": ("Folketall", "Folketal", "Population"),
        "previous": ("Anmodning {before}", "Oppmoding {before}", "Request {before}"),
        "exact": ("Eksakt andel", "Eksakt del", "Exact share"),
        "number": ("Forslag", "Framlegg", "Proposal"),
        "change": ("Endring", "Endring", "Change"),
        "why": ("Hvorfor", "Kvifor", "Why"),
        "why_button": ("Slik ble tallet {number}", "Slik vart talet {number}", "Why {number}"),
        "missing": ("mangler", "manglar", "missing"),
        "hidden": ("skjermet", "skjerma", "hidden"),
        "missing_note": (
            "Tom celle betyr at tallet mangler. Det er ikke det samme som 0.",
            "Tom celle tyder at talet manglar. Det er ikkje det same som 0.",
            "An empty cell means that the figure is missing, which is not the same as 0.",
        ),
        "missing_note_page": (
            "Strek betyr at tallet mangler. Det er ikke det samme som 0.",
            "Strek tyder at talet manglar. Det er ikkje det same som 0.",
            "A dash means that the figure is missing, which is not the same as 0.",
        ),
        "bars_lead": (
            "Søylen er måltallet, streken er summen av anmodningene for {before}.",
            "Søyla er måltalet, streken er summen av oppmodingane for {before}.",
            "The bar is the target, the mark is the sum of the requests for {before}.",
        ),
        "not_computable": ("kan ikke regnes ut", "kan ikkje reknast ut", "not computable"),
        "sum_known": (
            "Summer av tidligere anmodninger gjelder kommuner med tall.",
            "Summar av tidlegare oppmodingar gjeld kommunar med tal.",
            "Sums of earlier requests cover the municipalities with a figure.",
        ),
        "exact_note": (
            "Eksakt andel er kommunens del av det nasjonale måltallet før avrunding, minstetall og fylkesvise måltall.",
            "Eksakt del er kommunen sin del av det nasjonale måltalet før avrunding, minstetal og fylkesvise måltal.",
            "The exact share is the part of the national target before rounding, floors and county targets.",
        ),
        "weight": ("Vekt", "Vekt", "Weight"),
        "unassigned": ("Vekt uten tall", "Vekt utan tal", "Weight not computable"),
        "wording": ("Ordlyd", "Ordlyd", "Wording"),
        "wording_status": ("Ordlydens status", "Status for ordlyden", "Standing of the wording"),
        "status_official": ("offisiell", "offisiell", "official"),
        "status_paraphrase": ("gjengitt med våre ord", "attgitt med våre ord", "paraphrase"),
        "status_translation": ("oversatt av oss", "omsett av oss", "translation"),
        "status_own": ("vår egen", "vår eigen", "our own"),
        "status_unknown": ("ukjent", "ukjend", "unknown"),
        "kind": ("Slag", "Slag", "Kind"),
        "kind_weight": ("vekt", "vekt", "weight"),
        "kind_eligibility": ("vilkår for å bli anmodet", "vilkår for å bli oppmoda", "eligibility"),
        "kind_bound": ("grense", "grense", "bound"),
        "kind_guidance": ("veiledende", "rettleiande", "guidance"),
        "computable": ("Kan regnes ut", "Kan reknast ut", "Computable"),
        "yes": ("ja", "ja", "yes"),
        "no": ("nei", "nei", "no"),
        "sources": ("Kilder", "Kjelder", "Sources"),
        "source": ("Kilde", "Kjelde", "Source"),
        "figures": ("Tall", "Tal", "Figures"),
        "known_on": ("kjent {day}", "kjent {day}", "known on {day}"),
        "by_county": (
            "; fylkets tall, brukt for hver kommune i fylket",
            "; talet for fylket, brukt for kvar kommune i fylket",
            "; the county's figure, used for each of its municipalities",
        ),
        "indicator_population": ("Folketall 1. januar", "Folketal 1. januar", "Population on 1 January"),
        "indicator_population_0_17": (
            "Folketall 0–17 år, 1. januar",
            "Folketal 0–17 år, 1. januar",
            "Population of 0 to 17 years on 1 January",
        ),
        "indicator_population_18_66": (
            "Folketall 18–66 år, 1. januar",
            "Folketal 18–66 år, 1. januar",
            "Population of 18 to 66 years on 1 January",
        ),
        "indicator_population_67_plus": (
            "Folketall 67 år og over, 1. januar",
            "Folketal 67 år og over, 1. januar",
            "Population of 67 years and more on 1 January",
        ),
        "indicator_immigrants": ("Innvandrere 1. januar", "Innvandrarar 1. januar", "Immigrants on 1 January"),
        "indicator_refugee_background": (
            "Personer med flyktningbakgrunn 1. januar",
            "Personar med flyktningbakgrunn 1. januar",
            "People with refugee background on 1 January",
        ),
        "indicator_requested_first": ("Opprinnelig anmodning", "Opphavleg oppmoding", "First request"),
        "indicator_requested": ("Siste anmodning", "Siste oppmoding", "Latest request"),
        "indicator_decided": ("Kommunens vedtak", "Vedtaket til kommunen", "Decided by the municipality"),
        "indicator_settled": ("Bosatte", "Busette", "Settled"),
        "indicator_settled_minors": (
            "Bosatte enslige mindreårige",
            "Busette einslege mindreårige",
            "Unaccompanied minors settled",
        ),
        "indicator_unemployed": ("Helt ledige", "Heilt ledige", "Fully unemployed"),
        "indicator_unemployed_pct": (
            "Helt ledige, prosent av arbeidsstyrken",
            "Heilt ledige, prosent av arbeidsstyrken",
            "Fully unemployed of the labour force, percent",
        ),
        "indicator_unemployed_excl_immigrants": (
            "Arbeidsledige som ikke er innvandrere",
            "Arbeidsledige som ikkje er innvandrarar",
            "Unemployed who are not immigrants",
        ),
        "indicator_unemployed_immigrants": (
            "Arbeidsledige innvandrere",
            "Arbeidsledige innvandrarar",
            "Unemployed immigrants",
        ),
        "indicator_unemployed_excl_immigrants_pct": (
            "Ledighet blant andre enn innvandrere, prosent",
            "Arbeidsløyse blant andre enn innvandrarar, prosent",
            "Unemployment among others than immigrants, percent",
        ),
        "indicator_immigrant_unemployed_pct": (
            "Ledighet blant innvandrere, prosent",
            "Arbeidsløyse blant innvandrarar, prosent",
            "Unemployment among immigrants, percent",
        ),
        "indicator_programme_result_pct": (
            "I arbeid eller utdanning ett år etter introduksjonsprogrammet, prosent",
            "I arbeid eller utdanning eitt år etter introduksjonsprogrammet, prosent",
            "In work or education one year after the introduction programme, percent",
        ),
        "left_out": ("Ikke med", "Ikkje med", "Left out"),
        "left_out_lead": (
            "Disse kommunene er ikke med i fordelingen. Det er ikke det samme som 0 etter fordeling.",
            "Desse kommunane er ikkje med i fordelinga. Det er ikkje det same som 0 etter fordeling.",
            "These municipalities take no part in the sharing, which is not the same as a proposal of 0.",
        ),
        "nobody_left_out": (
            "Alle kommuner er med i fordelingen.",
            "Alle kommunar er med i fordelinga.",
            "All municipalities take part in the sharing.",
        ),
        "reason": ("Grunn", "Grunn", "Reason"),
        "checks": ("Kontroller", "Kontrollar", "Checks"),
        "checks_lead": (
            "Egenskaper kontrollert på nettopp denne kjøringen.",
            "Eigenskapar kontrollerte på nettopp denne køyringa.",
            "Properties verified on this very run.",
        ),
        "check_total": (
            "Tallene summerer til måltallet",
            "Tala summerer til måltalet",
            "The numbers sum to the target",
        ),
        "check_exact sum": (
            "Hver fordeling summerer nøyaktig",
            "Kvar fordeling summerer nøyaktig",
            "Each sharing sums exactly",
        ),
        "check_within bounds": (
            "Alle tall er innenfor grensene",
            "Alle tal er innanfor grensene",
            "All numbers are within their bounds",
        ),
        "check_a larger claim never gets fewer": (
            "Større beregningsgrunnlag gir aldri færre med samme grenser",
            "Større utrekningsgrunnlag gir aldri færre med same grenser",
            "A larger claim with the same bounds never gets fewer",
        ),
        "check_no transfer of one step is better": (
            "Ingen flytting mellom to kommuner gir et bedre svar",
            "Inga flytting mellom to kommunar gir eit betre svar",
            "No transfer between two municipalities gives a better answer",
        ),
        "holds": ("holder", "held", "holds"),
        "fails": ("HOLDER IKKE", "HELD IKKJE", "DOES NOT HOLD"),
        "source_line": (
            "Bosett, {title}. {version}. Tall kjent per {day}.",
            "Bosett, {title}. {version}. Tal kjende per {day}.",
            "Bosett, {title}. {version}. Figures known by {day}.",
        ),
        "page": ("Side", "Side", "Page"),
        "of": ("av", "av", "of"),
        # Why a number is what it is, in one short sentence each.
        "why_share": (
            "Andelen av {whole} er {share}.",
            "Delen av {whole} er {share}.",
            "The share of {whole} is {share}.",
        ),
        "whole_county": (
            "fylkets måltall på {people}",
            "måltalet til fylket på {people}",
            "the county target of {people}",
        ),
        "whole_nation": (
            "det nasjonale måltallet på {people}",
            "det nasjonale måltalet på {people}",
            "the national target of {people}",
        ),
        "why_equal": ("Forslaget er {number}.", "Framlegget er {number}.", "The proposal is {number}."),
        "why_down": ("Avrundet ned til {number}.", "Avrunda ned til {number}.", "Rounded down to {number}."),
        "why_up": ("Avrundet opp til {number}.", "Avrunda opp til {number}.", "Rounded up to {number}."),
        "why_none": (
            "Det er for lite til å bli anmodet; forslaget er 0.",
            "Det er for lite til å bli oppmoda; framlegget er 0.",
            "That is too little to be asked; the proposal is 0.",
        ),
        "why_more": (
            "Forslaget er {number}, altså mer: et minstetall gjelder, eller andre er under terskelen.",
            "Framlegget er {number}, altså meir: eit minstetal gjeld, eller andre er under terskelen.",
            "The proposal is {number}, which is more: a floor applies, or others are below the threshold.",
        ),
        "why_less": (
            "Forslaget er {number}, altså mindre: en grense gjelder, eller minstetall for andre tar plass.",
            "Framlegget er {number}, altså mindre: ei grense gjeld, eller minstetal for andre tek plass.",
            "The proposal is {number}, which is fewer: a bound applies, or floors elsewhere take room.",
        ),
        "why_step_not-asked": (
            "Fordelt på dem som anmodes: {scaled}, under terskelen {threshold}; forslaget er 0.",
            "Fordelt på dei som blir oppmoda: {scaled}, under terskelen {threshold}; framlegget er 0.",
            "Shared among those asked: {scaled}, below the threshold {threshold}; the proposal is 0.",
        ),
        "why_step_least": (
            "Fordelt på dem som anmodes: {quotient}, hevet til minstetallet {number}.",
            "Fordelt på dei som blir oppmoda: {quotient}, heva til minstetalet {number}.",
            "Shared among those asked: {quotient}, raised to the floor {number}.",
        ),
        "why_step_ceiling": (
            "Fordelt på dem som anmodes: {quotient}, senket til det høyeste tallet {number}.",
            "Fordelt på dei som blir oppmoda: {quotient}, senka til det høgste talet {number}.",
            "Shared among those asked: {quotient}, cut to the ceiling {number}.",
        ),
        "why_step_rounding": (
            "Fordelt på dem som anmodes: {quotient}, avrundet til {number}.",
            "Fordelt på dei som blir oppmoda: {quotient}, avrunda til {number}.",
            "Shared among those asked: {quotient}, rounded to {number}.",
        ),
        "why_step_fixed": (
            "Satt for hånd til {number}.",
            "Sett for hand til {number}.",
            "Set by hand to {number}.",
        ),
        "why_parts": (
            "Slik er den eksakte andelen satt sammen",
            "Slik er den eksakte delen sett saman",
            "How the exact share is made",
        ),
        "why_part_of": ("av landets mål", "av målet i landet", "of the measure of the country"),
        "people": ("Personer", "Personar", "Persons"),
        "part": ("Kommunens del", "Kommunen sin del", "The municipality's part"),
        "not_asked": ("ikke anmodet", "ikkje oppmoda", "not asked"),
        "engine_steps": ("Regnestykkets trinn", "Trinna i reknestykket", "Steps of the computation"),
        # The page alone.
        "skip": ("Hopp til innholdet", "Hopp til innhaldet", "Skip to the content"),
        "skip_map": ("Hopp over kartet", "Hopp over kartet", "Skip the map"),
        "map": ("Kart", "Kart", "Map"),
        "map_lead": (
            "Én rute per kommune. Tallet er forslaget, fargen er forslaget per 1000 innbyggere.",
            "Éi rute per kommune. Talet er framlegget, fargen er framlegget per 1000 innbyggjarar.",
            "One tile per municipality. The number is the proposal, the colour is per 1,000 inhabitants.",
        ),
        "map_label": (
            "Rutekart over kommunene i Norge",
            "Rutekart over kommunane i Noreg",
            "Tile map of the municipalities of Norway",
        ),
        "no_map": (
            "Kartet vises ikke fordi koordinater mangler for dette årets kommuner.",
            "Kartet blir ikkje vist fordi koordinatar manglar for kommunane dette året.",
            "There is no map, as coordinates are missing for the municipalities of this year.",
        ),
        "legend": ("Per 1000 innbyggere", "Per 1000 innbyggjarar", "Per 1,000 inhabitants"),
        "legend_zero": ("forslag 0", "framlegg 0", "proposal 0"),
        "legend_out": ("ikke med", "ikkje med", "left out"),
        "legend_unknown": ("folketall mangler", "folketal manglar", "population missing"),
        "search": (
            "Søk etter kommune, nummer eller fylke",
            "Søk etter kommune, nummer eller fylke",
            "Search by municipality, code or county",
        ),
        "hits": ("{shown} av {all} kommuner", "{shown} av {all} kommunar", "{shown} of {all} municipalities"),
        "table_label": ("Tabell over kommunene", "Tabell over kommunane", "Table of municipalities"),
        "counties_label": ("Tabell over fylkene", "Tabell over fylka", "Table of counties"),
        "criteria_label": ("Tabell over kriteriene", "Tabell over kriteria", "Table of criteria"),
        "share_of_total": ("Andel av landet", "Del av landet", "Part of the country"),
        "contents": ("Innhold", "Innhald", "Contents"),
        "per_thousand": ("{rate} per 1000 innbyggere", "{rate} per 1000 innbyggjarar", "{rate} per 1,000 inhabitants"),
        "made": ("Grunnlag og etterprøving", "Grunnlag og etterprøving", "Basis and replay"),
        "replay": (
            "Samme grunnlag gir de samme tallene. Kontrollsummen av grunnlaget ligger i filens egenskaper.",
            "Same grunnlag gir dei same tala. Kontrollsummen av grunnlaget ligg i eigenskapane til fila.",
            "The same inputs give the same numbers. The checksum of the inputs is in the properties of the file.",
        ),
    }
)

OURS = re.compile(r"no-\d{4}-reference")
"""The id of Bosetts referansemodell, by year."""


def word(code: str, language: str, **facts: str | int) -> str:
    """Return the words for a code in a language, with facts filled in.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    return WORDS[code][LANGUAGES.index(language)].format(**facts)


def word_or(code: str, language: str, otherwise: str) -> str:
    """Return the words for a code that another part of the program made, or `otherwise` when there are none."""
    return word(code, language) if code in WORDS else otherwise


_OF_A_DAY = ("1. januar", "1 January")
"""How an indicator ends that is of a day: the year goes on from there."""


def figure_line(told: Told, language: str) -> str:
    """Return one line on a series that was used: what, when, publisher, when it was known."""
    what = word_or(f"indicator_{told.indicator}", language, told.title)
    scope = word("by_county", language) if told.by_county else ""
    known = word("known_on", language, day=day_in(told.known_on, language))
    when = month_in(told.year, told.month, language) if told.month else str(told.year)
    between = " " if what.endswith(_OF_A_DAY) else ", "
    return f"{what}{between}{when} ({told.publisher}; {known}{scope})"


def standing_note(criteria: str, language: str, *, official: bool) -> str:
    """Return what is to be said wherever criteria are shown: whose they are, and where our own model loses."""
    note = word("official_note" if official else "reference_note", language)
    ours = OURS.fullmatch(criteria) is not None
    return f"{note} {word('reference_loses', language)}" if ours and not official else note


def figure(value: Figure, language: str) -> str:
    """Return a number of persons, or in words why there is none: not asked, hidden or missing."""
    return word(value.status.value, language) if value.persons is None else whole(value.persons, language)


def whole(number: int, language: str) -> str:
    """Return a whole number as people write it: 5 025 in Norwegian (no-break space), 5,025 in English."""
    return f"{number:,}".replace(",", "," if language == "en" else "\u00a0").replace("-", "\u2212")


def signed(number: int, language: str) -> str:
    """Return a change with its sign."""
    return f"+{whole(number, language)}" if number > 0 else whole(number, language)


def exact(number: Fraction, language: str, digits: int = 3) -> str:
    """Return a fraction with decimals, rounded half to even, with the decimal mark of the language."""
    scaled = round(abs(number) * 10**digits)
    before, after = divmod(scaled, 10**digits)
    sign = "\u2212" if number < 0 and scaled else ""
    mark = "." if language == "en" else ","
    return f"{sign}{whole(before, language)}" + (f"{mark}{after:0{digits}d}" if digits else "")


def percent(part: Fraction, language: str, digits: int = 1) -> str:
    """Return a part as percent."""
    return f"{exact(part * 100, language, digits)}" + ("%" if language == "en" else "\u00a0%")
