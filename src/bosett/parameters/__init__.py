"""Floor 2: rule files with date, unit and source: schema and loading."""

from bosett.parameters.criteria import (
    Bound,
    CriteriaFile,
    Criterion,
    Eligible,
    Factor,
    NoCriteria,
    Reading,
    load,
    shipped,
)
from bosett.parameters.dated import NotKnown, least_group, least_request, least_request_source, parameter, round_day
from bosett.parameters.nodes import BadRuleFile
from bosett.parameters.reference import OURS, FloorInFile, criteria_of_year, last_written, load_shipped, reference_id

__all__ = [
    "OURS",
    "BadRuleFile",
    "Bound",
    "CriteriaFile",
    "Criterion",
    "Eligible",
    "Factor",
    "FloorInFile",
    "NoCriteria",
    "NotKnown",
    "Reading",
    "criteria_of_year",
    "last_written",
    "least_group",
    "least_request",
    "least_request_source",
    "load",
    "load_shipped",
    "parameter",
    "reference_id",
    "round_day",
    "shipped",
]
