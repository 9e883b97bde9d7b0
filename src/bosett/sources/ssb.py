"""SSB's Statbank: which tables are asked, and how, in both of its interfaces.

PxWebApi v2: `GET /tables/{id}/data?lang=no&outputFormat=json-stat2&valueCodes[Region]=...&codelist[Region]=...`; codes
are parted by commas. v1: `POST /table/{id}` with `{"query": [{"code", "selection": {"filter", "values"}}],
"response": {"format": "json-stat2"}}`. At most 800 000 cells a question and 30 questions a minute from one address
(ssb.no, "API mot statistikkbanken - brukerveiledning", read as stored in 2026; CC BY 4.0). A v2 address with all
municipalities is too long for the server, which then answers 404; so we ask for some at a time.

Codes as seen in published queries: 07459 has `Region`, `Kjonn`, `Alder` (000 to 104, 105+), `ContentsCode` Personer1
and `Tid`; 09817 has `InnvandrKat` (B: immigrants) and `Landbakgrunn` (999: all); 11607 has `Alder` 15-74, `Kjonn` 0,
`Landbakgrunn` tot and `ContentsCode` Sysselsatte2 (percent); 11616 has `ContentsCode` Bosatt and Arbeidssted; 13563
has `HovArbStyrkStatus`, in which A.01 is expected to be those in work. What is not told for certain is checked by its
label when it comes (`called`), and refused when it is another. 09817 has no refugee background: that comes from IMDi.
SSB's table of results of the introduction programme by municipality is not told in what we could read; whoever knows
its number and codes names them by `result_table`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import prod
from types import MappingProxyType
from urllib.parse import quote, urlencode

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.geography import register
from bosett.sources.fetching import Fetched, Fetcher, Pacer, Pause, Question, joined

PUBLISHER = "SSB"
HOST = "data.ssb.no"
MOST_CELLS = 800_000
LONGEST_ADDRESS = 2_000
"""Characters of an address that servers and proxies surely take."""
MOST_A_MINUTE = 30
MINUTE = 60_000
REGION, TIME, CONTENTS = "Region", "Tid", "ContentsCode"
SUMMED = "K-"
"""Before the code of a municipality as it is today, with those that became it added up (codelist KommSummer)."""
ALL = None
"""All codes of a variable added up, or the variable left out, which gives the same."""

Codes = tuple[str, ...] | None


class CannotAsk(Refusal):
    """What is wanted of a table cannot be asked of SSB."""


@dataclass(frozen=True, slots=True)
class SsbService:
    """One of SSB's interfaces: its address and whether it is the second."""

    address: str
    second: bool

    def of(self, table: "SsbTable") -> str:
        """Return the address of a table, without what is asked of it."""
        return f"{self.address}/tables/{table.number}/data" if self.second else f"{self.address}/table/{table.number}"


V2 = SsbService(f"https://{HOST}/api/pxwebapi/v2", second=True)
V1 = SsbService(f"https://{HOST}/api/v0/no", second=False)


@dataclass(frozen=True, slots=True)
class SsbTable:
    """A table of the Statbank, and what we read from it.

    Attributes:
        number: Five digits.
        indicators: By the name of an indicator, the codes that are added up of each variable but place and time.
        unit: person or percent.
        codelists: The codelist that the codes of a variable belong to, without `agg_` or `vs_`.
        called: A word that the label of a code must hold, where the code itself is not certain.
        inhabited: Whether a 0 can be no figure, as no municipality is empty.
    """

    number: str
    indicators: Mapping[str, Mapping[str, Codes]]
    unit: str = "person"
    codelists: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    called: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    inhabited: bool = False

    @property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """The codes of each variable that are asked for, in order; a variable that is left out is added up by SSB."""
        codes_of: dict[str, dict[str, None]] = {}
        for cells in self.indicators.values():
            for variable, codes in cells.items():
                codes_of.setdefault(variable, {}).update(dict.fromkeys(codes or ()))
        # What is measured can never be left out; where its code is not known all are asked for, and one must come.
        return {CONTENTS: ("*",)} | {variable: tuple(codes) for variable, codes in codes_of.items() if codes}


_AGES = (*(f"{age:03}" for age in range(105)), "105+")
_PEOPLE = ("Personer1",)

POPULATION = SsbTable(
    "07459",
    {
        "population": {CONTENTS: _PEOPLE, "Alder": ALL},
        "population_0_17": {CONTENTS: _PEOPLE, "Alder": _AGES[:18]},
        "population_18_66": {CONTENTS: _PEOPLE, "Alder": _AGES[18:67]},
        "population_67_plus": {CONTENTS: _PEOPLE, "Alder": _AGES[67:]},
    },
    codelists={"Alder": "AlleAldre00B"},
    inhabited=True,
)
IMMIGRANTS = SsbTable("09817", {"immigrants": {CONTENTS: _PEOPLE, "InnvandrKat": ("B",), "Landbakgrunn": ("999",)}})
EMPLOYED_AND_JOBS = SsbTable(
    "11616",
    {"employed": {CONTENTS: ("Bosatt",)}, "jobs": {CONTENTS: ("Arbeidssted",)}},
    called={(CONTENTS, "Bosatt"): "bos", (CONTENTS, "Arbeidssted"): "arbeidssted"},
)
EMPLOYED_PERCENT = SsbTable(
    "11607",
    {"employed_pct": {CONTENTS: ("Sysselsatte2",), "Alder": ("15-74",), "Kjonn": ("0",), "Landbakgrunn": ("tot",)}},
    unit="percent",
    called={(CONTENTS, "Sysselsatte2"): "prosent"},
)
EMPLOYED_BY_STATUS = SsbTable(
    "13563",
    {"employed_by_status": {"HovArbStyrkStatus": ("A.01",)}},
    codelists={"HovArbStyrkStatus": "ArbStatus2018niva2a"},
    called={("HovArbStyrkStatus", "A.01"): "sysselsatt"},
)


