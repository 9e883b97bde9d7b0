"""HiGHS as another way to the best levels of a matching: a linear program for each level, those before held fast.

Never imported beside OR-Tools (`madematchings.levels_by` begins a process for it). It reckons in floats, so its answers
are read as the whole numbers that they are near.
"""

import highspy
import numpy as np

from bosett.matching import Levels, Matching
from bosett.matching.levels import cost_at, cost_unplaced


def solve(matching: Matching) -> Levels:
    """Return the best levels of a matching without locks."""
    costs, most, members = _columns(matching)
    rows = [
        *((group.count, group.count) for group in matching.groups),
        *((0, opening.count) for opening in matching.openings),
    ]
    best: list[int] = []
    for level in range(len(Levels._fields)):
        fixed = [(value, value) for value in best]
        solver = _solver()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(costs), len(rows) + len(fixed)
        lp.col_cost_ = np.array([cost[level] for cost in costs], dtype=np.float64)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(costs)), np.array(most, dtype=np.float64)
        lp.row_lower_ = np.array([low for low, _ in (*rows, *fixed)], dtype=np.float64)
        lp.row_upper_ = np.array([high for _, high in (*rows, *fixed)], dtype=np.float64)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        entries = [
            [*((row, 1) for row in rows_of), *((len(rows) + before, cost[before]) for before in range(level))]
            for rows_of, cost in zip(members, costs, strict=True)
        ]
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, entries)])
        lp.a_matrix_.index_ = np.array([row for column in entries for row, _ in column])
        lp.a_matrix_.value_ = np.array([value for column in entries for _, value in column], dtype=np.float64)
        solver.passModel(lp)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {solver.getModelStatus()}, not with a proven best answer")
        best.append(round(solver.getInfo().objective_function_value))
    return Levels(*best)


def _columns(matching: Matching) -> tuple[list[Levels], list[int], list[list[int]]]:
    """Return cost, upper bound and rows of each column: units of a group at an opening, kept there, or nowhere."""
    costs: list[Levels] = []
    most: list[int] = []
    members: list[list[int]] = []
    former, end = matching.former_left(), matching.end
    for row, group in enumerate(matching.groups):
        for place, opening in enumerate(matching.openings):
            if not group.may_use(opening.week, opening.kind):
                continue
            rows = [row, len(matching.groups) + place]
            costs.append(cost_at(matching, group, opening.where))
            most.append(group.count)
            members.append(rows)
            if former[group.code, opening.where]:
                costs.append(cost_at(matching, group, opening.where, kept=True))
                most.append(former[group.code, opening.where])
                members.append(rows)
        costs.append(cost_unplaced(matching, group, end))
        most.append(group.count)
        members.append([row])
    return costs, most, members


def _solver() -> highspy.Highs:
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("time_limit", 120)):
        solver.setOptionValue(option, value)
    return solver
