"""Revision: a new total for a round already requested, with the least change."""

from bosett.stages.revision.least_change import LockOfNobody, revision_problem

__all__ = ["LockOfNobody", "revision_problem"]
