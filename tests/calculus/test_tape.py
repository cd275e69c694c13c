"""The tape as data: its JSON form, its checks, its evaluation against SymPy's values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.calculus import OPERATIONS, Step, Tape, entries_of, evaluate, jacobian_tape
from app.calculus.operations import table_as_json
from app.calculus.rules import CONSTANT_ON_PIECES, PARTIALS
from app.expressions import SCALAR_FUNCTIONS, parse

REPOSITORY = Path(__file__).parents[2]
CASES = json.loads((REPOSITORY / "tests/fixtures/tapes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["expression"] for case in CASES])
def test_agrees_with_sympy_to_twelve_digits(case: dict[str, Any]) -> None:
    tape = Tape.from_json(case["tape"])
    outputs = evaluate(tape, np.array(case["points"]).T)
    for name, expected in (("value", case["values"]), ("jacobian", case["jacobians"])):
        found = np.moveaxis(outputs[name], -1, 0)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_the_fixture_is_large_enough_and_made_from_todays_tapes() -> None:
    assert sum(len(case["points"]) for case in CASES) >= 200
    for case in CASES:
        variables = case["tape"]["inputs"]
        entries = entries_of(parse(case["expression"], variables=variables, mode="scalar"))
        assert jacobian_tape(entries, variables).as_json() == case["tape"], case["expression"]


def test_has_the_form_of_the_contract() -> None:
    entries = entries_of(parse("[2x, x y]", variables=("x", "y"), mode="scalar"))
    tape = jacobian_tape(entries, ("x", "y"))
    assert tape.as_json() == {
        "inputs": ["x", "y"],
        "constants": [2.0, 0.0],
        "operations": [["mul", 2, 0], ["mul", 0, 1]],
        "outputs": {"value": [4, 5], "jacobian": [[2, 3], [1, 0]]},
    }
    assert Tape.from_json(json.loads(json.dumps(tape.as_json()))) == tape


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((Step("sec", (0,)),), "unknown operation “sec”"),
        ((Step("add", (0,)),), "“add” takes 2 operands"),
        ((Step("neg", (1,)),), "refers to a slot that is not earlier"),
        ((Step("neg", (-1,)),), "refers to a slot that is not earlier"),
    ],
)
def test_a_tape_that_cannot_be_run_cannot_be_made(steps: tuple[Step, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Tape(("x",), (), steps, {"value": (0,)})


def test_an_output_must_exist() -> None:
    with pytest.raises(ValueError, match="slot 1, which does not exist"):
        Tape(("x",), (), (), {"value": (1,)})


def test_needs_one_value_for_each_input() -> None:
    tape = Tape(("x", "y"), (), (), {"value": (0, 1)})
    with pytest.raises(ValueError, match="has 2 inputs, not 1"):
        evaluate(tape, (1.0,))


def test_evaluates_grids_with_the_shape_of_the_points() -> None:
    tape = jacobian_tape(entries_of(parse("[x y, 3]", variables="xy", mode="scalar")), "xy")
    outputs = evaluate(tape, (np.ones((4, 5)), 2.0))
    assert outputs["value"].shape == (2, 4, 5)
    assert outputs["jacobian"].shape == (2, 2, 4, 5)
    assert (outputs["jacobian"][0, 0] == 2).all()


def test_outside_the_domain_is_nan_without_a_warning() -> None:
    text = "[log x, sqrt x, arcsin(3 + x^2), x^0.5, 1/(x - x), (x)^(1/3)]"
    tape = jacobian_tape(entries_of(parse(text, variables="x", mode="scalar")), "x")
    with np.errstate(all="raise"):
        value = evaluate(tape, (-1.0,))["value"]
    assert np.isnan(value[[0, 1, 2, 3, 5]]).all()
    assert not np.isfinite(value[4])


def test_the_table_in_the_browsers_folder_is_this_table() -> None:
    published = (REPOSITORY / "static/math/operations.json").read_text(encoding="utf-8")
    assert published == table_as_json(), "run python -m tools.operations"


def test_every_operation_has_its_derivatives_and_every_function_its_operation() -> None:
    assert PARTIALS.keys() | CONSTANT_ON_PIECES == OPERATIONS.keys()
    for name, partials in PARTIALS.items():
        assert len(partials) == OPERATIONS[name].arity
    assert OPERATIONS.keys() >= SCALAR_FUNCTIONS


@pytest.mark.parametrize(
    ("base", "exponent"), [(1.0, np.nan), (1.0, np.inf), (-1.0, np.inf), (-1.0, -np.inf)]
)
def test_powers_are_those_of_the_browser_where_c_differs(base: float, exponent: float) -> None:
    assert np.isnan(OPERATIONS["pow"].apply(np.float64(base), np.float64(exponent)))


@pytest.mark.parametrize("exponent", [1, 2, 3, 4, 5, 6, 7])
def test_small_whole_powers_are_products_with_the_values_of_the_power(exponent: int) -> None:
    points = np.array([0.0, -0.0, 1.5, -2.25, 1e-120, -1e120, np.inf, -np.inf, np.nan])
    tape = Tape(("x",), (float(exponent),), (Step("pow", (0, 1)),), {"value": 2})
    with np.errstate(all="ignore"):
        expected = np.power(points, float(exponent))
    np.testing.assert_allclose(evaluate(tape, (points,))["value"], expected, rtol=1e-15)
    at_one_point = evaluate(tape, (-2.25,))["value"]
    np.testing.assert_allclose(at_one_point, (-2.25) ** exponent, rtol=1e-15)
