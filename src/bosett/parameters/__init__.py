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
    load_shipped,
    shipped,
)
from bosett.parameters.dated import NotKnown, least_request, least_request_source, parameter, round_day
from bosett.parameters.nodes import BadRuleFile

__all__ = [
    "BadRuleFile",
    "Bound",
    "CriteriaFile",
    "Criterion",
    "Eligible",
    "Factor",
    "NoCriteria",
    "NotKnown",
    "Reading",
    "least_request",
    "least_request_source",
    "load",
    "load_shipped",
    "parameter",
    "round_day",
    "shipped",
]
