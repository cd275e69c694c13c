"""Every identity from the literature, in both layouts, with its steps and its source code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.matrices import Derivative, differentiate
from tests.support.cases import Case, cases, errors, laid_out
from tests.support.matrix_values import value_of

CASES = {case.id: case for case in cases()}
TOLERANCE = 1e-7


def derivative_of(case: Case) -> Derivative:
    return differentiate(case.expr, case.wrt, case.given)


def is_close(found: Any, expected: Any) -> bool:
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    return np.shape(found) == np.shape(expected) and bool(
        np.max(np.abs(np.asarray(found) - expected), initial=0.0) <= TOLERANCE * scale
    )


@pytest.mark.parametrize("name", CASES)
def test_both_layouts_are_right(name: str) -> None:
    case = CASES[name]
    derivative = derivative_of(case)
    for point in case.points:
        array = np.array(point["derivative"]).reshape(point["derivative_shape"])
        axes = len(point["value_shape"])
        if len(case.wrt) == 2 and axes == 0:
            side = np.array(point["values"][case.wrt[0]]).size
            wanted = dict.fromkeys(
                ("numerator", "denominator"), array.reshape((side, -1), order="F")
            )
        else:
            if derivative.numerator.form == "vec/Kronecker" and len(case.wrt) == 2:
                axes = array.ndim - np.array(point["values"][case.wrt[1]]).ndim
            wanted = {key: laid_out(array, axes, key) for key in ("numerator", "denominator")}
        for layout, matrix in wanted.items():
            text = getattr(derivative, layout).text
            found = value_of(text, point["values"], point["dims"], matrix.shape)
            assert is_close(found, matrix), (layout, text)


@pytest.mark.parametrize("name", CASES)
def test_every_line_is_the_same_differential(name: str) -> None:
    case = CASES[name]
    if len(case.wrt) == 2:
        pytest.skip("lines of second derivatives belong to two differentials")
    derivative, variable = derivative_of(case), case.wrt[0]
    rng = np.random.default_rng(3)
    for point in case.points:
        array = np.array(point["derivative"]).reshape(point["derivative_shape"])
        step = rng.normal(size=np.shape(point["values"][variable]))
        expected = np.tensordot(array, step, axes=step.ndim)
        values = {**point["values"], f"d{variable}": step}
        for line in derivative.steps:
            found = value_of(line.text, values, point["dims"])
            assert is_close(found.reshape(expected.shape), expected), line.text


@pytest.mark.parametrize("name", CASES)
def test_the_numpy_source_returns_the_whole_array(name: str) -> None:
    case = CASES[name]
    namespace: dict[str, Any] = {}
    exec(derivative_of(case).numpy, namespace)  # noqa: S102 - our own source, not a reader's
    for point in case.points:
        values = {key: np.array(value) for key, value in point["values"].items()}
        array = np.array(point["derivative"]).reshape(point["derivative_shape"])
        assert is_close(namespace["derivative"](**values), array)


@pytest.mark.parametrize("name", CASES)
def test_the_check_with_central_differences_passes(name: str) -> None:
    check = derivative_of(CASES[name]).check
    assert check.samples >= 2
    assert check.max_relative_error < 1e-6
    for sizes in check.sizes:
        assert len(set(sizes.values())) == len(sizes)


@pytest.mark.parametrize("case", errors(), ids=lambda case: case["id"])
def test_invalid_input_is_refused_with_its_category_and_place(case: dict[str, Any]) -> None:
    from app.expressions import ExpressionError

    same = {"undetermined-size": "size-undetermined", "unknown-name": "unknown-function"}
    with pytest.raises(ExpressionError) as raised:
        differentiate(case["expr"], case["wrt"], case["given"])
    assert raised.value.code == same.get(case["category"], case["category"])
    assert raised.value.span is not None
    assert 0 <= raised.value.span.start <= raised.value.span.end <= len(case["expr"])


def test_results_are_as_short_as_the_literature_writes_them() -> None:
    """Half of the results are no longer than the reference, none is twice as long."""
    from app.expressions import parse
    from app.expressions.syntax import walk

    ratios = []
    for case in CASES.values():
        if case.closed_form is None:
            continue
        derivative = derivative_of(case)
        texts = {derivative.numerator.text, derivative.denominator.text}
        length = min(sum(1 for _ in walk(parse(text, mode="matrix"))) for text in texts)
        reference = sum(1 for _ in walk(parse(case.closed_form, mode="matrix")))
        ratios.append(length / reference)
    assert sorted(ratios)[len(ratios) // 2] <= 1.0
    assert max(ratios) <= 2.0
