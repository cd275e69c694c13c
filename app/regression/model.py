"""One regression: the design, three solutions and all that is said of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.regression.conditioning import Conditioning, conditioning
from app.regression.descent import Quadratic, half_mean_squared_error
from app.regression.design import Design
from app.regression.errors import model_error
from app.regression.exact import exact_weights
from app.regression.least_squares import (
    Rank,
    Solution,
    minimum_norm,
    normal_equations,
    qr,
    rank,
)
from app.regression.statistics import FitStatistics, fit_statistics

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

MAX_RIDGE = 1e12
NEARLY = 1e-3
"""The ratio of singular values of the standardized columns below which they count as collinear."""


@dataclass(frozen=True)
class Regression:
    """A fitted model.  ``weights`` (n) are the best that could be had: QR, else least norm.

    ``exact`` (n) are the weights without rounding, None where they are not unique or would take
    long to find.
    """

    design: Design
    ridge: float
    gram: Matrix
    moment: Vector
    by_normal_equations: Solution
    by_qr: Solution
    by_svd: Solution
    exact: Vector | None
    rank: Rank
    conditioning: Conditioning
    weights: Vector
    statistics: FitStatistics
    loss: Quadratic
    notes: tuple[str, ...]


def regress(design: Design, ridge: float = 0.0) -> Regression:
    """Fit ``design`` with ridge strength λ ≥ 0.

    ``gram`` is XᵀX + λP (n×n) and ``moment`` Xᵀy (n): the normal equations as they are solved.
    Raises ModelError when λ is out of range or the numbers of the table overflow.
    """
    if not 0.0 <= ridge <= MAX_RIDGE:
        raise model_error("syntax", "The ridge strength must lie between 0 and 10¹².")
    X, y, penalized = design.X, design.y, design.penalized
    with np.errstate(all="ignore"):
        gram = X.T @ X + ridge * np.diag(penalized)
        moment = X.T @ y
        if not (np.isfinite(gram).all() and np.isfinite(moment).all() and np.isfinite(y @ y)):
            raise _overflow()
        return _fit(design, ridge, gram, moment)


def _fit(design: Design, ridge: float, gram: Matrix, moment: Vector) -> Regression:
    X, y, penalized = design.X, design.y, design.penalized
    by_normal_equations = normal_equations(X, y, ridge, penalized)
    by_qr, by_svd = qr(X, y, ridge, penalized), minimum_norm(X, y, ridge, penalized)
    found_rank = rank(X, design.columns)
    if found_rank.value < X.shape[1] and ridge == 0.0:
        by_normal_equations, by_qr = map(_without_weights, (by_normal_equations, by_qr))
    weights = by_qr.weights if by_qr.weights is not None else by_svd.weights
    if weights is None:
        message = "A weight is too large for double precision: the numbers of a column are tiny."
        raise model_error("too-large", message, "Express that column in smaller units.")
    return Regression(
        design=design,
        ridge=ridge,
        gram=gram,
        moment=moment,
        by_normal_equations=by_normal_equations,
        by_qr=by_qr,
        by_svd=by_svd,
        exact=exact_weights(X, y, ridge, penalized),
        rank=found_rank,
        conditioning=conditioning(X),
        weights=weights,
        statistics=fit_statistics(X, y, weights, intercept=design.intercept),
        loss=half_mean_squared_error(X, y, ridge, penalized),
        notes=(*design.notes, *_rank_notes(design, found_rank, ridge)),
    )


def _without_weights(solution: Solution) -> Solution:
    """With dependent columns a method that returns weights returns rounding errors."""
    if solution.weights is None:
        return solution
    reason = "The columns of X are dependent: what this method returns is rounding error."
    return Solution(solution.method, None, reason)


def _near_dependence(design: Design) -> list[str]:
    """The features that nearly determine each other, where standardizing does not help."""
    values = design.X[:, 1:] - design.X[:, 1:].mean(axis=0) if design.intercept else design.X
    if values.shape[1] < 2 or values.shape[0] < values.shape[1]:
        return []
    scaled = values / np.maximum(np.linalg.norm(values, axis=0), np.finfo(float).tiny)
    _, singular, rows = np.linalg.svd(scaled, full_matrices=False)
    if singular[-1] > NEARLY * singular[0]:
        return []
    names = design.columns[1:] if design.intercept else design.columns
    part = np.abs(rows[-1]) > 0.1 * np.abs(rows[-1]).max()
    listed = " and ".join(f"“{name}”" for name, takes in zip(names, part, strict=True) if takes)
    return [f"{listed} are nearly dependent: the data hardly tell their weights apart."]


def _named(column: str, design: Design) -> str:
    ones = design.intercept and column == design.columns[0]
    return "the column of ones" if ones else f"“{column}”"


def _overflow() -> Exception:
    return model_error(
        "too-large",
        "The numbers are too large to be squared in double precision.",
        "Express the columns in larger units, or standardize.",
    )


def _rank_notes(design: Design, found: Rank, ridge: float) -> list[str]:
    m, n = design.X.shape
    notes = []
    if m < n:
        notes.append(f"There are fewer rows ({m}) than weights ({n}).")
    for name, partners in found.dependent:
        others = " and ".join(_named(partner, design) for partner in partners)
        notes.append(
            f"“{name}” is a linear combination of {others}." if others else f"“{name}” is zero."
        )
    if found.value == n:
        notes += _near_dependence(design)
    if found.value < n and ridge == 0.0:
        notes.append(
            "Infinitely many weights fit equally well; the ones shown have the least norm."
        )
    return notes
