"""OR-Tools as a solver of the integer program, by its SCIP."""

from ortools.linear_solver import pywraplp

from bosett.apportion import Problem
from integer_program import columns, read


def solve(problem: Problem) -> dict[str, int]:
    """Solve to proven optimality; common floors above 1, a ceiling for all, no step."""
    prices, weights, owners = columns(problem)
    solver = pywraplp.Solver.CreateSolver("SCIP")
    chosen = [
        solver.BoolVar(str(place)) if owner == place else solver.NumVar(0, 1, str(place))
        for place, owner in enumerate(owners)
    ]
    rooms = {}
    total = solver.Constraint(problem.total, problem.total)
    for place, (owner, weight, price) in enumerate(zip(owners, weights, prices, strict=True)):
        total.SetCoefficient(chosen[place], weight)
        solver.Objective().SetCoefficient(chosen[place], price)
        if owner == place:
            rooms[owner] = solver.Constraint(-solver.infinity(), 0)
            rooms[owner].SetCoefficient(chosen[owner], -owners.count(owner) + 1)
        else:
            rooms[owner].SetCoefficient(chosen[place], 1)
    solver.Objective().SetMinimization()
    solver.SetTimeLimit(120_000)
    ended = solver.Solve()
    if ended != pywraplp.Solver.OPTIMAL:
        raise RuntimeError(f"OR-Tools ended with status {ended}, not with a proven best answer")
    return read(problem, owners, weights, [round(each.solution_value()) for each in chosen])
