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
from bosett.parameters.dated import (
    AlertLimits,
    NotKnown,
    alert_limits,
    danish_limit,
    least_group,
    least_request,
    least_request_source,
    pace_part,
    pace_persons,
    parameter,
    round_day,
)
from bosett.parameters.nodes import BadRuleFile
from bosett.parameters.reference import OURS, FloorInFile, criteria_of_year, last_written, load_shipped, reference_id

__all__ = [
    "OURS",
    "AlertLimits",
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
    "alert_limits",
    "criteria_of_year",
    "danish_limit",
    "last_written",
    "least_group",
    "least_request",
    "least_request_source",
    "load",
    "load_shipped",
    "pace_part",
    "pace_persons",
    "parameter",
    "reference_id",
    "round_day",
    "shipped",
]
