"""The identities from the literature, and how an array is laid out as a matrix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
FILE = Path(__file__).parent.parent / "matrices" / "cases" / "literature.json"


@dataclass(frozen=True)
class Case:
    """One identity with the points at which its derivative array is known."""

    id: str
    expr: str
    wrt: tuple[str, ...]
    given: str
    closed_form: str | None
    layout: str | None
    points: tuple[dict[str, Any], ...]


@cache
def cases() -> tuple[Case, ...]:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Case(**{**case, "wrt": tuple(case["wrt"]), "points": tuple(case["points"])})
        for case in content["cases"]
    )


@cache
def errors() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(FILE.read_text(encoding="utf-8"))["errors"])


def vec_order(array: Array, axes: int) -> Array:
    """The first ``axes`` axes joined into one, the first of them running fastest."""
    rest = array.shape[axes:]
    return array.reshape((-1, *rest), order="F") if axes else array[None, ...]


def laid_out(array: Array, value_axes: int, layout: str) -> Array:
    """The matrix that a layout makes of the array d f[i…]/d x[j…]."""
    variable_axes = array.ndim - value_axes
    if value_axes == 0 and variable_axes == 2:
        numerator = array.T
    elif value_axes == 2 and variable_axes == 0:
        numerator = array
    else:
        rows = int(np.prod(array.shape[:value_axes], dtype=int))
        numerator = array.reshape((rows, -1), order="F")
    return numerator if layout == "numerator" else numerator.T
