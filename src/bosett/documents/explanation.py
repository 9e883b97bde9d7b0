"""An explained number in plain words, for a mayor: bokmål, nynorsk and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.basis.counting import Count
from bosett.basis.steps import Step
from bosett.documents.numbers import previous_document, step_document
from bosett.documents.words import exact, percent, whole
from bosett.rounds.explanation import Changed, Explanation
from bosett.rounds.kinds import Mode

ITEM = "– "
OPEN = 6
"""Items of a long list that a page shows before it folds the rest; text and data have it whole."""

Words = Mapping[str, str]

WORDS: Mapping[str, Words] = {
    "nb": {
        "title": "{name} ({code}), {county}: forslag for {year}: {number}",
        "persons": "{n} {n:person|personer}",
        "nobody": "ingen (kommunen anmodes ikke)",
        "criteria": "Grunnlag: {title}.",
        "reference": "Dette er vår egen modell, ikke kriterier som noen har vedtatt.",
        "how": "Slik ble tallet til",
        "nation": "I {year} skal det bosettes {total} {total:flyktning|flyktninger} i hele landet.",
        "county": "Fylket {county} har måltallet {target}. Det er fylkets del av beregningsgrunnlaget, rundet til hele "
        "personer.",
        "county_decided": "Fylket {county} har måltallet {target}, slik måltallene er vedtatt.",
        "claim": "Kommunens del av landets beregningsgrunnlag er {part}. Den er satt sammen slik:",
        "part": "– {wording} Vekt {weight}. Kommunens del er {part}, og det svarer til {persons} personer.",
        "exact_county": "Av fylkets {target} svarer kommunens grunnlag til {exact} personer før avrunding.",
        "exact_nation": "Av landets {target} svarer kommunens grunnlag til {exact} personer før avrunding.",
        "not_asked": "Ingen anmodes om færre enn {floor}. Kommunens del ligger under om lag halvparten av dette, og "
        "den anmodes derfor ikke. De andre deler på plassene.",
        "too_small": "Kommunens del er for liten til å bli én person, og den anmodes derfor ikke.",
        "at_floor": "Ingen som anmodes, anmodes om færre enn {floor}. Derfor er tallet løftet til {floor}.",
        "at_ceiling": "Tallet er holdt nede på {ceiling}, som er det høyeste tallet for kommunen.",
        "rounded": "Når plassene deles på dem som anmodes, gir det {quotient}. Det er rundet til nærmeste hele tall: "
        "{number}.",
        "tie": "Flere svar var like gode. Regelen som er fastsatt på forhånd, avgjorde.",
        "previous_requested_first": "Den opprinnelige anmodningen året før var {previous}.",
        "previous_requested": "Anmodningen året før var {previous}, den siste som var kjent.",
        "previous_not_asked": "Kommunen ble ikke anmodet året før.",
        "previous_hidden": "Anmodningen året før er skjermet.",
        "previous_missing": "Tallet for anmodningen året før mangler.",
        "more": "Hva skal til for flere?",
        "threshold": "Med et beregningsgrunnlag som er {change}, og alt annet likt, får kommunen minst {then}.",
        "same_target": "Fylkets måltall regnes da som uendret.",
        "larger": "{change} større",
        "times": "{times} ganger så stort",
        "alone": "Kommunen er den eneste som anmodes her, og får derfor alle {number}.",
        "reason": "Ingen endring av grunnlaget gir flere: {reason}.",
        "ceiling": "tallet har nådd det høyeste som er tillatt",
        "fixed": "tallet er satt for hånd",
        "no-room": "det er ingen flere plasser å ta av så lenge måltallet og de andres grenser står fast",
        "pays": "Hvem betaler for det?",
        "instead": "Om tallet var {next}, ville det beste svaret ellers bli:",
        "changed": "– {name}: {after} i stedet for {before}",
        "others": "Vis {n} {n:kommune|kommuner} til",
        "impossible": "Tallet kan ikke bli høyere uten at en annen regel brytes.",
        "out": "Kommunen tar ikke del i fordelingen: {reason}.",
        "not-first": "kommunen ble ikke anmodet først",
        "no-figure": "tall mangler for «{criterion}»",
        "not-eligible": "«{criterion}»: {value} er under grensen {at_least}",
        "no-claim": "alle mål er null",
    },
    "nn": {
        "title": "{name} ({code}), {county}: framlegg for {year}: {number}",
        "persons": "{n} {n:person|personar}",
        "nobody": "ingen (kommunen blir ikkje oppmoda)",
        "criteria": "Grunnlag: {title}.",
        "reference": "Dette er vår eigen modell, ikkje kriterium som nokon har vedteke.",
        "how": "Slik vart talet til",
        "nation": "I {year} skal det busetjast {total} {total:flyktning|flyktningar} i heile landet.",
        "county": "Fylket {county} har måltalet {target}. Det er fylket sin del av utrekningsgrunnlaget, runda av til "
        "heile personar.",
        "county_decided": "Fylket {county} har måltalet {target}, slik måltala er vedtekne.",
        "claim": "Kommunen sin del av utrekningsgrunnlaget for landet er {part}. Han er sett saman slik:",
        "part": "– {wording} Vekt {weight}. Kommunen sin del er {part}, og det svarar til {persons} personar.",
        "exact_county": "Av dei {target} til fylket svarar grunnlaget til kommunen til {exact} personar før avrunding.",
        "exact_nation": "Av dei {target} til landet svarar grunnlaget til kommunen til {exact} personar før avrunding.",
        "not_asked": "Ingen blir oppmoda om færre enn {floor}. Kommunen sin del ligg under om lag halvparten av "
        "dette, og han blir difor ikkje oppmoda. Dei andre deler på plassane.",
        "too_small": "Kommunen sin del er for liten til å bli éin person, og han blir difor ikkje oppmoda.",
        "at_floor": "Ingen som blir oppmoda, blir oppmoda om færre enn {floor}. Difor er talet lyft til {floor}.",
        "at_ceiling": "Talet er halde nede på {ceiling}, som er det høgste talet for kommunen.",
        "rounded": "Når plassane blir delte på dei som blir oppmoda, gir det {quotient}. Det er runda av til næraste "
        "heile tal: {number}.",
        "tie": "Fleire svar var like gode. Regelen som er fastsett på førehand, avgjorde.",
        "previous_requested_first": "Den opphavlege oppmodinga året før var {previous}.",
        "previous_requested": "Oppmodinga året før var {previous}, den siste som var kjend.",
        "previous_not_asked": "Kommunen vart ikkje oppmoda året før.",
        "previous_hidden": "Oppmodinga året før er skjerma.",
        "previous_missing": "Talet for oppmodinga året før manglar.",
        "more": "Kva skal til for fleire?",
        "threshold": "Med eit utrekningsgrunnlag som er {change}, og alt anna likt, får kommunen minst {then}.",
        "same_target": "Måltalet til fylket er då rekna som uendra.",
        "larger": "{change} større",
        "times": "{times} gonger så stort",
        "alone": "Kommunen er den einaste som blir oppmoda her, og får difor alle {number}.",
        "reason": "Inga endring av grunnlaget gir fleire: {reason}.",
        "ceiling": "talet har nådd det høgste som er tillate",
        "fixed": "talet er sett for hand",
        "no-room": "det er ingen fleire plassar å ta av så lenge måltalet og grensene for dei andre står fast",
        "pays": "Kven betaler for det?",
        "instead": "Om talet var {next}, ville det beste svaret elles bli:",
        "changed": "– {name}: {after} i staden for {before}",
        "others": "Vis {n} {n:kommune|kommunar} til",
        "impossible": "Talet kan ikkje bli høgare utan at ein annan regel blir broten.",
        "out": "Kommunen tek ikkje del i fordelinga: {reason}.",
        "not-first": "kommunen vart ikkje oppmoda først",
        "no-figure": "tal manglar for «{criterion}»",
        "not-eligible": "«{criterion}»: {value} er under grensa {at_least}",
        "no-claim": "alle mål er null",
    },
    "en": {
        "title": "{name} ({code}), {county}: proposal for {year}: {number}",
        "persons": "{n} {n:person|persons}",
        "nobody": "nobody (the municipality is not asked)",
        "criteria": "Basis: {title}.",
        "reference": "This is our own model, not criteria that anybody adopted.",
        "how": "How the number came about",
        "nation": "In {year}, {total} {total:refugee is|refugees are} to be settled in the whole country.",
        "county": "The county {county} has the target {target}: its part of all claims, rounded to whole persons.",
        "county_decided": "The county {county} has the target {target}, as the targets were decided.",
        "claim": "The municipality's part of the country's claims is {part}. It is made up so:",
        "part": "– {wording} Weight {weight}. The municipality's part is {part}, which answers to {persons} persons.",
        "exact_county": "Of the county's {target}, the claim answers to {exact} persons before rounding.",
        "exact_nation": "Of the nation's {target}, the claim answers to {exact} persons before rounding.",
        "not_asked": "Nobody is asked for fewer than {floor}. The municipality's part is below about half of that, so "
        "it is not asked. The others share the places.",
        "too_small": "The municipality's part is too small to become one person, so it is not asked.",
        "at_floor": "Nobody who is asked is asked for fewer than {floor}, so the number is raised to {floor}.",
        "at_ceiling": "The number is held down to {ceiling}, the most for this municipality.",
        "rounded": "With the places shared among those asked, that makes {quotient}, rounded to the nearest whole "
        "number: {number}.",
        "tie": "Several answers were equally good. The rule declared beforehand decided.",
        "previous_requested_first": "The first request of the year before was {previous}.",
        "previous_requested": "The request of the year before was {previous}, the latest that was known.",
        "previous_not_asked": "The municipality was not asked the year before.",
        "previous_hidden": "The request of the year before is hidden.",
        "previous_missing": "The figure for the request of the year before is missing.",
        "more": "What would give more?",
        "threshold": "With a claim {change}, all else equal, the municipality gets at least {then}.",
        "same_target": "The county's target is taken as unchanged.",
        "larger": "{change} larger",
        "times": "{times} times as large",
        "alone": "The municipality is the only one asked here, so it gets all {number}.",
        "reason": "No change of its claim gives more: {reason}.",
        "ceiling": "the number has reached the most that is allowed",
        "fixed": "the number is set by hand",
        "no-room": "there are no more places to take while the target and the bounds of the others stand",
        "pays": "Who pays for it?",
        "instead": "If the number were {next}, the best answer would otherwise become:",
        "changed": "– {name}: {after} instead of {before}",
        "others": "Show {n} more {n:municipality|municipalities}",
        "impossible": "The number cannot be higher without breaking another rule.",
        "out": "The municipality takes no part in the sharing: {reason}.",
        "not-first": "it was not asked first",
        "no-figure": "there is no figure for “{criterion}”",
        "not-eligible": "“{criterion}”: {value} is below the limit of {at_least}",
        "no-claim": "every measure is zero",
    },
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an explanation.

    Attributes:
        heading: Its heading; empty for the first section.
        lines: All of it; those that begin with a dash are items of a list, which stand together.
        folds: Where a page may fold the list away after `OPEN` items: the words to open it by. Empty: nothing to fold.
    """

    heading: str
    lines: tuple[str, ...]
    folds: str = ""