def result_table(number: str, codes: Mapping[str, Codes]) -> SsbTable:
    """Return a table of results of the introduction programme by municipality, in percent, by its number and codes."""
    return SsbTable(number, {"programme_result_municipality_pct": dict(codes)}, unit="percent")


def pacer(clock: Callable[[], int], pause: Pause) -> Pacer:
    """Return the pacer of SSB's limit; its host is `HOST`."""
    return Pacer(MOST_A_MINUTE, MINUTE, clock, pause)


def fetch_table(
    fetcher: Fetcher, table: SsbTable, structure: Structure, years: Sequence[int], service: SsbService = V2
) -> Fetched:
    """Return what SSB answers on every municipality of a structure, in as many questions as it takes.

    Its source is the address of the table: each question names some of the municipalities after it.

    Raises:
        CannotAsk: SSB has no such figures, or there is nothing to ask.
        NotFetched: SSB is not reached, or says no.
    """
    answers = [fetcher.fetch(each) for each in questions(table, structure, years, service)]
    return replace(joined(answers), source=service.of(table))


def questions(
    table: SsbTable, structure: Structure, years: Sequence[int], service: SsbService = V2
) -> tuple[Question, ...]:
    """Return the questions that together ask for every municipality of a structure in some years.

    Years before the structure are asked for with today's municipalities, added up by SSB.

    Raises:
        CannotAsk: No year is named, or a year before a structure that is not in force any more.
    """
    if not years:
        raise CannotAsk("No year is named. Name at least one.")
    early = [year for year in years if structure_of(year) is not structure]
    if early and structure is not max(Structure):
        listed = ", ".join(map(str, early))
        raise CannotAsk(
            f"SSB adds up earlier years to the municipalities of {max(Structure).value} only, and not to those of "
            f"{structure.value} ({listed}). Ask for years in which that structure was in force."
        )
    codes = [f"{SUMMED if early else ''}{code}" for code in register().municipalities[structure]]
    times = [str(year) for year in years]
    per_code = prod(len(each) for each in table.asked.values())
    most_years = max(MOST_CELLS // per_code, 1)
    most_codes = max(MOST_CELLS // (per_code * min(len(times), most_years)), 1)
    ask = _second if service.second else _first
    return tuple(
        question
        for some_times in (tuple(times[at : at + most_years]) for at in range(0, len(times), most_years))
        for question in _fitting(codes, most_codes, partial(ask, table, some_times, service))
    )


def _fitting(codes: Sequence[str], most: int, ask: Callable[[tuple[str, ...]], Question]) -> Iterator[Question]:
    """Yield questions on all codes, each on as many as the cells and the length of the address allow."""
    rest = tuple(codes)
    while rest:
        count = min(most, len(rest))
        while count > 1 and len(ask(rest[:count]).address) > LONGEST_ADDRESS:
            count = max(count * 3 // 4, 1)
        yield ask(rest[:count])
        rest = rest[count:]


def _second(table: SsbTable, times: tuple[str, ...], service: SsbService, codes: tuple[str, ...]) -> Question:
    lists = {variable: f"vs_{name}" for variable, name in table.codelists.items()}
    if codes[0].startswith(SUMMED):
        lists[REGION] = "agg_KommSummer"
    chosen = {REGION: codes, TIME: times, **table.asked}
    if "Alder" in lists and chosen.get("Alder") == _AGES:
        chosen["Alder"] = ("*",)
    pairs = [("lang", "no"), ("outputFormat", "json-stat2")]
    for variable, values in chosen.items():
        pairs.append((f"valueCodes[{variable}]", ",".join(values)))
        if variable in lists:
            pairs.append((f"codelist[{variable}]", lists[variable]))
    asked = urlencode(pairs, quote_via=quote, safe=",*-")
    return Question(f"{service.of(table)}?{asked}")


def _first(table: SsbTable, times: tuple[str, ...], service: SsbService, codes: tuple[str, ...]) -> Question:
    filters = {variable: f"vs:{name}" for variable, name in table.codelists.items()}
    if codes[0].startswith(SUMMED):
        filters[REGION] = "agg:KommSummer"
    query = [
        {"code": variable, "selection": {"filter": filters.get(variable, _filter(values)), "values": list(values)}}
        for variable, values in {REGION: codes, TIME: times, **table.asked}.items()
    ]
    body = json.dumps({"query": query, "response": {"format": "json-stat2"}}, separators=(",", ":"))
    return Question(service.of(table), body.encode())


def _filter(values: tuple[str, ...]) -> str:
    return "all" if values == ("*",) else "item"
