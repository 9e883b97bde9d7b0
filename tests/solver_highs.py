"""HiGHS as a solver of the integer program."""

import highspy
import numpy as np

from bosett.apportion import Problem
from integer_program import columns, read


def solve(problem: Problem) -> dict[str, int]:
    """Solve to proven optimality with a gap of zero; common floors above 1, a ceiling for all, no step."""
    prices, weights, owners = columns(problem)
    askings = sorted(set(owners))
    rows = [[place for place, owner in enumerate(owners) if owner == asking] for asking in askings]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(prices), len(rows) + 1
    lp.col_cost_ = np.array(prices)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(prices)), np.ones(len(prices))
    whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [whole if owner == place else part for place, owner in enumerate(owners)]
    lp.row_lower_ = np.array([problem.total] + [-highspy.kHighsInf] * len(rows))
    lp.row_upper_ = np.array([problem.total] + [0] * len(rows))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lengths = [len(prices), *map(len, rows)]
    lp.a_matrix_.start_ = np.array([sum(lengths[:place]) for place in range(len(lengths) + 1)])
    lp.a_matrix_.index_ = np.array([*range(len(prices)), *(place for row in rows for place in row)])
    rooms = [1 - len(row) if place == row[0] else 1 for row in rows for place in row]
    lp.a_matrix_.value_ = np.array([*weights, *rooms])
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("mip_rel_gap", 0), ("mip_abs_gap", 0), ("time_limit", 120)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS ended with {solver.getModelStatus()}, not with a proven best answer")
    return read(problem, owners, weights, [round(value) for value in solver.getSolution().col_value])
