"""Floor 3: places by kind and week to groups that wait, in whole numbers and with proof. Knows nothing of refugees."""

from bosett.matching.certificate import Uncertified, check
from bosett.matching.explain import Alternative, Explained, Precedence, Taker, Unplaced, Why, explain, explain_unplaced
from bosett.matching.levels import Levels
from bosett.matching.outcome import Matched
from bosett.matching.problem import (
    BadMatching,
    Group,
    Keep,
    Lock,
    LockClash,
    LocksClash,
    Matching,
    Opening,
    Placement,
    Where,
)
from bosett.matching.small import Merge, Merged, merge_small
from bosett.matching.solve import solve
from bosett.matching.unused import KindUse, SizeWait, by_kind, by_size

__all__ = [
    "Alternative",
    "BadMatching",
    "Explained",
    "Group",
    "Keep",
    "KindUse",
    "Levels",
    "Lock",
    "LockClash",
    "LocksClash",
    "Matched",
    "Matching",
    "Merge",
    "Merged",
    "Opening",
    "Placement",
    "Precedence",
    "SizeWait",
    "Taker",
    "Uncertified",
    "Unplaced",
    "Where",
    "Why",
    "by_kind",
    "by_size",
    "check",
    "explain",
    "explain_unplaced",
    "merge_small",
    "solve",
]
