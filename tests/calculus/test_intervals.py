"""Interval bounds hold: no point of a box has a value outside the bounds over the box."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calculus.intervals import EXTENSIONS, Interval, bounds, enclose
from app.calculus.operations import OPERATIONS
from app.calculus.tape import Step, Tape


def test_every_operation_of_the_tape_has_an_extension() -> None:
    assert set(EXTENSIONS) == set(OPERATIONS)


ends = st.floats(-6, 6) | st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0])


@pytest.mark.parametrize("name", OPERATIONS)
@given(data=st.data())
def test_bounds_hold(name: str, data: st.DataObject) -> None:
    arity = OPERATIONS[name].arity
    boxes = [sorted((data.draw(ends), data.draw(ends))) for _ in range(arity)]
    if name == "pow" and data.draw(st.booleans()):
        boxes[1] = [float(data.draw(st.integers(-3, 4)))] * 2
    tape = Tape(tuple("ab"[:arity]), (), (Step(name, tuple(range(arity))),), {"value": arity})
    box = [Interval(np.array([low]), np.array([high])) for low, high in boxes]
    low, high = bounds(tape, box)["value"]
    for share in (0.0, 0.137, 0.5, 0.911, 1.0):
        shares = [data.draw(st.sampled_from([share, 1 - share])) for _ in boxes]
        inside = [min(b, a + t * (b - a)) for t, (a, b) in zip(shares, boxes, strict=True)]
        with np.errstate(all="ignore"):
            value = float(OPERATIONS[name].apply(*(np.array(each) for each in inside)))
        assert np.isnan(value) or low[0] <= value <= high[0]


def test_a_bound_that_overflows_holds() -> None:
    tape = Tape(tuple("ab"), (), (Step("div", (0, 1)),), {"value": 2})
    tiny = np.array([2.225073858507203e-309])
    low, high = bounds(tape, [Interval(np.array([0.25]), np.array([1.0])), Interval(tiny, tiny)])[
        "value"
    ]
    with np.errstate(all="ignore"):
        assert low[0] <= 0.25 / tiny[0] <= 1.0 / tiny[0] <= high[0]


@pytest.mark.parametrize(
    ("name", "boxes", "smooth"),
    [
        ("abs", [(-1, 2)], False),
        ("abs", [(1, 2)], True),
        ("sign", [(0, 1)], False),
        ("relu", [(-2, -1)], True),
        ("max", [(0, 1), (1, 2)], False),
        ("min", [(0, 1), (1.5, 2)], True),
        ("sin", [(-9, 9)], True),
    ],
)
def test_kinks_are_noticed(name: str, boxes: list[tuple[float, float]], smooth: bool) -> None:
    arity = len(boxes)
    tape = Tape(tuple("ab"[:arity]), (), (Step(name, tuple(range(arity))),), {"value": arity})
    box = [Interval(np.array([low]), np.array([high])) for low, high in boxes]
    assert enclose(tape, box).smooth.tolist() == [smooth]
