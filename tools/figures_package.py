"""What each compiled table is: columns, units, publisher, terms, and when a figure counts as known."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import figures_people as people
import figures_places as places
import figures_settlement as settlement
from figures_places import Table

CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
NLOD = {
    "name": "NLOD-2.0",
    "title": "Norsk lisens for offentlige data 2.0",
    "path": "https://data.norge.no/nlod/no/2.0",
}

KLASS = {"title": "SSB, Klass 131 (municipalities)", "path": "https://www.ssb.no/klass/klassifikasjoner/131"}
KLASS_COUNTIES = {"title": "SSB, Klass 104 (counties)", "path": "https://www.ssb.no/klass/klassifikasjoner/104"}
POPULATION = {"title": "SSB, table 07459", "path": "https://www.ssb.no/statbank/table/07459"}
IMDI = {
    "title": "IMDi, statistics base and pages on settlement",
    "path": "https://www.imdi.no/bosetting/bosettingstall/",
}

CODE = "Municipality code, four digits, in the structure of the row."
COUNTY = "County code, two digits, in the structure of the row; 00 is the country."
STRUCTURE = "First year of the municipal structure that the code belongs to: 2019, 2020 or 2024."
LATE = "A conservative bound, not the exact day of publication: a run dated before it refuses the figure."


@dataclass(frozen=True, slots=True)
class Field:
    """One column: name, Frictionless type, unit (empty when it is no quantity) and what it says."""

    name: str
    type: str
    description: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """One compiled table and all that is told about it."""

    name: str
    title: str
    description: str
    publisher: str
    published: str
    license: dict[str, str]
    sources: tuple[dict[str, str], ...]
    known_rule: str
    known_ground: str
    fields: tuple[Field, ...]
    compile: Callable[[Path], Table]
    key: tuple[str, ...]


def known_on(rule: str) -> Field:
    """The column that says from which day a figure counts as known."""
    return Field("known_on", "date", f"{rule} {LATE}")


FROM_FIRST_DAY = (
    "from the first day of the row",
    "A new structure is decided and published well before it is in force.",
)
POPULATION_RULE = (
    "1 March of the year; a structure that came later: 1 March of its first year.",
    "SSB publishes the population of 1 January in the second half of February.",
)
IMMIGRANT_RULE = (
    "15 March of the year.",
    "SSB publishes immigrants on 1 January in late February or early March.",
)
NAV_RULE = (
    "The 10th of the month after.",
    (
        "NAV publishes the month at its end or in the first days of the next; the counties of 2024 are NAV's own "
        "regrouping of municipal figures that were public then."
    ),
)
SSB_RULE = (
    "30 June 2020 for both months.",
    "SSB's day of publication is not in the raw table; quarterly figures on immigrants come about three months after.",
)
PROGRAMME_RULE = (
    "30 June of the year after the status year.",
    "The status is taken in November and published in the next spring or early summer.",
)
SETTLEMENT_RULE = (
    (
        "First request: 31 December of the year before (2020: 2019-10-24, 2021: 2020-10-30). Latest request: the "
        "same in 2018, 2019 and 2021, when it was not changed, else 31 December of the year. Decided: 1 April of the "
        "year in 2018-2021, else 31 December. Settled: 1 March of the year after, and with the codes of 2024 not "
        "before 1 March 2024."
    ),
    (
        "The directorate sends requests in the autumn and municipalities answer in the winter; a request that was "
        "raised or cut in the year was known at the latest at its end."
    ),
)
TOTAL_RULE = (
    "The last day that as_of may mean (of a year 31 December, of a summer 31 August); else 31 March of the year after.",
    "Each figure carries the day that its own source gives.",
)

RESOURCES = (
    Resource(
        "counties",
        "Counties",
        "Counties with first and last day. A row is about code and name; which municipalities belong to it is told "
        "by them.",
        "SSB",
        "2024",
        CC_BY,
        (KLASS_COUNTIES,),
        *FROM_FIRST_DAY,
        (
            Field("code", "string", "County code, two digits."),
            Field("first_day", "date", "First day with this code and name. 2019-01-01 means then or earlier."),
            Field("last_day", "date", "Last day with this code and name; blank: still in force."),
            Field("name", "string", "Norwegian name."),
        ),
        places.counties,
        ("code", "first_day"),
    ),
    Resource(
        "municipalities",
        "Municipalities",
        "Municipalities with first and last day. A new name, county or territory (a merger into the same code) is a "
        "new row.",
        "SSB",
        "2024",
        CC_BY,
        (KLASS,),
        *FROM_FIRST_DAY,
        (
            Field("code", "string", "Municipality code, four digits."),
            Field("first_day", "date", "First day of the row. 2019-01-01 means then or earlier."),
            Field("last_day", "date", "Last day of the row; blank: still in force."),
            Field("name", "string", "Norwegian short name, without a county in brackets."),
            Field(
                "official_name",
                "string",
                "Official name with parallel names in their official order, joined by ' - '. Those of 2019 are as "
                "SSB's list of changes gives them, which lacks some parallel names (Fauske, Snåsa).",
            ),
            Field("county_code", "string", "The county that it belongs to."),
        ),
        places.municipalities,
        ("code", "first_day"),
    ),
    Resource(
        "municipality_names",
        "Names of municipalities",
        "Official and parallel names one by one, each with its language, in the order of the official name.",
        "SSB; languages tagged from established place-name practice",
        "2024",
        CC_BY,
        (KLASS,),
        *FROM_FIRST_DAY,
        (
            Field("code", "string", "Municipality code, four digits."),
            Field("first_day", "date", "First day of the row of the municipality."),
            Field("position", "integer", "Place in the official name, from 1."),
            Field("name", "string", "The name."),
            Field(
                "language",
                "string",
                "no Norwegian, se North Sami, smj Lule Sami, sma South Sami, fkv Kven, or unknown.",
            ),
        ),
        places.municipality_names,
        ("code", "first_day", "position"),
    ),
    Resource(
        "municipality_changes",
        "Changes of municipalities",
        "What each old code became in 2020 and in 2024.",
        "KMD; SSB",
        "2024",
        CC_BY,
        (KLASS,),
        *FROM_FIRST_DAY,
        (
            Field("old_code", "string", "Code before the day."),
            Field("new_code", "string", "Code from the day on."),
            Field("valid_from", "date", "The day."),
            Field("kind", "string", "unchanged, renumbered, merged (one of several that became one) or split."),
            Field(
                "weight",
                "number",
                "Part of the old municipality's people that went to the new code: 1 unless split; the official "
                "population weight of a split; blank where there is none (Tysfjord 1850 and Snillfjord 5012 in 2020).",
                "share",
            ),
        ),
        places.municipality_changes,
        ("old_code", "new_code", "valid_from"),
    ),
    Resource(
        "language_decisions",
        "Language decisions",
        "The municipality's decision on language form: the state of 2025 on codes of 2020, not the state of 2020.",
        "Kulturdepartementet (målvedtak)",
        "2025",
        NLOD,
        ({"title": "Forskrift om målvedtak i kommunar og fylkeskommunar", "path": "https://lovdata.no"},),
        "2025-01-01",
        "The state of 2025; many decisions are much older.",
        (
            Field("code", "string", "Municipality code of 2020."),
            Field("language_form", "string", "bokmål, nynorsk or neutral."),
        ),
        places.language_decisions,
        ("code",),
    ),
    Resource(
        "labour_market_regions",
        "Labour-market regions",
        "The labour-market region (bo- og arbeidsmarkedsregion) of each municipality of 2020.",
        "KMD / TØI",
        "2020",
        NLOD,
        ({"title": "TØI, Inndeling i bo- og arbeidsmarkedsregioner, for KMD", "path": "https://www.toi.no"},),
        "2020-01-01",
        "Made for the structure of 2020 and published before it came into force.",
        (
            Field("code", "string", "Municipality code of 2020."),
            Field("region_code", "string", "Code of the region, three digits."),
            Field("region_name", "string", "Name of the region."),
            Field("travel_minutes_to_centre", "number", "Travel time to the centre of the region.", "minute"),
            Field("out_commuting_pct", "number", "Commuting out of the municipality to the centre.", "percent"),
            Field("in_commuting_pct", "number", "Commuting from the centre into the municipality.", "percent"),
        ),
        places.labour_market_regions,
        ("code",),
    ),
    Resource(
        "centrality",
        "Centrality",
        "SSB's centrality class, edition of 2024 on codes of 2020.",
        "SSB",
        "2024",
        CC_BY,
        ({"title": "SSB, Klass 128 (centrality)", "path": "https://www.ssb.no/klass/klassifikasjoner/128"},),
        "2024-01-01",
        "The edition of 2024; an older edition may have another class.",
        (
            Field("code", "string", "Municipality code of 2020."),
            Field("centrality_class", "integer", "1 is most central, 6 least central.", "class"),
        ),
        places.centrality,
        ("code",),
    ),
    Resource(
        "coordinates",
        "Coordinates",
        "Where each municipality is: the middle of its area and a point inside its land (neither is the town).",
        "Kartverket, computed from its borders",
        "2024",
        CC_BY,
        ({"title": "Kartverket, administrative borders", "path": "https://www.kartverket.no"},),
        *FROM_FIRST_DAY,
        (
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", CODE),
            Field("centroid_latitude", "number", "Latitude of the middle of the area, WGS 84.", "degree"),
            Field("centroid_longitude", "number", "Longitude of the middle of the area, WGS 84.", "degree"),
            Field("inside_latitude", "number", "Latitude of a point inside the land, WGS 84.", "degree"),
            Field("inside_longitude", "number", "Longitude of a point inside the land, WGS 84.", "degree"),
            Field("centre_name", "string", "Name of the administrative centre."),
        ),
        places.coordinates,
        ("structure", "code"),
    ),
    Resource(
        "population",
        "Population",
        "People on 1 January, in the structure of the year and recalculated by SSB to others.",
        "SSB",
        "2026",
        CC_BY,
        (POPULATION,),
        *POPULATION_RULE,
        (
            Field("year", "integer", "1 January of this year."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", CODE),
            Field("population", "integer", "People.", "person"),
            Field("age_0_17", "integer", "People of 0 to 17 years; blank where not known.", "person"),
            Field("age_18_66", "integer", "People of 18 to 66 years; blank where not known.", "person"),
            Field("age_67_plus", "integer", "People of 67 years and more; blank where not known.", "person"),
            known_on(POPULATION_RULE[0]),
        ),
        people.population,
        ("year", "structure", "code"),
    ),
    Resource(
        "immigrants",
        "Immigrants and refugee background",
        "People on 1 January. The years before 2020 are brought to the codes of 2019: renumbered, or added up where "
        "municipalities had merged by then; a sum with a missing part is missing.",
        "SSB, published by IMDi",
        "2023",
        NLOD,
        (IMDI,),
        *IMMIGRANT_RULE,
        (
            Field("year", "integer", "1 January of this year."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", CODE),
            Field("immigrants", "integer", "Immigrants (born abroad of parents born abroad).", "person"),
            Field(
                "refugee_background",
                "integer",
                "People with refugee background; blank: no figure (all of 2022).",
                "person",
            ),
            known_on(IMMIGRANT_RULE[0]),
        ),
        people.immigrants,
        ("year", "code"),
    ),
    Resource(
        "unemployment_county",
        "Unemployment by county",
        "Fully unemployed at the end of the month, for the country and the counties of 2024, also back in time.",
        "NAV",
        "2026",
        NLOD,
        ({"title": "NAV, Hovedtall om arbeidsmarkedet", "path": "https://www.nav.no/no/nav-og-samfunn/statistikk"},),
        *NAV_RULE,
        (
            Field("month", "yearmonth", "The month."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", COUNTY),
            Field("fully_unemployed", "integer", "Fully unemployed.", "person"),
            Field("pct", "number", "Fully unemployed in percent of the labour force.", "percent"),
            known_on(NAV_RULE[0]),
        ),
        people.unemployment_county,
        ("month", "code"),
    ),
    Resource(
        "unemployment_immigrants_county",
        "Unemployment of immigrants by county, February and March 2020",
        "Registered unemployed without and with immigrants, for the country and the counties of 2020.",
        "SSB",
        "2020",
        CC_BY,
        ({"title": "SSB, registered unemployed among immigrants", "path": "https://www.ssb.no/innvarbl"},),
        *SSB_RULE,
        (
            Field("month", "yearmonth", "The month."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", COUNTY),
            Field("unemployed_excl_immigrants", "integer", "Unemployed who are not immigrants.", "person"),
            Field("unemployed_immigrants", "integer", "Unemployed immigrants.", "person"),
            Field(
                "pct_excl_immigrants", "number", "In percent of the labour force that are not immigrants.", "percent"
            ),
            Field("pct_immigrants", "number", "In percent of the immigrants in the labour force.", "percent"),
            known_on(SSB_RULE[0]),
        ),
        people.unemployment_immigrants_county,
        ("month", "code"),
    ),
    Resource(
        "programme_results_county",
        "Results of the introduction programme by county",
        "Percent in work or education one year after the programme, for the country and the counties of 2020.",
        "IMDi / SSB",
        "2025",
        NLOD,
        (IMDI,),
        *PROGRAMME_RULE,
        (
            Field("status_year", "integer", "The year in which work or education was looked at."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", COUNTY),
            Field("pct", "number", "In work or education one year after the programme.", "percent"),
            known_on(PROGRAMME_RULE[0]),
        ),
        people.programme_results_county,
        ("status_year", "code"),
    ),
    Resource(
        "settlement",
        "Requests, decisions and settlement",
        "First and latest request, decision and people settled per municipality, 2012-2023. The years before 2020 "
        "are brought to the codes of 2019. Code 9999 (2014 and 2015) is a place that IMDi does not know.",
        "IMDi",
        "2023",
        NLOD,
        (IMDI,),
        *SETTLEMENT_RULE,
        (
            Field("year", "integer", "Settlement year."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", f"{CODE} 9999: place unknown."),
            Field("group", "string", "all, or em: unaccompanied minors alone."),
            Field(
                "measure",
                "string",
                "requested_first (before any revision), requested (latest), decided (0 is a no), settled.",
            ),
            Field(
                "value", "integer", "The number; blank unless the status is ok. A published 0 is a number.", "person"
            ),
            Field(
                "status",
                "string",
                "ok; hidden (kept back for privacy); missing (no figure); not_asked (the municipality got no request).",
            ),
            Field(
                "edition", "string", "Edition of the statistics base: imdikator_2023, or samarbeidsdesken for minors."
            ),
            Field(
                "note",
                "string",
                "latest-is-first: not revised in the year, so the latest request is the first. not-published: the "
                "first request was not published per municipality. sum-of-parts: added up from municipalities merged "
                "before 2019. rest-of-national: the published numbers add up to the national request, so this one "
                "was not asked. part-year: counted before the year was over. place-unknown: code 9999.",
            ),
            known_on(SETTLEMENT_RULE[0]),
        ),
        settlement.settlement,
        ("year", "structure", "code", "group", "measure"),
    ),
    Resource(
        "national_totals",
        "Published national figures",
        "National figures as they were published, each with its source. Where sources disagree all are kept. A "
        "request made before the year began stands both as requested and as requested_first.",
        "IMDi, ministries, newspapers",
        "2026",
        NLOD,
        (IMDI,),
        *TOTAL_RULE,
        (
            Field("year", "integer", "Settlement year."),
            Field("measure", "string", "What was counted: requested_first, requested, decided, settled and others."),
            Field("group", "string", "all, em (unaccompanied minors), resettlement, ukraine or collective_protection."),
            Field("value", "integer", "The number.", "person"),
            Field("as_of", "string", "The date as the source gives it: a day, a month, a summer, a year, or nothing."),
            Field("source", "string", "Where it was published."),
            known_on(TOTAL_RULE[0]),
        ),
        settlement.national_totals,
        ("year", "measure", "group", "value", "source"),
    ),
)
