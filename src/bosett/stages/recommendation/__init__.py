"""Recommendation: what departs from the proposal, the bounds and the signal; and the rest shared over what is free."""

from bosett.stages.recommendation.departures import Departure, Weighed, departures
from bosett.stages.recommendation.rest import rest_problem

__all__ = ["Departure", "Weighed", "departures", "rest_problem"]
