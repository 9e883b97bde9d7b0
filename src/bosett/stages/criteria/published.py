"""The shipped figures as a lookup for criteria: in the codes of the settlement year, only what was known on the day."""

from fractions import Fraction

from bosett.basis.structures import structure_of
from bosett.figures import (
    Indicator,
    Level,
    NoFigures,
    NotKnownYet,
    Series,
    Status,
    Told,
    UnknownIndicator,
    indicators,
    require_known_by,
    series,
)
from bosett.geography import SizesNotKnown, SplitRule, SplitWithoutWeights, carry, municipalities
from bosett.parameters import BadRuleFile, CriteriaFile, Reading
from bosett.stages.criteria.claims import Known, Lookup


def published(file: CriteriaFile) -> Lookup:
    """Return the lookup of one criteria file.

    A municipality that was not asked counts as asked for nobody (0); hidden and missing figures are None.
    Municipal figures of an older structure are carried over mergers; over a split without official weights only by the
    rule that the file names.
    """
    rule = None if file.split is None else SplitRule(file.split)
    read: dict[tuple[str, int, int | None], Known] = {}

    def lookup(reading: Reading) -> Known:
        key = (reading.indicator, reading.year, reading.month)
        if key not in read:
            read[key] = _known(file, reading, rule)
        return read[key]

    return lookup


def _known(file: CriteriaFile, reading: Reading, rule: SplitRule | None) -> Known:
    wanted = structure_of(file.year)
    try:
        by_county = indicator(reading.indicator).level is Level.COUNTY
        found = series(reading.indicator, reading.year, month=reading.month, structure=wanted if by_county else None)
        require_known_by(found, file.day)
        values = {code: _value(found, code) for code in found.figures}
        if not by_county:
            if found.structure is not wanted:
                values = carry(values, reading.year, file.year, rule, day=file.day)
            return Known(values, None, _told(found, by_county=by_county))
    except (UnknownIndicator, NoFigures, NotKnownYet, SizesNotKnown, SplitWithoutWeights) as refusal:
        # The same sentence, with the place in the criteria file that asked.
        raise BadRuleFile(file.file, reading.line, str(refusal)) from refusal
    county_of = {place.code: place.county for place in municipalities(file.year)}
    return Known(
        {code: values.get(county) for code, county in county_of.items()}, county_of, _told(found, by_county=by_county)
    )


def indicator(name: str) -> Indicator:
    """Return the catalogue's entry on an indicator.

    Raises:
        UnknownIndicator: There is none.
    """
    known = indicators()
    if name not in known:
        raise UnknownIndicator(name)
    return known[name]


def _value(found: Series, code: str) -> Fraction | int | None:
    figure = found.figures[code]
    return 0 if figure.status is Status.NOT_ASKED else figure.value


def _told(found: Series, *, by_county: bool) -> Told:
    return Told(
        found.indicator, found.title, found.year, found.month, found.publisher, found.known_on, by_county=by_county
    )
