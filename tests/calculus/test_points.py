"""Numbers at one point, and what they say when there are none."""

from __future__ import annotations

import numpy as np
import pytest

from app.calculus import JacobianAtPoint, entries_of, jacobian_at, jacobian_tape
from app.expressions import parse


def _at(text: str, variables: str, point: tuple[float, ...]) -> JacobianAtPoint:
    entries = entries_of(parse(text, variables=variables, mode="scalar"))
    return jacobian_at(jacobian_tape(entries, variables), point)


def test_the_complex_square_turns_and_scales() -> None:
    here = _at("[x^2 - y^2, 2 x y]", "xy", (1.0, 1.0))
    np.testing.assert_array_equal(here.value, [0, 2])
    np.testing.assert_array_equal(here.jacobian, [[2, -2], [2, 2]])
    assert here.determinant == 8
    np.testing.assert_allclose(here.singular_values, np.sqrt([8, 8]))
    assert here.rank == 2


def test_a_fold_loses_rank_on_its_line() -> None:
    here = _at("[x^2, y]", "xy", (0.0, 3.0))
    assert (here.determinant, here.rank) == (0, 1)


@pytest.mark.parametrize(("factor", "rank"), [("1e-9", 2), ("1e-11", 1)])
def test_rank_has_a_relative_tolerance(factor: str, rank: int) -> None:
    assert _at(f"[1e6 x, 1e6*{factor} y]", "xy", (1.0, 1.0)).rank == rank


def test_a_map_that_is_not_square_has_no_determinant() -> None:
    here = _at("[x + y, x, y]", "xy", (1.0, 2.0))
    assert here.determinant is None
    assert here.rank == 2
    assert here.singular_values is not None
    assert here.singular_values.shape == (2,)


def test_the_zero_map_has_rank_zero() -> None:
    assert _at("[0, 0 x]", "xy", (1.0, 2.0)).rank == 0


def test_three_variables_have_a_determinant() -> None:
    here = _at("[2x, 3y, 4z + x]", "xyz", (1.0, 1.0, 1.0))
    assert here.determinant == pytest.approx(24)


def test_where_the_function_is_undefined_so_is_its_derivative() -> None:
    here = _at("[log x, y]", "xy", (-1.0, 1.0))
    assert np.isnan(here.jacobian[0]).all()
    assert (here.determinant, here.singular_values, here.rank) == (None, None, None)
