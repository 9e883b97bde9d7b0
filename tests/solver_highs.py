"""HiGHS as a solver of the integer program."""

import highspy
import numpy as np

from bosett.apportion import Problem
from integer_program import columns, read


def solve(problem: Problem) -> dict[str, int]:
    """Solve with HiGHS to a gap of zero; common floors above 1, a ceiling for all, no step."""
    prices, weights, owners = columns(problem)
    rows = [(place, owner) for place, owner in enumerate(owners) if owner != place]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(prices), len(rows) + 1
    lp.col_cost_ = np.array(prices)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(prices)), np.ones(len(prices))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(prices)
    lp.row_lower_ = np.array([problem.total] + [-highspy.kHighsInf] * len(rows))
    lp.row_upper_ = np.array([problem.total] + [0] * len(rows))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([0, *range(len(prices), len(prices) + 2 * len(rows) + 1, 2)])
    lp.a_matrix_.index_ = np.array([*range(len(prices)), *(place for pair in rows for place in pair)])
    lp.a_matrix_.value_ = np.array([*weights, *([1, -1] * len(rows))])
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("mip_rel_gap", 0), ("mip_abs_gap", 0), ("time_limit", 120)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    solver.run()
    return read(problem, owners, weights, [round(value) for value in solver.getSolution().col_value])
