"""Time of the matrix engine on the literature, beside SymPy's ``diff`` where SymPy answers.

Printed are medians on this machine: from text to both layouts, and with all steps.  SymPy gets
expressions that were built beforehand from the engine's nodes, so reading counts only for us.
Whether SymPy's answer is right is not asked here.
"""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
import sympy

from app.matrices import differentiate, elaborate
from app.matrices.nodes import Node
from app.matrices.shapes import factors_of
from tests.support.cases import Case, cases

REPEATS = 5
PATIENCE = 3
"""Seconds that SymPy may take for one derivative."""


def fastest(function: Callable[[], object]) -> float:
    """Milliseconds of the fastest of some runs."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function()
        times.append(1e3 * (time.perf_counter() - start))
    return min(times)


def derive(case: Case) -> None:
    result = differentiate(case.expr, case.wrt, case.given)
    assert result.numerator.text
    assert result.denominator.text


def derive_with_steps(case: Case) -> None:
    result = differentiate(case.expr, case.wrt, case.given)
    assert [step.text for step in result.steps]


def in_sympy(node: Node) -> Any:
    """The node as an object of SymPy; raises KeyError for what SymPy's matrices do not have."""
    operands = [in_sympy(operand) for operand in node.operands]
    match node.operation:
        case "number":
            return sympy.Rational(node.parameter.numerator, node.parameter.denominator)
        case "symbol" if node.is_scalar:
            return sympy.Symbol(node.parameter.name)
        case "symbol":
            sizes = (size_in_sympy(node.shape.rows), size_in_sympy(node.shape.columns))
            return sympy.MatrixSymbol(node.parameter.name, *sizes)
        case "eye":
            return sympy.Identity(size_in_sympy(node.shape.rows))
        case "product":
            value = sympy.MatMul(*operands)
            return value[0, 0] if node.is_scalar else value
        case "matrix_power":
            return operands[0] ** node.parameter
    return _SYMPY[node.operation](*operands)


def size_in_sympy(dimension: Any) -> Any:
    return sympy.Mul(*[f if isinstance(f, int) else sympy.Symbol(f) for f in factors_of(dimension)])


_SYMPY: dict[str, Any] = {
    "add": lambda *terms: sum(terms[1:], terms[0]),
    "times": lambda *factors: sympy.prod(factors[1:], start=factors[0]),
    "power": lambda base, exponent: base**exponent,
    "transpose": lambda inner: inner.T,
    "tr": sympy.Trace,
    "det": sympy.Determinant,
    "hadamard": sympy.HadamardProduct,
    "kron": sympy.KroneckerProduct,
    "exp": sympy.exp,
    "log": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
}


def sympy_time(case: Case) -> float | None:
    """Milliseconds of ``diff``, or None where SymPy gives no answer in time."""
    problem = elaborate(case.expr, case.given, wrt=case.wrt)
    variable = in_sympy(problem.symbols[case.wrt[0]])
    expression = in_sympy(problem.node)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return fastest(lambda: _fresh_diff(expression, variable))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _fresh_diff(expression: Any, variable: Any) -> None:
    sympy.core.cache.clear_cache()
    assert not isinstance(expression.diff(variable), sympy.Derivative)


@pytest.mark.benchmark
def test_derivatives() -> None:
    signal.signal(signal.SIGALRM, _too_late)
    ours = {case.id: fastest(lambda case=case: derive(case)) for case in cases()}
    steps = {case.id: fastest(lambda case=case: derive_with_steps(case)) for case in cases()}
    theirs: dict[str, float] = {}
    for case in cases():
        try:
            found = sympy_time(case) if len(case.wrt) == 1 else None
        except Exception:  # SymPy raises whatever it likes for what it cannot do
            found = None
        if found is not None:
            theirs[case.id] = found
    shared = [ours[name] / theirs[name] for name in theirs]
    print(f"\n{len(ours)} cases, milliseconds from text to both layouts:", _summary(ours))
    print("with all lines of the derivation:", _summary(steps))
    print(f"SymPy answers {len(theirs)} of them:", _summary(theirs))
    print("ours on the same cases:", _summary({name: ours[name] for name in theirs}))
    print(f"ours takes {statistics.median(shared):.3f} of SymPy's time at the median")


def _too_late(*_: object) -> None:
    raise TimeoutError


def _summary(times: dict[str, float]) -> str:
    ordered = sorted(times.values())
    slowest = max(times, key=lambda name: times[name])
    return f"median {statistics.median(ordered):.2f}, largest {ordered[-1]:.1f} ({slowest})"
