"""Criteria: from a criteria file and published figures to an exact claim for each municipality."""

from bosett.stages.criteria.claims import Claims, Known, Lookup, Measured, NobodyHasAClaim, NothingToMeasure, claims_of
from bosett.stages.criteria.published import published

__all__ = ["Claims", "Known", "Lookup", "Measured", "NobodyHasAClaim", "NothingToMeasure", "claims_of", "published"]
