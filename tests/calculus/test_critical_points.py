"""Critical points in a box: none missed, and called complete only when that is proven."""

from __future__ import annotations

import numpy as np
import pytest

from app.calculus import evaluate, hessian_tape
from app.calculus.critical_points import CriticalPoints, critical_points
from app.expressions import parse

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
SIX_HUMP_CAMEL = "(4 - 2.1 x^2 + x^4/3) x^2 + x y + (-4 + 4 y^2) y^2"


def search(f: str, *box: tuple[float, float]) -> CriticalPoints:
    variables = ["x", "y", "z"][: len(box)]
    return critical_points(
        hessian_tape(parse(f, variables=variables, mode="scalar"), variables), box
    )


def inertia(f: str, points: np.ndarray) -> list[str]:
    tape = hessian_tape(parse(f, variables=["x", "y"], mode="scalar"), ["x", "y"])
    kinds = []
    for point in points:
        low, high = np.linalg.eigvalsh(evaluate(tape, list(point))["hessian"])
        kinds.append("minimum" if low > 0 else "maximum" if high < 0 else "saddle")
    return kinds


def test_himmelblau() -> None:
    found = search(HIMMELBLAU, (-5, 5), (-5, 5))
    assert found.complete
    kinds = inertia(HIMMELBLAU, found.points)
    assert sorted(kinds) == ["maximum"] + ["minimum"] * 4 + ["saddle"] * 4
    assert any(np.allclose(point, [3, 2], atol=1e-12) for point in found.points)


def test_six_hump_camel() -> None:
    found = search(SIX_HUMP_CAMEL, (-3, 3), (-2, 2))
    assert found.complete
    assert len(found.points) == 15
    kinds = inertia(SIX_HUMP_CAMEL, found.points)
    assert (kinds.count("minimum"), kinds.count("maximum")) == (6, 2)


@pytest.mark.parametrize(
    ("f", "box", "points"),
    [
        ("x^2 + y^2", [(-2, 2), (-2, 2)], [[0, 0]]),
        ("100 (y - x^2)^2 + (1 - x)^2", [(-2, 2), (-1, 3)], [[1, 1]]),
        ("x + y", [(-3, 3), (-3, 3)], []),
        ("x^3 - 3x", [(-2, 2)], [[-1], [1]]),
        # On the edge and in the corner of the box.
        ("(x - 2)^2 + (y + 1)^2", [(-2, 2), (-1, 1)], [[2, -1]]),
        ("x^2 + y^2 + z^2 + x y z", [(-1, 1)] * 3, [[0, 0, 0]]),
        ("sin(x) + cosh(y)", [(0, 3), (-1, 1)], [[np.pi / 2, 0]]),
    ],
)
def test_complete_lists(f: str, box: list[tuple[float, float]], points: list[list[float]]) -> None:
    found = search(f, *box)
    assert found.complete
    assert found.reason is None
    np.testing.assert_allclose(found.points, np.array(points).reshape(-1, len(box)), atol=1e-9)


@pytest.mark.parametrize("f", ["x^4 + y^4", "x^3 - 3 x y^2", "x^2 + y^4"])
def test_a_degenerate_point_is_found_but_completeness_not_claimed(f: str) -> None:
    found = search(f, (-2, 2), (-2, 2))
    np.testing.assert_allclose(found.points, [[0, 0]], atol=1e-12)
    assert not found.complete
    assert found.reason is not None
    assert "singular Hessian" in found.reason


def test_every_degenerate_point_is_found() -> None:
    found = search("sin(x^2) + cos(y^2)", (-2.5, 2.5), (-2.5, 2.5))
    assert not found.complete
    across = [
        -np.sqrt(1.5 * np.pi),
        -np.sqrt(np.pi / 2),
        0,
        np.sqrt(np.pi / 2),
        np.sqrt(1.5 * np.pi),
    ]
    expected = [[x, y] for x in across for y in (-np.sqrt(np.pi), 0, np.sqrt(np.pi))]
    np.testing.assert_allclose(found.points, expected, atol=1e-9)


def test_a_curve_of_critical_points_is_told() -> None:
    found = search("x^2", (-2, 2), (-2, 2))
    assert not found.complete
    assert found.reason is not None
    assert "curve" in found.reason
    np.testing.assert_allclose(found.points[:, 0], 0.0, atol=1e-9)


@pytest.mark.parametrize("f", ["sqrt(x^2 + y^2)", "sqrt(x*y)"])
def test_a_kink_is_not_a_critical_point(f: str) -> None:
    found = search(f, (-2, 2), (-2, 2))
    assert len(found.points) == 0
    assert not found.complete
    assert found.reason is not None
    assert "not defined or not smooth" in found.reason or found.out_of_time


@pytest.mark.parametrize(
    ("f", "box", "points"),
    [
        ("x^2 - 3*abs(x)", [(-3, 3)], [[-1.5], [1.5]]),
        ("x^2 + y^2 - 3 max(x, -x)", [(-3, 3), (-3, 3)], [[-1.5, 0], [1.5, 0]]),
        ("x^2 + 3*abs(x - 1)", [(-3, 3)], []),
        ("(x + 1)^2 + 4 relu(x) - 2 x", [(-3, 3)], []),
    ],
)
def test_nothing_is_settled_over_a_kink(
    f: str, box: list[tuple[float, float]], points: list[list[float]]
) -> None:
    found = search(f, *box)
    np.testing.assert_allclose(found.points, np.array(points).reshape(-1, len(box)), atol=1e-9)
    assert not found.complete
    assert found.reason is not None
    assert "not smooth" in found.reason


@pytest.mark.parametrize(
    ("f", "box", "points"),
    [
        # The list is proven although a kink lies in the box: the gradient is not zero near it.
        ("relu(x)^2 - 2 x + y^2", [(-3, 3), (-3, 3)], [[1, 0]]),
        # Close together in a large box.
        ("x^3 - 3x", [(-1e6, 1e6)], [[-1], [1]]),
        ("x^3 - 3e-8 x + y^2", [(-10, 10), (-1, 1)], [[-1e-4, 0], [1e-4, 0]]),
        # Just outside.
        ("(x - 2.000001)^2 + y^2", [(-2, 2), (-2, 2)], []),
    ],
)
def test_points_are_told_apart_and_kept_in_the_box(
    f: str, box: list[tuple[float, float]], points: list[list[float]]
) -> None:
    found = search(f, *box)
    assert found.complete
    np.testing.assert_allclose(found.points, np.array(points).reshape(-1, len(box)), atol=1e-9)


def test_time_bounds_the_search() -> None:
    tape = hessian_tape(
        parse("sin(40x y) cos(30 x + y^2)", variables=["x", "y"], mode="scalar"), "xy"
    )
    found = critical_points(tape, [(-9, 9), (-9, 9)], seconds=0.0)
    assert not found.complete
    assert found.reason is not None
    assert found.out_of_time
