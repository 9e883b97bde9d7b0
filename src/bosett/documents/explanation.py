"""An explained number in plain words, for a mayor: bokmål, nynorsk and English."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.apportion.exchange import OneMore
from bosett.basis.steps import Step
from bosett.documents.run_data import previous_document, step_document
from bosett.documents.words import counted, exact, figure_line, percent, whole
from bosett.figures import SeriesNote
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


def sections(explanation: Explanation, language: str, *, others: bool = True) -> tuple[str, tuple[Section, ...]]:
    """Return the title and the sections of an explained number.

    Args:
        explanation: The explanation.
        language: nb, nn or en.
        others: False leaves out the section that names the numbers of other municipalities.
    """
    words = WORDS.of(language)
    number = words["nobody"] if not explanation.number else _persons(explanation.number, language)
    title = words["title"].format(
        name=explanation.name,
        code=explanation.code,
        county=explanation.county_name,
        year=explanation.year,
        number=number,
    )
    first = [words["criteria"].format(title=explanation.title[language])]
    if not explanation.official:
        first.append(words[explanation.whose])
    if explanation.left_out is not None:
        return title, (Section("", (*first, why_none(explanation, language))),)
    own_sections = (
        Section("", tuple(first)),
        Section(words["how"], tuple(_how(explanation, language))),
        Section(words["more"], tuple(_more(explanation, language))),
    )
    return title, (*own_sections, _pays(explanation, language)) if others else own_sections


def why_none(explanation: Explanation, language: str) -> str:
    """Return in one line why nobody is proposed for a municipality; empty when somebody is.

    Args:
        explanation: The explanation.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    if explanation.left_out is not None:
        return words["out"].format(reason=left_out_reason(explanation.left_out, explanation.wordings, language))
    if explanation.number:
        return ""
    return (
        words["not_asked"].format(floor=whole(explanation.floor, language))
        if explanation.floor > 1
        else words["too_small"]
    )


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
        wording = wordings.get(facts["criterion"], {})
        facts["criterion"] = (wording.get(language) or wording.get("nb") or facts["criterion"]).rstrip(".")
    return WORDS.of(language)[step.rule].format(**facts)


def explanation_text(explanation: Explanation, language: str) -> str:
    """Return an explained number as plain text."""
    title, parts = sections(explanation, language)
    lines = [title]
    for section in parts:
        lines += ["", section.heading] if section.heading else [""]
        lines += [f"  {line}" if line.startswith(ITEM) else line for line in section.lines]
    return "\n".join(lines) + "\n"


def _persons(number: int, language: str) -> str:
    return WORDS.of(language)["persons"].format(n=counted(number, language))


def _how(explanation: Explanation, language: str) -> list[str]:
    words = WORDS.of(language)
    target = whole(explanation.target, language)
    lines = [words["nation"].format(year=explanation.year, total=counted(explanation.total, language))]
    if explanation.mode is Mode.COUNTIES:
        lines.append(
            words["county_decided" if explanation.decided else "county"].format(
                county=explanation.county_name, target=target
            )
        )
    lines.append(words["claim"].format(part=percent(explanation.share, language, 3)))
    lines += [
        words["part"].format(
            wording=part.wording[language],
            weight=percent(part.weight, language, 0),
            part=percent(part.part, language, 3),
            persons=exact(part.persons, language, 2),
        )
        for part in explanation.parts
    ]
    whose = "exact_nation" if explanation.mode is Mode.NATION else "exact_county"
    lines.append(words[whose].format(target=target, exact=exact(explanation.exact, language, 2)))
    lines += _bounds(explanation, language)
    if any(step.rule == "tie-rule" for step in explanation.steps):
        lines.append(words["tie"])
    return [*lines, _previous(explanation, language)]


def _previous(explanation: Explanation, language: str) -> str:
    """Return what the municipality was asked for the year before, or why no number can be told."""
    people = explanation.previous.persons
    if people is None or explanation.before is None:
        return WORDS.of(language)[f"previous_{explanation.previous.status.value}"]
    return WORDS.of(language)[f"previous_{explanation.before.indicator}"].format(previous=whole(people, language))


