"""OR-Tools' CP-SAT as a solver in whole numbers, for claims whose costs are whole numbers of one unit."""

from ortools.sat.python import cp_model

from bosett.apportion import Problem
from oracles import allowed, whole_prices


def solve(problem: Problem) -> dict[str, int]:
    """Solve to proven optimality, without floats; empty when it is proven that no answer keeps the bounds."""
    model = cp_model.CpModel()
    numbers, costs = [], []
    for who, price in zip(problem.recipients, whole_prices(problem), strict=True):
        options = allowed(who, problem.total, problem.step)
        number = model.new_int_var_from_domain(cp_model.Domain.from_values(options), who.id)
        square = model.new_int_var(0, max(options, default=0) ** 2, f"{who.id} squared")
        model.add_multiplication_equality(square, [number, number])
        numbers.append(number)
        costs.append(price * square)
    model.add(cp_model.LinearExpr.sum(numbers) == problem.total)
    model.minimize(cp_model.LinearExpr.sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 120
    solver.parameters.num_workers = 2
    ended = solver.solve(model)
    if ended == cp_model.INFEASIBLE:
        return {}
    if ended != cp_model.OPTIMAL:
        raise RuntimeError(f"CP-SAT ended with {solver.status_name(ended)}, not with a proof")
    return {who.id: solver.value(number) for who, number in zip(problem.recipients, numbers, strict=True)}
