"""The tables about people, described, with the rule and the ground for when each counts as known."""

import figures_arrivals as arrivals
import figures_people as people
import figures_settlement as settlement
from figures_described import ASYLUM, CC_BY, CODE, COUNTY, IMDI, NLOD, POPULATION, STRUCTURE, Field, Resource, known_on

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
        "same in 2018, 2019 and 2021, when it was not changed; the day of a national request of the same sum (2022: "
        "2022-03-18); else 31 December of the year. Decided: 1 April of the year in 2018-2021, else 31 December. "
        "Settled: 1 March of the year after, and with the codes of 2024 not before 1 March 2024."
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
ASYLUM_RULE = (
    "The last day of the third month after.",
    "Countries report a month to Eurostat within two months, and Eurostat publishes soon after; some come later.",
)

PEOPLE = (
    Resource(
        "population",
        "Population",
        "People on 1 January, in the structure of the year and recalculated by SSB to others. The years before a split "
        "are not divided in the structure after it (Ålesund and Haram, 2020-2023): no figure.",
        "SSB",
        "2026",
        CC_BY,
        (POPULATION,),
        *POPULATION_RULE,
        (
            Field("year", "integer", "1 January of this year."),
            Field("structure", "integer", STRUCTURE),
            Field("code", "string", CODE),
            Field("population", "integer", "People; blank where a split is not divided back in time.", "person"),
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
                "0 as published. The table has no 1 and no 2, so a small number seems to stand as 0 or 3.",
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
                "value",
                "integer",
                "The number; blank unless the status is ok. A published 0 is a number.",
                "person",
                "Of settled: nobody came. Of decided: a no to a request. Of a request: only where it is noted "
                "zero-request or place-unknown; else nobody is asked to settle nobody, and the status is not_asked.",
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
                "before 2019. rest-of-national: the published numbers add up to the national request, so this one, "
                "blank or 0 in the source, was not asked. zero-request: the source has a request of 0, and nothing "
                "shows whether there was none or it was withdrawn. split-without-figures: the source does not divide "
                "what was one municipality then. part-year: counted before the year was over. no-row: no row in the "
                "source. place-unknown: code 9999.",
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
    Resource(
        "asylum_applicants",
        "Asylum applicants by month",
        "Applicants of all kinds, not first-time ones alone, in 32 countries from 2012-01 to 2019-04, rounded to 5 by "
        "the publisher. A blank is no figure. For how far arrivals wander, not for how many come now: from 2022 people "
        "from Ukraine are counted elsewhere.",
        "Eurostat",
        "2019",
        CC_BY,
        (ASYLUM,),
        *ASYLUM_RULE,
        (
            Field("country", "string", "The country applied to, by its English name."),
            Field("month", "yearmonth", "The month."),
            Field(
                "applicants",
                "integer",
                "Applicants, rounded to 5; blank is no figure.",
                "person",
                "Fewer than 3, or nobody: the publisher rounds to 5.",
            ),
            known_on(ASYLUM_RULE[0]),
        ),
        arrivals.asylum_applicants,
        ("country", "month"),
    ),
)