def _bounds(explanation: Explanation, language: str) -> list[str]:
    """Return how bounds and rounding made the number."""
    words = WORDS.of(language)
    rules = {step.rule: step for step in explanation.steps}
    if not explanation.number:
        return [why_none(explanation, language)]
    if explanation.number == explanation.target:
        return [words["alone"].format(number=whole(explanation.number, language))]
    if "least" in rules:
        return [words["at_floor"].format(floor=whole(explanation.floor, language))]
    if "ceiling" in rules:
        return [words["at_ceiling"].format(ceiling=whole(explanation.ceiling or 0, language))]
    if "rounding" in rules:
        quotient = Fraction(str(rules["rounding"].facts["quotient"]))
        shown = exact(quotient, language, 2)
        return [words["rounded"].format(quotient=shown, number=whole(explanation.number, language))]
    return []


def _more(explanation: Explanation, language: str) -> list[str]:
    if explanation.more is None:
        return []
    lines = more_lines(explanation.more, explanation.claim, "threshold", language)
    is_met = explanation.more.claim is not None and explanation.more.larger is not None
    return [*lines, WORDS.of(language)["same_target"]] if is_met and explanation.mode is Mode.COUNTIES else lines


def more_lines(more: OneMore, claim: Fraction, threshold: str, language: str) -> list[str]:
    """Return what gives more, or why nothing does.

    Args:
        more: The smallest claim that does.
        claim: The present one.
        threshold: The code of the sentence for whom it is.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    if more.claim is None or more.larger is None:
        return [words["reason"].format(reason=words[more.because or "no-room"])]
    ratio = more.claim / claim
    if ratio < 2:
        change = words["larger"].format(change=percent(ratio - 1, language, 2))
    else:
        change = words["times"].format(times=exact(ratio, language, 1))
    return [words[threshold].format(change=change, then=whole(more.larger, language))]


def _pays(explanation: Explanation, language: str) -> Section:
    """Return who would get another number, all of them: to be named is to be able to object."""
    lines = pays_lines(explanation.next_number, explanation.changed, language)
    more = len(lines) - 1 - OPEN
    folds = WORDS.of(language)["others"].format(n=counted(more, language)) if more > 0 else ""
    return Section(WORDS.of(language)["pays"], tuple(lines), folds)


def pays_lines(next_number: int | None, changed: Sequence[ChangedNumber], language: str) -> list[str]:
    """Return who would get another number if one got the next, those whose number changes most first."""
    words = WORDS.of(language)
    if next_number is None or not changed:
        return [words["impossible"]]
    # They are what people ask for.
    ordered = sorted(changed, key=lambda each: (-abs(each.after - each.before), each.code))
    first = words["instead"].format(next=whole(next_number, language))
    return [first, *(_change(each, language) for each in ordered)]


def _change(each: ChangedNumber, language: str) -> str:
    return WORDS.of(language)["changed"].format(
        name=each.name, before=whole(each.before, language), after=whole(each.after, language)
    )


def figures_section(notes: Iterable[SeriesNote], language: str) -> Section:
    """Return the figures that a number was computed from, each once: what, when, publisher, and when it was known.

    Args:
        notes: The series; several criteria may read the same.
        language: nb, nn or en.
    """
    lines = dict.fromkeys(f"{ITEM}{figure_line(note, language)}" for note in notes)
    return Section(WORDS.of(language)["figures_used"], tuple(lines))


def explanation_document(explanation: Explanation) -> dict[str, object]:
    """Return an explained number as a JSON document, fractions as text."""
    more = explanation.more
    return {
        "year": explanation.year,
        "total": explanation.total,
        "mode": explanation.mode.value,
        "criteria": dict(explanation.title),
        "official_or_reference": explanation.whose,
        "code": explanation.code,
        "name": explanation.name,
        "county": explanation.county_name,
        "target": explanation.target,
        "left_out": None if explanation.left_out is None else step_document(explanation.left_out),
        "claim": str(explanation.claim),
        "share": str(explanation.share),
        "parts": [
            {
                "criterion": part.criterion,
                "weight": str(part.weight),
                "part": str(part.part),
                "persons": str(part.persons),
            }
            for part in explanation.parts
        ],
        "exact": str(explanation.exact),
        "number": explanation.number,
        **previous_document(explanation.previous, explanation.before),
        "floor": explanation.floor,
        "ceiling": explanation.ceiling,
        "steps": [step_document(step) for step in explanation.steps],
        "one_more": None
        if more is None
        else {
            "number": more.number,
            "larger": more.larger,
            "claim": None if more.claim is None else str(more.claim),
            "because": more.because,
        },
        "with_next": {
            "number": explanation.next_number,
            "changed": [
                {"code": each.code, "name": each.name, "before": each.before, "after": each.after}
                for each in explanation.changed
            ],
        },
    }
