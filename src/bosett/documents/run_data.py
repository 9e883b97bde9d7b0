"""A run as plain data: what `--format json` prints, and what other programs may rely on."""

from bosett.basis.steps import Step
from bosett.documents.words import figure_line
from bosett.figures import Figure, SeriesNote, UsedVersion
from bosett.parameters import whose
from bosett.rounds.kinds import CountyLine, CriterionLine, MunicipalityLine, Run


def run_document(run: Run) -> dict[str, object]:
    """Return a run as a JSON document: fractions as text, None where there is no figure, zeros too."""
    return {
        "year": run.year,
        "day": run.day.isoformat(),
        "total": run.total,
        "mode": run.mode.value,
        "criteria": run.criteria_id,
        "criteria_title": dict(run.criteria_title),
        "official_or_reference": whose(run.criteria_id, official=run.official),
        "unassigned": str(run.unassigned),
        "previous_is": told_document(run.before),
        "outcome": "shared",
        "version": run.version,
        "inputs_sha256": run.inputs_sha256,
        "checks": dict(run.checks),
        "counties": [_county(county) for county in run.counties],
        "left_out": [
            {"code": left.code, "name": left.name, "county": left.county, "reason": left.reason}
            for left in run.left_out
        ],
        "criteria_used": [_criterion(criterion) for criterion in run.criteria],
        # A run of shipped figures alone names none.
        **({"figures": [used_document(used) for used in run.figures]} if run.figures else {}),
    }


def used_document(used: UsedVersion) -> dict[str, object]:
    """Return an accepted version that was used as plain data."""
    return {
        "indicator": used.indicator,
        "time": used.time,
        "sha256": used.sha256,
        "accepted_on": used.accepted_on.isoformat(),
    }


def _county(county: CountyLine) -> dict[str, object]:
    return {
        "code": county.code,
        "name": county.name,
        "target": county.target,
        "claim": str(county.claim),
        "exact": str(county.exact),
        "municipalities": [_municipality(line) for line in county.municipalities],
    }


def _municipality(line: MunicipalityLine) -> dict[str, object]:
    return {
        "code": line.code,
        "name": line.name,
        "claim": str(line.claim),
        "exact": str(line.exact),
        "number": line.number,
        "previous": line.previous.persons,
        "previous_status": line.previous.status.value,
        "population": line.population,
        "steps": [step_document(step) for step in line.steps],
    }


def previous_document(figure: Figure, before: SeriesNote | None) -> dict[str, object]:
    """Return last year's request as plain data: the number, or why there is none, and which request it is."""
    return {
        "previous": figure.persons,
        "previous_status": figure.status.value,
        "previous_is": told_document(before),
    }


def told_document(note: SeriesNote | None) -> dict[str, object] | None:
    """Return a series that was used as plain data, or None."""
    if note is None:
        return None
    return {
        "indicator": note.indicator,
        "when": note.when,
        "publisher": note.publisher,
        "known_on": note.known_on.isoformat(),
    }


def step_document(step: Step) -> dict[str, object]:
    """Return one step as plain data."""
    return {"rule": step.rule, "id": step.id, "facts": dict(step.facts), "text": step.text}


def _criterion(criterion: CriterionLine) -> dict[str, object]:
    return {
        "code": criterion.code,
        "kind": criterion.kind,
        "weight": None if criterion.weight is None else str(criterion.weight),
        "computable": criterion.computable,
        "wording": dict(criterion.wording),
        "wording_status": criterion.wording_status,
        "source": criterion.source,
        "figures": [figure_line(note, "en") for note in criterion.figures],
    }
