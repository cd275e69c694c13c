"""Every operation written out entry by entry has the value that NumPy gives for the whole."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.calculus import Tape, evaluate
from app.calculus.graph import Graph
from app.diagnostics import NablaError
from app.entries import SCALARISED, Scalariser, program_of
from app.entries.determinants import Minors
from app.expressions import ELEMENTWISE, ExpressionError
from app.matrices import Derivative, derivative_of, elaborate
from app.matrices.evaluation import Array
from app.matrices.evaluation import evaluate as evaluate_node
from app.matrices.nodes import Node
from app.matrices.operations import OPERATIONS
from tests.support.random_expressions import GIVEN, RandomExpressions

SIZES = {"m": 3, "n": 2}
TEXTS = re.split(
    r"\s{2,}",
    """
    a + b - 2.5             x'*A'*w                 A*x - 3*w               x.*y
    A.*B                    x./y                    (x.*x).^1.5             2.^x
    (x.*x).^y               a^2/b                   (a^2 + 1)^b             X^3
    inv(X)                  X^-2                    adj(R)                  det(R)
    det(X)                  logdet(S)               tr(R)                   sum(A)
    norm1(A)                norm2(A)                norm2(x)                diag(x)*X
    diag(X)                 vec(A)                  kron(A, x)              kron(X, A)
    kron(x', w)             comm(m,n)*vec(A)        A'                      x'
    eye(n) + X              ones(m)*x'              A + matrix(2)           atan2(a, b)
    min(a, b)*x             max(a, b)               pi*a                    x*y'
""".strip(),
)


def _tape(node: Node, values: dict[str, Array]) -> tuple[Tape, list[float]]:
    names = [f"{name}{i}{j}" for name in values for i, j in np.ndindex(*values[name].shape)]
    graph = Graph(names)
    inputs = iter(graph.inputs)
    rows = {
        name: tuple(tuple(next(inputs) for _ in row) for row in values[name]) for name in values
    }
    value = Scalariser(graph, rows, SIZES)(node)
    return graph.tape({"value": value}), [x for name in values for x in values[name].ravel()]


def _drawn(symbols: dict[str, Node]) -> dict[str, Array]:
    generator = np.random.default_rng(3)
    sizes = {1: 1, **SIZES}
    found = {}
    for name, node in symbols.items():
        drawn = generator.standard_normal((sizes[node.shape.rows], sizes[node.shape.columns]))
        if "positive-definite" in node.parameter.properties:
            drawn = drawn @ drawn.T + np.eye(len(drawn))
        found[name] = drawn
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_an_operation_has_the_value_of_numpy(text: str) -> None:
    problem = elaborate(text, GIVEN)
    values = _drawn(dict(problem.symbols))
    tape, point = _tape(problem.node, values)
    expected = evaluate_node(problem.node, values, SIZES)
    found = evaluate(tape, point)["value"]
    assert found.shape == expected.shape
    assert found == pytest.approx(expected, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("function", sorted(ELEMENTWISE))
def test_an_elementwise_function_has_the_value_of_numpy(function: str) -> None:
    problem = elaborate(f"{function}(x)", GIVEN)
    tape, _ = _tape(problem.node, {"x": np.zeros((2, 1))})
    for point in ([0.3, 0.9], [-0.4, 1.7], [-2.0, 0.0]):
        column = np.array(point).reshape(2, 1)
        expected = evaluate_node(problem.node, {"x": column}, SIZES)
        assert evaluate(tape, point)["value"] == pytest.approx(expected, nan_ok=True)


def test_every_operation_of_the_engine_can_be_written_out() -> None:
    assert SCALARISED == OPERATIONS


def test_structural_zeros_cost_nothing() -> None:
    problem = elaborate("diag(x)*X", GIVEN)
    values = _drawn(dict(problem.symbols))
    tape, _ = _tape(problem.node, values)
    assert [step.name for step in tape.steps] == ["mul"] * 4


def test_the_adjugate_of_a_singular_matrix_is_finite() -> None:
    problem = elaborate("adj(X)", GIVEN)
    tape, _ = _tape(problem.node, {"X": np.zeros((2, 2))})
    assert evaluate(tape, [1.0, 2.0, 2.0, 4.0])["value"].tolist() == [[4, -2], [-2, 1]]


@pytest.mark.parametrize("rows", range(1, 7))
def test_a_determinant_by_minors_is_that_of_numpy(rows: int) -> None:
    matrix = np.random.default_rng(rows).standard_normal((rows, rows))
    graph = Graph([str(index) for index in range(rows * rows)])
    table = tuple(tuple(int(k) for k in row) for row in np.arange(rows * rows).reshape(rows, rows))
    minors = Minors(graph, table)
    tape = graph.tape({"det": minors.determinant(), "inverse": minors.inverse()})
    found = evaluate(tape, matrix.ravel())
    assert found["det"] == pytest.approx(np.linalg.det(matrix))
    assert found["inverse"] == pytest.approx(np.linalg.inv(matrix))


def test_a_large_determinant_is_refused() -> None:
    with pytest.raises(ExpressionError, match="too many rows") as caught:
        _program("logdet(X)", "X", "X: 9,9")
    assert caught.value.code == "too-large"


# ---------------------------------------------------------------------- programs


def _program(text: str, wrt: str, given: str = "") -> tuple[Derivative, Tape, list[float]]:
    derivative = derivative_of(elaborate(text, given, wrt=(wrt,)), (wrt,))
    program = program_of(derivative)
    point = [x for value in program.values.values() for x in value.ravel()]
    return derivative, program.tape, point


def _in_numerator_layout(derivative: Derivative, entries: Array, closed: Array) -> Array:
    """The matrix of vec(F) by vec(X) in the shape of the closed form."""
    if len(derivative.axes) > 2 or derivative.variables[0].shape.kind != "matrix":
        if derivative.variables[0].is_scalar:
            return entries.reshape(closed.shape[::-1]).T
        return entries
    # Entry j of vec(X) is X[k, l] with j = k + p·l, and stands at (l, k).
    return entries.reshape(closed.shape)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["s", "n", "m", "mn"]), st.integers(3, 14))
def test_closed_form_and_partial_derivatives_agree(seed: int, shape: str, budget: int) -> None:
    text = RandomExpressions(seed).draw(shape, budget)
    problem = elaborate(text, GIVEN)
    names = [name for name in problem.symbols if name != "pi"]
    assume(names)
    derivative = derivative_of(problem, (names[seed % len(names)],))
    try:
        program = program_of(derivative)
    except NablaError as refusal:
        assume(refusal.problem.code not in {"too-large", "not-differentiable"})
        raise
    point = [x for value in program.values.values() for x in value.ravel()]
    found = evaluate(program.tape, point)
    expected = _in_numerator_layout(derivative, found["entries"], found["numerator"])
    scale = max(1.0, np.max(np.abs(expected)))
    assert found["numerator"] / scale == pytest.approx(expected / scale, abs=1e-8)
    assert found["denominator"] / scale == pytest.approx(expected.T / scale, abs=1e-8)
    value = evaluate_node(derivative.node, program.values, program.sizes)
    assert found["value"] == pytest.approx(value, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "wrt", "given"),
    [
        ("A*x", "x", ""),
        ("A*X*B", "X", ""),
        ("x'*S*x", "x", "S: n,n positive-definite"),
        ("tr(Q'*X)", "X", "Q: n,n orthogonal"),
        ("sum(log(x))", "x", "x: n positive"),
        ("det(X'*X)", "X", ""),
    ],
)
def test_sizes_differ_and_numbers_have_what_was_declared(text: str, wrt: str, given: str) -> None:
    derivative = derivative_of(elaborate(text, given, wrt=(wrt,)), (wrt,))
    program = program_of(derivative)
    assert len(set(program.sizes.values())) == len(program.sizes)
    values = program.values
    if "S" in values:
        assert np.all(np.linalg.eigvalsh(values["S"]) > 0)
    if "Q" in values:
        assert values["Q"].T @ values["Q"] == pytest.approx(np.eye(len(values["Q"])))
    if "positive" in given.split():
        assert np.all(values["x"] > 0)


def test_a_declared_number_is_kept_and_no_letter_takes_it() -> None:
    derivative = derivative_of(elaborate("A*x", "A: 2,n"), ("x",))
    program = program_of(derivative)
    rows, columns = program.values["A"].shape
    assert rows == 2 != columns


@pytest.mark.parametrize("text", ["vec(kron(A,X))", "kron(kron(X,X),X)"])
def test_what_has_too_many_entries_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        _program(text, "X")
    assert caught.value.code == "too-large"
    assert "Declare smaller sizes" in (caught.value.problem.hint or "")
