"""Targets: the national total shared over the counties."""

from bosett.stages.targets.counties import county_problem

__all__ = ["county_problem"]
