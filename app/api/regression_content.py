"""What ``/api/regression`` answers: a fitted model as lists of numbers.

``core`` is what a picture needs of one fit: the quadratic loss, the weights by each method, the
ridge path.  ``content`` adds the statistics, the points and the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.regression import Design, NearCopy, Regression, Table, correct_digits
from app.regression.conditioning import conditioning
from app.regression.descent import DescentPath, descend
from app.regression.least_squares import Solution, augmented, reduced, ridge_path

DESCENT_STEPS: Final = 200
RIDGE_STRENGTHS: Final = (0.0, *(float(10.0 ** (power / 2)) for power in range(-8, 13)))
MOST_POINTS: Final = 400

Vector = NDArray[np.float64]


def content(table: Table, found: Regression) -> dict[str, Any]:
    """The whole answer for one fit."""
    chosen, statistics = found.design, found.statistics
    with np.errstate(all="ignore"):
        path = descend(found.loss, np.zeros(len(found.weights)), steps=DESCENT_STEPS)
    return core(found) | {
        "table": _table(table),
        "target": _column(table, chosen.target),
        "columns": [_column(table, name) for name in chosen.columns],
        "rows": chosen.rows,
        "standard_errors": statistics.standard_errors,
        "covariance": statistics.covariance,
        "residuals": statistics.residuals,
        "fitted": statistics.fitted,
        "leverage": statistics.leverage,
        "degrees_of_freedom": statistics.degrees_of_freedom,
        "residual_standard_error": statistics.residual_standard_error,
        "r_squared": statistics.r_squared,
        "points": _points(table, chosen),
        "descent": _descent(path),
    }


def core(found: Regression) -> dict[str, Any]:
    """What depends on the columns alone, and not on which rows are shown."""
    chosen, conditions = found.design, found.conditioning
    methods = (found.by_normal_equations, found.by_qr, found.by_svd)
    return {
        "normal_equations": {"matrix": found.gram, "right_hand_side": found.moment},
        "factor": reduced(chosen.X, chosen.y)[0],
        "weights": found.weights,
        "weights_in_units": _in_units(chosen, found.weights),
        "scaling": _scaling(chosen),
        "solutions": [_solution(each, found.exact) for each in methods],
        "condition_numbers": {
            "X": conditions.X,
            "normal_equations": conditions.gram,
            "digits_lost": conditions.digits_lost,
            "digits_lost_by_normal_equations": conditions.digits_lost_by_normal_equations,
        },
        "rank": found.rank.value,
        "singular_values": found.rank.singular_values,
        "ridge": found.ridge,
        "ridge_path": _ridge_path(chosen),
        "loss": {"hessian": found.loss.H, "linear": found.loss.g, "constant": found.loss.c},
        "notes": found.notes,
    }


def near_copy_content(
    copy: NearCopy, deviation: float, steps: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """How the second instrument reads, and the fit for each deviation."""
    return {
        "source": copy.source,
        "name": copy.name,
        "unit": copy.unit,
        "factor": copy.factor,
        "offset": copy.offset,
        "scale": copy.scale,
        "deviation": deviation,
        "steps": steps,
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "unit": column.unit,
            "minimum": np.nanmin(column.values),
            "maximum": np.nanmax(column.values),
            "missing": len(column.missing_rows),
        }
        for column in table.columns
        if not np.isnan(column.values).all()
    ]
    return {"rows": table.rows, "columns": columns, "text_columns": table.text_columns}


def _column(table: Table, name: str) -> dict[str, str]:
    unit = table.column(name).unit if name in table.names else ""
    return {"name": name, "unit": unit}


def _points(table: Table, chosen: Design) -> dict[str, Any]:
    """Rows spread evenly over the table: number (from 0), features as given, target."""
    picked = np.unique(
        np.linspace(0, len(chosen.rows) - 1, min(MOST_POINTS, len(chosen.rows))).astype(int)
    )
    rows = np.array(chosen.rows)[picked]
    features = [
        table.column(name).values[rows] for name in chosen.columns[1 if chosen.intercept else 0 :]
    ]
    return {
        "rows": rows,
        "features": np.column_stack(features) if features else np.zeros((len(rows), 0)),
        "target": chosen.y[picked],
    }


def _scaling(chosen: Design) -> dict[str, Any] | None:
    scaling = chosen.scaling
    if scaling is None:
        return None
    return {"means": scaling.means, "deviations": scaling.deviations}


def _in_units(chosen: Design, weights: Vector) -> Vector:
    """The weights for the columns as they were given, where the features were standardized."""
    scaling = chosen.scaling
    return weights if scaling is None else scaling.weights_in_units(weights)


def _solution(solution: Solution, exact: Vector | None) -> dict[str, Any]:
    return {
        "method": solution.method,
        "weights": solution.weights,
        "correct_digits": correct_digits(solution.weights, exact),
        "reason": solution.reason,
    }


def _ridge_path(chosen: Design) -> dict[str, Any]:
    """For each strength λ: weights, loss with the penalty, and of X with √λP below it κ and σ₁.

    From σ₁ comes 2/λmax of the loss, the step at which descent stops converging.
    """
    X, y, penalized = chosen.X, chosen.y, chosen.penalized
    with np.errstate(all="ignore"):
        path = ridge_path(X, y, RIDGE_STRENGTHS, penalized)
        residuals = y - path @ X.T
        penalties = np.array(RIDGE_STRENGTHS) * (path**2 @ penalized)
        losses = ((residuals**2).sum(axis=1) + penalties) / (2.0 * len(y))
    core_X, core_y = reduced(X, y)
    tall = [augmented(core_X, core_y, strength, penalized)[0] for strength in RIDGE_STRENGTHS]
    largest = np.array([np.linalg.norm(each, 2) for each in tall])
    return {
        "strengths": RIDGE_STRENGTHS,
        "weights": path,
        "losses": losses,
        "condition_numbers": [conditioning(each).X for each in tall],
        "step_limits": 2.0 * len(y) / np.maximum(largest, 1e-150) ** 2,
    }


def _descent(path: DescentPath) -> dict[str, Any]:
    return {
        "step": path.step,
        "step_limit": path.step_limit,
        "ended": path.ended,
        "weights": path.weights,
        "losses": path.losses,
    }
