"""CP-SAT of OR-Tools as a solver of the integer program."""

from ortools.sat.python import cp_model

from bosett.apportion import Problem
from integer_program import columns, read

SCALE = 10**9  # prices are whole numbers here: this many to the dearest


def solve(problem: Problem) -> dict[str, int]:
    """Solve with OR-Tools' CP-SAT, with prices rounded to whole numbers."""
    prices, weights, owners = columns(problem)
    dearest = max(prices)
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(str(place)) for place in range(len(prices))]
    for place, owner in enumerate(owners):
        if owner != place:
            model.add_implication(chosen[place], chosen[owner])
    model.add(cp_model.LinearExpr.weighted_sum(chosen, weights) == problem.total)
    model.minimize(cp_model.LinearExpr.weighted_sum(chosen, [round(price * SCALE / dearest) for price in prices]))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 120
    solver.parameters.num_workers = 2
    solver.solve(model)
    return read(problem, owners, weights, [int(solver.value(each)) for each in chosen])
