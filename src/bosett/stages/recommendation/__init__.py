"""Recommendation: what departs from the proposal, the bounds and the signal; and the rest shared over what is free."""

from bosett.stages.recommendation.departures import (
    Departure,
    Weighed,
    departures,
    is_idle,
    lacks_reason,
    must_be_reasoned,
    reason_of_departure,
)
from bosett.stages.recommendation.rest import rest_problem

__all__ = [
    "Departure",
    "Weighed",
    "departures",
    "is_idle",
    "lacks_reason",
    "must_be_reasoned",
    "reason_of_departure",
    "rest_problem",
]
