"""Least squares by three routes, so that a reader can see where they part.

For X (m×n) and y (m) the weights w minimise ‖Xw − y‖² + λ‖Pw‖², where P leaves out the intercept.

* normal equations: (XᵀX + λP) w = Xᵀy by Cholesky; the condition number of X is squared,
* QR: X = QR, Rw = Qᵀy (Golub & Van Loan, Matrix Computations, 5.3),
* SVD: X = UΣVᵀ, w = VΣ⁺Uᵀy, the solution of least norm when the columns are dependent
  (Golub & Van Loan, 5.5).

Ridge regression is the least-squares problem of X with √λP below it, which is how QR and SVD
solve it without forming XᵀX.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

MACHINE_EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Solution:
    """Weights (n), or None with the reason why this route gives none."""

    method: str
    weights: Vector | None
    reason: str | None = None


@dataclass(frozen=True)
class Rank:
    """The numerical rank of X (m×n): singular values below the tolerance count as zero."""

    value: int
    tolerance: float
    singular_values: Vector
    dependent: tuple[tuple[str, tuple[str, ...]], ...]
    """Each column that the columns before it determine, with those that take part."""


def normal_equations(
    X: Matrix, y: Vector, ridge: float = 0.0, penalized: Vector | None = None
) -> Solution:
    """Weights from the normal equations by a Cholesky decomposition."""
    gram = X.T @ X + ridge * np.diag(np.ones(X.shape[1]) if penalized is None else penalized)
    try:
        lower = np.linalg.cholesky(gram)
    except np.linalg.LinAlgError:
        reason = (
            "XᵀX is not positive definite in floating-point arithmetic, so Cholesky breaks down."
        )
        return Solution("normal equations", None, reason)
    weights = np.linalg.solve(lower.T, np.linalg.solve(lower, X.T @ y))
    return _finite(Solution("normal equations", weights))


def qr(X: Matrix, y: Vector, ridge: float = 0.0, penalized: Vector | None = None) -> Solution:
    """Weights from a QR decomposition (Householder reflections)."""
    X, y = augmented(X, y, ridge, penalized)
    if X.shape[0] < X.shape[1]:
        return Solution("QR", None, "There are fewer rows than columns, so R is not square.")
    Q, R = np.linalg.qr(X)
    # |Rⱼⱼ| is the distance of column j from the columns before it: small beside the column itself.
    if (np.abs(np.diag(R)) <= MACHINE_EPSILON * max(X.shape) * np.linalg.norm(X, axis=0)).any():
        return Solution("QR", None, "R has a zero on its diagonal: the columns of X are dependent.")
    return _finite(Solution("QR", np.linalg.solve(R, Q.T @ y)))


def minimum_norm(
    X: Matrix, y: Vector, ridge: float = 0.0, penalized: Vector | None = None
) -> Solution:
    """The weights of least norm among all minimisers, from the singular value decomposition."""
    X, y = augmented(X, y, ridge, penalized)
    found = decompose(X)
    return _finite(Solution("SVD", found.pseudoinverse_factor @ (found.U.T @ y)))


@dataclass(frozen=True)
class Decomposition:
    """X·diag(1/scales) = U diag(σ) Vᵀ for X (m×n), without the σ that count as zero."""

    U: Matrix
    singular_values: Vector
    V: Matrix
    scales: Vector

    @property
    def rank(self) -> int:
        return len(self.singular_values)

    @property
    def pseudoinverse_factor(self) -> Matrix:
        """F (n×rank) with w = F Uᵀy."""
        return np.asarray(self.V / self.singular_values / self.scales[:, None])


def decompose(X: Matrix) -> Decomposition:
    """The singular value decomposition of X.

    Columns in very different units look dependent beside the largest of them.  Where they are not,
    each is scaled by a power of two, which rounds nothing, and all singular values are kept.
    """
    plain = _decomposed(X, np.ones(X.shape[1]))
    if plain.rank == X.shape[1]:
        return plain
    with np.errstate(all="ignore"):
        norms = np.linalg.norm(_unit_columns(X), axis=0) * np.abs(X).max(axis=0, initial=0.0)
        scales = np.where(norms > 0.0, 2.0 ** np.round(np.log2(norms)), 1.0)
    scaled = _decomposed(X, scales)
    return scaled if scaled.rank == X.shape[1] else plain


def _decomposed(X: Matrix, scales: Vector) -> Decomposition:
    scaled = X / scales
    U, singular, Vt = np.linalg.svd(scaled, full_matrices=False)
    kept = singular > rank_tolerance(scaled, singular)
    return Decomposition(U[:, kept], singular[kept], Vt[kept].T, scales)


def augmented(
    X: Matrix, y: Vector, ridge: float, penalized: Vector | None
) -> tuple[Matrix, Vector]:
    """X with √λP below it and y with zeros below: ridge regression as plain least squares."""
    if ridge == 0.0:
        return X, y
    penalty = np.sqrt(ridge) * np.diag(np.ones(X.shape[1]) if penalized is None else penalized)
    return np.vstack([X, penalty]), np.concatenate([y, np.zeros(X.shape[1])])


def rank_tolerance(X: Matrix, singular: Vector) -> float:
    """max(m, n)·ε·σ₁, the usual threshold (Golub & Van Loan, 5.4.1)."""
    return float(max(X.shape) * MACHINE_EPSILON * singular.max(initial=0.0))


def rank(X: Matrix, columns: Sequence[str]) -> Rank:
    """The numerical rank of X, and which columns are determined by earlier ones."""
    scaled = _unit_columns(X)
    singular = np.asarray(np.linalg.svd(scaled, compute_uv=False), dtype=float)
    tolerance = rank_tolerance(scaled, singular)
    value = int((singular > tolerance).sum())
    dependent = _dependent(scaled, columns) if value < X.shape[1] else ()
    return Rank(value, tolerance, singular, dependent)


def _unit_columns(X: Matrix) -> Matrix:
    largest = np.abs(X).max(axis=0, initial=0.0)
    scaled = X / np.where(largest > 0.0, largest, 1.0)
    norms = np.linalg.norm(scaled, axis=0)
    return np.asarray(scaled / np.where(norms > 0.0, norms, 1.0))


def _dependent(scaled: Matrix, columns: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Greedy from the left: a column that the independent ones before it reproduce."""
    independent: list[int] = []
    found = []
    for index, name in enumerate(columns):
        basis = scaled[:, independent]
        weights = (
            np.linalg.lstsq(basis, scaled[:, index], rcond=None)[0] if independent else np.zeros(0)
        )
        residual = scaled[:, index] - basis @ weights
        if np.linalg.norm(residual) > 1e-10:
            independent.append(index)
            continue
        partners = [columns[i] for i, w in zip(independent, weights, strict=True) if abs(w) > 1e-8]
        found.append((name, tuple(partners)))
    return tuple(found)


def _finite(solution: Solution) -> Solution:
    if solution.weights is not None and not np.isfinite(solution.weights).all():
        return Solution(solution.method, None, "The numbers overflow: rescale the columns.")
    return solution


def ridge_path(
    X: Matrix, y: Vector, strengths: Sequence[float], penalized: Vector | None = None
) -> Matrix:
    """The weights (k×n) for k ridge strengths λ ≥ 0, each by the SVD of the augmented matrix.

    A tall X (m×n) is first brought down to its R (n×n), which keeps all that the weights need.
    """
    X, y = reduced(X, y)
    path = []
    for strength in strengths:
        solution = minimum_norm(X, y, strength, penalized)
        path.append(np.full(X.shape[1], np.nan) if solution.weights is None else solution.weights)
    return np.array(path)


def reduced(X: Matrix, y: Vector) -> tuple[Matrix, Vector]:
    """R (n×n) and Qᵀy (n) of a tall X = QR: same weights, same singular values, fewer rows."""
    if X.shape[0] <= X.shape[1]:
        return X, y
    Q, R = np.linalg.qr(X)
    return R, Q.T @ y
