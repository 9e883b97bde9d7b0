"""The words of a county's sheet and recommendation."""

from collections.abc import Mapping

from bosett.documents.letters.parts import Worded

COUNTY: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "title_draft": "Utkast: fylkesark for {county}, bosetting i {year}",
        "title_submitted": "Innsendt fylkesark for {county}, bosetting i {year}",
        "title_closed": "Endelig fylkesark for {county}, bosetting i {year}",
        "title_reopened": "Tidligere fylkesark for {county}, bosetting i {year}",
        "title_final": "Anbefaling fra {county} om bosetting i {year}",
        "intro_draft": "Dette er et utkast. Arket viser hvor langt arbeidet er kommet, og ingenting i det er bestemt.",
        "intro_submitted": "Slik sendte fylkeskommunen anbefalingen til IMDi. Den er ikke endelig før det regionale "
        "fordelingsmøtet er holdt.",
        "intro_closed": "Slik var anbefalingen da den ble endelig.",
        "intro_reopened": "Slik var anbefalingen da den ble åpnet igjen. Tallene gjelder ikke lenger.",
        "intro_final": "Her er tallet som fylkeskommunen anbefaler for hver kommune i {county}, med begrunnelse.",
        "target": "{county_s} måltall",
        "target_unknown": "ikke vedtatt",
        "recommended_sum": "Sum av anbefalte tall",
        "left": "Igjen av måltallet",
        "asked": "Kommuner vi anbefaler å anmode",
        "open": "Kommuner uten tall ennå",
        "decided": "Anbefalingen er vedtatt av {by} {on}, i sak {case}.",
        "caption": "Kommunene i {county}: forslag og anbefaling for {year}",
        "proposal": "Forslag",
        "recommendation": "Anbefaling",
        "minors": "Av dem EM",
        "signal": "Signal",
        "reason": "Begrunnelse",
        "legend": "Forslag er IMDis tall før møtene. EM er enslige mindreårige. Signal er hva kommunen selv har sagt "
        "at den kan bosette. En strek betyr at tallet ikke er kjent eller ikke fylt ut. Det er ikke det samme som "
        "null.",
        "h_minutes": "Avviker fra referat av {day}",
        "departures": "Tall som avviker fra referatet av {day}",
        "minuted": "I referatet",
        "h_versions": "Versjoner",
        "versions": "Versjoner av arket",
        "version": "Versjon",
        "day": "Dato",
        "note": "Hva som er nytt",
    },
    "nn": {
        "title_draft": "Utkast: fylkesark for {county}, busetjing i {year}",
        "title_submitted": "Innsendt fylkesark for {county}, busetjing i {year}",
        "title_closed": "Endeleg fylkesark for {county}, busetjing i {year}",
        "title_reopened": "Tidlegare fylkesark for {county}, busetjing i {year}",
        "title_final": "Tilråding frå {county} om busetjing i {year}",
        "intro_draft": "Dette er eit utkast som viser kor langt arbeidet er kome. Ikkje noko i det er avgjort.",
        "intro_submitted": "Slik sende fylkeskommunen tilrådinga til IMDi. Ho er ikkje endeleg før det regionale "
        "fordelingsmøtet er halde.",
        "intro_closed": "Slik var tilrådinga då ho vart endeleg.",
        "intro_reopened": "Slik var tilrådinga då ho vart opna igjen. Tala gjeld ikkje lenger.",
        "intro_final": "For kvar kommune i {county} finn de her det talet som fylkeskommunen tilrår, og kvifor.",
        "target": "Måltal for {county}",
        "target_unknown": "ikkje vedteke",
        "recommended_sum": "Sum av tilrådde tal",
        "left": "Att av måltalet",
        "asked": "Kommunar vi tilrår å oppmode",
        "open": "Kommunar utan tal enno",
        "decided": "{by} vedtok tilrådinga {on}, i sak {case}.",
        "caption": "Kommunane i {county}: framlegg og tilråding for {year}",
        "proposal": "Framlegg",
        "recommendation": "Tilråding",
        "minors": "Av dei EM",
        "signal": "Signal",
        "reason": "Grunngiving",
        "legend": "Framlegg er talet frå IMDi før møta. EM er einslege mindreårige. Signal er det kommunen sjølv har "
        "sagt at han kan busetje. Ein strek tyder at talet ikkje er kjent eller ikkje er fylt ut, og det er noko anna "
        "enn null.",
        "h_minutes": "Avvik frå referat av {day}",
        "departures": "Tal som vik av frå referatet av {day}",
        "minuted": "I referatet",
        "h_versions": "Versjonar",
        "versions": "Versjonar av arket",
        "version": "Versjon",
        "day": "Dato",
        "note": "Kva som er nytt",
    },
    "en": {
        "title_draft": "Draft: county sheet of {county}, settlement in {year}",
        "title_submitted": "Submitted county sheet of {county}, settlement in {year}",
        "title_closed": "Final county sheet of {county}, settlement in {year}",
        "title_reopened": "Earlier county sheet of {county}, settlement in {year}",
        "title_final": "Recommendation of {county} on settlement in {year}",
        "intro_draft": "This is a draft. It shows how far the work has come, and nothing in it is decided.",
        "intro_submitted": "This is the recommendation as the county municipality sent it to IMDi. It is not final "
        "until the county meeting has been held.",
        "intro_closed": "This is the recommendation as it became final.",
        "intro_reopened": "This is the recommendation as it was when it was opened again. The numbers no longer hold.",
        "intro_final": "For each municipality of {county}, this is the number that the county municipality "
        "recommends, and why.",
        "target": "{county_s} target",
        "target_unknown": "not decided",
        "recommended_sum": "Sum of recommended numbers",
        "left": "Left of the target",
        "asked": "Municipalities recommended to be asked",
        "open": "Municipalities without a number yet",
        "decided": "The recommendation was decided by {by} {on}, in case {case}.",
        "caption": "The municipalities of {county}: proposal and recommendation for {year}",
        "proposal": "Proposal",
        "recommendation": "Recommended",
        "minors": "Minors",
        "signal": "Signal",
        "reason": "Reason",
        "legend": "The proposal is IMDi's number before the meetings. Minors are unaccompanied minors. The signal is "
        "what the municipality itself has said that it can settle. A dash means not known or not filled in, which is "
        "not the same as none.",
        "h_minutes": "Departs from the minutes of {day}",
        "departures": "Numbers that depart from the minutes of {day}",
        "minuted": "In the minutes",
        "h_versions": "Versions",
        "versions": "Versions of the sheet",
        "version": "Version",
        "day": "Date",
        "note": "What is new",
    },
}

MADE: Mapping[str, Worded] = {
    "kept": Worded("Lagret underveis", "Lagra undervegs", "Kept on the way"),
    "submitted": Worded("Sendt til IMDi", "Send til IMDi", "Sent to IMDi"),
    "final": Worded("Endelig etter møtet", "Endeleg etter møtet", "Final after the meeting"),
    "reopened": Worded("Åpnet igjen", "Opna igjen", "Opened again"),
}
"""Why a version of a sheet was kept."""