def sections(found: Explanation, language: str, *, others: bool = True) -> tuple[str, tuple[Section, ...]]:
    """Return the title and the sections of an explained number.

    Args:
        found: The explanation.
        language: nb, nn or en.
        others: False leaves out the section that names the numbers of other municipalities.
    """
    words = WORDS[language]
    number = words["nobody"] if not found.number else _persons(found.number, language)
    title = words["title"].format(
        name=found.name, code=found.code, county=found.county_name, year=found.year, number=number
    )
    first = [words["criteria"].format(title=found.title[language])]
    if not found.official:
        first.append(words["reference"])
    if found.left_out is not None:
        return title, (Section("", (*first, why_none(found, language))),)
    told = (
        Section("", tuple(first)),
        Section(words["how"], tuple(_how(found, language))),
        Section(words["more"], tuple(_more(found, language))),
    )
    return title, (*told, _pays(found, language)) if others else told


def why_none(found: Explanation, language: str) -> str:
    """Return in one line why nobody is proposed for a municipality; empty when somebody is.

    Args:
        found: The explanation.
        language: nb, nn or en.
    """
    words = WORDS[language]
    if found.left_out is not None:
        return words["out"].format(reason=left_out_reason(found.left_out, found.wordings, language))
    if found.number:
        return ""
    return words["not_asked"].format(floor=whole(found.floor, language)) if found.floor > 1 else words["too_small"]


