"""The closed set of operations: every table knows all of them, and nothing unknown vanishes."""

from __future__ import annotations

import pytest

from app.expressions import ExpressionError
from app.matrices import differentiate, nodes
from app.matrices.evaluation import EVALUATED
from app.matrices.operations import LEAVES, OPERATIONS, ShapeError
from app.matrices.rules import RULES
from app.matrices.shapes import SCALAR, column, matrix, row
from app.matrices.transport.functional import ADJOINTS

A = nodes.symbol("A", matrix("m", "n"))
X = nodes.symbol("X", matrix("n", "n"))
x = nodes.symbol("x", column("n"))
a = nodes.symbol("a", SCALAR)


def test_every_operation_has_a_differential_rule() -> None:
    assert set(RULES) == OPERATIONS - LEAVES


def test_every_operation_can_be_evaluated() -> None:
    assert EVALUATED == OPERATIONS


def test_every_rule_names_its_source() -> None:
    for rule in RULES.values():
        assert rule.name
        assert rule.formula
        assert rule.source


def test_an_operation_without_a_rule_raises_and_names_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(RULES, "det")
    with pytest.raises(ExpressionError, match="det") as raised:
        differentiate("det(X)", ["X"])
    assert raised.value.code == "not-differentiable"


def test_an_increment_in_an_operation_without_a_law_raises_and_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(ADJOINTS, "vec")
    with pytest.raises(ExpressionError, match="vec"):
        differentiate("vec(X)'*vec(X)", ["X"])


@pytest.mark.parametrize(
    ("build", "shape"),
    [
        (lambda: nodes.product(A, x), column("m")),
        (lambda: nodes.product(nodes.transpose(x), x), SCALAR),
        (lambda: nodes.product(x, nodes.transpose(x)), matrix("n", "n")),
        (lambda: nodes.transpose(nodes.product(A, x)), row("m")),
        (lambda: nodes.times(a, A), matrix("m", "n")),
        (lambda: nodes.vec(A), column(("m", "n"))),
        (lambda: nodes.kron(A, A), matrix(("m", "m"), ("n", "n"))),
        (lambda: nodes.diag(x), matrix("n", "n")),
        (lambda: nodes.diag(X), column("n")),
        (lambda: nodes.comm("m", "n"), matrix(("m", "n"), ("m", "n"))),
    ],
)
def test_nodes_know_their_shapes(build, shape) -> None:  # type: ignore[no-untyped-def]
    assert build().shape == shape


@pytest.mark.parametrize(
    "build",
    [
        lambda: nodes.product(x, x),
        lambda: nodes.product(A, A),
        lambda: nodes.product(A, a),
        lambda: nodes.add(A, X),
        lambda: nodes.hadamard(A, X),
        lambda: nodes.times(A, X),
        lambda: nodes.inverse(A),
        lambda: nodes.apply("tr", A),
        lambda: nodes.power(a, x),
        lambda: nodes.apply("min", a, x),
    ],
)
def test_an_ill_shaped_node_cannot_exist(build) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ShapeError):
        build()


def test_equality_disregards_the_order_of_commutative_operands() -> None:
    y = nodes.symbol("y", column("n"))
    assert nodes.add(x, y) == nodes.add(y, x)
    assert nodes.hadamard(x, y) == nodes.hadamard(y, x)
    assert nodes.product(X, X, x) != nodes.product(X, x)
    assert nodes.product(nodes.transpose(x), y) != nodes.product(nodes.transpose(y), x)
    assert nodes.add(x, x) != nodes.add(x, x, x)
