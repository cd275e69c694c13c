"""Gradient descent on the loss L(w) = (‖Xw − y‖² + λ‖Pw‖²)/(2m), and the loss as a surface.

The gradient is ∇L = (Xᵀ(Xw − y) + λPw)/m, the Hessian H = (XᵀX + λP)/m.  Descent with
step η converges from every start exactly when η < 2/λmax(H) (Nocedal & Wright, Numerical
Optimization, 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Quadratic:
    """L(w) = ½wᵀHw − gᵀw + c with H (n×n) symmetric positive semidefinite, g (n), c a number."""

    H: Matrix
    g: Vector
    c: float

    def value(self, w: Vector) -> float:
        """The loss at w (n)."""
        return float(0.5 * w @ self.H @ w - self.g @ w + self.c)

    def gradient(self, w: Vector) -> Vector:
        """The gradient at w (n), as a column."""
        return np.asarray(self.H @ w - self.g)

    @property
    def step_limit(self) -> float:
        """2/λmax(H), the step at which descent stops converging; infinite for H = 0."""
        largest = float(np.linalg.eigvalsh(self.H)[-1]) if self.H.size else 0.0
        return 2.0 / largest if largest > 0.0 else float("inf")


@dataclass(frozen=True)
class DescentPath:
    """``weights`` (k+1)×n from the start on, ``losses`` (k+1), and how it ended."""

    weights: Matrix
    losses: Vector
    step: float
    step_limit: float
    ended: str
    """``converged``, ``diverged`` or ``steps used up``."""


def half_mean_squared_error(
    X: Matrix, y: Vector, ridge: float = 0.0, penalized: Vector | None = None
) -> Quadratic:
    """The loss as a quadratic function of the weights."""
    m, n = X.shape
    penalty = ridge * np.diag(np.ones(n) if penalized is None else penalized)
    return Quadratic((X.T @ X + penalty) / m, (X.T @ y) / m, float(y @ y) / (2.0 * m))


def descend(
    loss: Quadratic, start: Vector, step: float | None = None, steps: int = 200
) -> DescentPath:
    """Full-batch gradient descent with a fixed step (default: half the limit).

    Stops when the gradient has shrunk by 10⁻¹⁰, when the weights overflow, or after ``steps``.
    """
    limit = loss.step_limit
    step = step if step is not None else (0.5 * limit if np.isfinite(limit) else 1.0)
    w = np.asarray(start, dtype=float)
    path, ended = [w], "steps used up"
    small = 1e-10 * max(1e-300, float(np.linalg.norm(loss.gradient(w))))
    for _ in range(steps):
        gradient = loss.gradient(w)
        if np.linalg.norm(gradient) <= small:
            ended = "converged"
            break
        w = w - step * gradient
        if not np.isfinite(w).all() or np.abs(w).max() > 1e100:
            ended = "diverged"
            break
        path.append(w)
    if ended == "steps used up" and step > limit:
        ended = "diverged"
    weights = np.array(path)
    losses = np.array([loss.value(each) for each in weights])
    return DescentPath(weights, losses, step, limit, ended)