def left_out_reason(step: Step, wordings: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return why a municipality takes no part in the sharing, as a part of a sentence.

    Args:
        step: What the engine says of it.
        wordings: By criterion code, its wording by language; one that is not there is called by its code.
        language: nb, nn or en.
    """
    facts = {name: str(fact) for name, fact in step.facts.items()}
    for name in {"value", "at_least"} & facts.keys():
        figure = Fraction(facts[name])
        facts[name] = whole(int(figure), language) if figure.denominator == 1 else exact(figure, language, 2)
    if "criterion" in facts:
        told = wordings.get(facts["criterion"], {})
        facts["criterion"] = (told.get(language) or told.get("nb") or facts["criterion"]).rstrip(".")
    return WORDS[language][step.rule].format(**facts)


def explanation_text(found: Explanation, language: str) -> str:
    """Return an explained number as plain text."""
    title, parts = sections(found, language)
    lines = [title]
    for section in parts:
        lines += ["", section.heading] if section.heading else [""]
        lines += [f"  {line}" if line.startswith(ITEM) else line for line in section.lines]
    return "\n".join(lines) + "\n"


def _persons(number: int, language: str) -> str:
    return WORDS[language]["persons"].format(n=_count(number, language))


def _count(number: int, language: str) -> Count:
    return Count(number, whole(number, language))


def _how(found: Explanation, language: str) -> list[str]:
    words = WORDS[language]
    target = whole(found.target, language)
    lines = [words["nation"].format(year=found.year, total=_count(found.total, language))]
    if found.mode is Mode.COUNTIES:
        lines.append(
            words["county_decided" if found.decided else "county"].format(county=found.county_name, target=target)
        )
    lines.append(words["claim"].format(part=percent(found.share, language, 3)))
    lines += [
        words["part"].format(
            wording=part.wording[language],
            weight=percent(part.weight, language, 0),
            part=percent(part.part, language, 3),
            persons=exact(part.persons, language, 2),
        )
        for part in found.parts
    ]
    whose = "exact_nation" if found.mode is Mode.NATION else "exact_county"
    lines.append(words[whose].format(target=target, exact=exact(found.exact, language, 2)))
    lines += _bounds(found, language)
    if any(step.rule == "tie-rule" for step in found.steps):
        lines.append(words["tie"])
    return [*lines, _previous(found, language)]


def _previous(found: Explanation, language: str) -> str:
    """Return what the municipality was asked for the year before, or why no number can be told."""
    people = found.previous.persons
    if people is None or found.before is None:
        return WORDS[language][f"previous_{found.previous.status.value}"]
    return WORDS[language][f"previous_{found.before.indicator}"].format(previous=whole(people, language))


def _bounds(found: Explanation, language: str) -> list[str]:
    """Return how bounds and rounding made the number."""
    words = WORDS[language]
    rules = {step.rule: step for step in found.steps}
    if not found.number:
        return [why_none(found, language)]
    if found.number == found.target:
        return [words["alone"].format(number=whole(found.number, language))]
    if "least" in rules:
        return [words["at_floor"].format(floor=whole(found.floor, language))]
    if "ceiling" in rules:
        return [words["at_ceiling"].format(ceiling=whole(found.ceiling or 0, language))]
    if "rounding" in rules:
        quotient = Fraction(str(rules["rounding"].facts["quotient"]))
        shown = exact(quotient, language, 2)
        return [words["rounded"].format(quotient=shown, number=whole(found.number, language))]
    return []


def _more(found: Explanation, language: str) -> list[str]:
    words = WORDS[language]
    if found.more is None:
        return []
    if found.more.claim is None or found.more.larger is None:
        return [words["reason"].format(reason=words[found.more.because or "no-room"])]
    ratio = found.more.claim / found.claim
    if ratio < 2:
        change = words["larger"].format(change=percent(ratio - 1, language, 2))
    else:
        change = words["times"].format(times=exact(ratio, language, 1))
    lines = [words["threshold"].format(change=change, then=whole(found.more.larger, language))]
    return [*lines, words["same_target"]] if found.mode is Mode.COUNTIES else lines


def _pays(found: Explanation, language: str) -> Section:
    """Return who would get another number, all of them: to be named is to be able to object."""
    words = WORDS[language]
    if found.next_number is None or not found.changed:
        return Section(words["pays"], (words["impossible"],))
    # Those whose number changes most come first; they are what people ask for.
    ordered = sorted(found.changed, key=lambda each: (-abs(each.after - each.before), each.code))
    first = words["instead"].format(next=whole(found.next_number, language))
    more = len(ordered) - OPEN
    folds = words["others"].format(n=_count(more, language)) if more > 0 else ""
    return Section(words["pays"], (first, *(_change(each, language) for each in ordered)), folds)


def _change(each: Changed, language: str) -> str:
    return WORDS[language]["changed"].format(
        name=each.name, before=whole(each.before, language), after=whole(each.after, language)
    )


def explanation_document(found: Explanation) -> dict[str, object]:
    """Return an explained number as a JSON document, fractions as text."""
    more = found.more
    return {
        "year": found.year,
        "total": found.total,
        "mode": found.mode.value,
        "criteria": dict(found.title),
        "official_or_reference": "official" if found.official else "reference",
        "code": found.code,
        "name": found.name,
        "county": found.county_name,
        "target": found.target,
        "left_out": None if found.left_out is None else step_document(found.left_out),
        "claim": str(found.claim),
        "share": str(found.share),
        "parts": [
            {
                "criterion": part.criterion,
                "weight": str(part.weight),
                "part": str(part.part),
                "persons": str(part.persons),
            }
            for part in found.parts
        ],
        "exact": str(found.exact),
        "number": found.number,
        **previous_document(found.previous, found.before),
        "floor": found.floor,
        "ceiling": found.ceiling,
        "steps": [step_document(step) for step in found.steps],
        "one_more": None
        if more is None
        else {
            "number": more.number,
            "larger": more.larger,
            "claim": None if more.claim is None else str(more.claim),
            "because": more.because,
        },
        "with_next": {
            "number": found.next_number,
            "changed": [
                {"code": each.code, "name": each.name, "before": each.before, "after": each.after}
                for each in found.changed
            ],
        },
    }
