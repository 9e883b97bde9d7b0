"""Floor 3: exact sharing of whole persons by claims, floors, ceilings and steps. Knows nothing of refugees."""

from bosett.apportion.outcome import Clash, Impossible, Outcome, Shared, Tied, Unproven
from bosett.apportion.problem import BadProblem, Problem, Recipient, TieRule, claim_order
from bosett.apportion.share import cost, share_out

__all__ = [
    "BadProblem",
    "Clash",
    "Impossible",
    "Outcome",
    "Problem",
    "Recipient",
    "Shared",
    "TieRule",
    "Tied",
    "Unproven",
    "claim_order",
    "cost",
    "share_out",
]
