"""Decisions: conditions that a municipality's answer may not carry, recognised from declared words."""

from bosett.stages.decisions.conditions import Found, recognised

__all__ = ["Found", "recognised"]
