"""Allocation: a target shared over municipalities, within the bounds of the criteria."""

from bosett.stages.allocation.municipalities import municipal_problem

__all__ = ["municipal_problem"]
