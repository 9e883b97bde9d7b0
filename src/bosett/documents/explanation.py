"""An explained number in plain words, for a mayor: bokmål, nynorsk and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.basis.counting import Count
from bosett.basis.steps import Step
from bosett.documents.run_data import previous_document, step_document
from bosett.documents.words import exact, percent, whole
from bosett.rounds.explanation import ChangedNumber, Explanation
from bosett.rounds.kinds import Mode
from bosett.words import FOLDER, Words

ITEM = "– "
OPEN = 6
"""Items of a long list that a page shows before it folds the rest; text and data have it whole."""

WORDS = Words(FOLDER / "explanation.yaml")


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
    words = WORDS.of(language)
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
    words = WORDS.of(language)
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
    return WORDS.of(language)[step.rule].format(**facts)


def explanation_text(found: Explanation, language: str) -> str:
    """Return an explained number as plain text."""
    title, parts = sections(found, language)
    lines = [title]
    for section in parts:
        lines += ["", section.heading] if section.heading else [""]
        lines += [f"  {line}" if line.startswith(ITEM) else line for line in section.lines]
    return "\n".join(lines) + "\n"


def _persons(number: int, language: str) -> str:
    return WORDS.of(language)["persons"].format(n=_count(number, language))


def _count(number: int, language: str) -> Count:
    return Count(number, whole(number, language))


def _how(found: Explanation, language: str) -> list[str]:
    words = WORDS.of(language)
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
        return WORDS.of(language)[f"previous_{found.previous.status.value}"]
    return WORDS.of(language)[f"previous_{found.before.indicator}"].format(previous=whole(people, language))


def _bounds(found: Explanation, language: str) -> list[str]:
    """Return how bounds and rounding made the number."""
    words = WORDS.of(language)
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
    words = WORDS.of(language)
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
    words = WORDS.of(language)
    if found.next_number is None or not found.changed:
        return Section(words["pays"], (words["impossible"],))
    # Those whose number changes most come first; they are what people ask for.
    ordered = sorted(found.changed, key=lambda each: (-abs(each.after - each.before), each.code))
    first = words["instead"].format(next=whole(found.next_number, language))
    more = len(ordered) - OPEN
    folds = words["others"].format(n=_count(more, language)) if more > 0 else ""
    return Section(words["pays"], (first, *(_change(each, language) for each in ordered)), folds)


def _change(each: ChangedNumber, language: str) -> str:
    return WORDS.of(language)["changed"].format(
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
