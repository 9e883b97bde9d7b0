"""Which of many like cases `make test` asks: those left out bear the mark `thorough`, and `make thorough` asks them.

Each rule is asked of some cases in every run, and of all before a version is made.
"""

from collections.abc import Collection, Iterable
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet


def asked_of(cases: Iterable[Any], always: Collection[Any]) -> list[Any]:
    """Return the cases of a parameter, those that are not always asked with the mark.

    Args:
        cases: All cases: a value, a tuple with one for each name, or one with marks of its own, which is told apart by
            its first value.
        always: Those of every run.
    """
    return [case if _value(case) in always else _marked(case) for case in cases]


def _value(case: object) -> object:
    return case.values[0] if isinstance(case, ParameterSet) else case


def _marked(case: object) -> ParameterSet:
    if isinstance(case, ParameterSet):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.thorough], id=case.id)
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.thorough)
