"""Variational inference by numerical quadrature: what the browser's closed forms must give.

Nothing here knows the closed forms of ``static/math/variational``: expectations under q are sums
over the nodes of Gauss and Hermite, gradients those of the reparameterisation z = m + Lε, the
evidence and the target's moments sums over a fine lattice, the best approximations SciPy's.  After
a change, ``python -m tests.support.variational`` writes the fixture again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.stats import multivariate_normal, norm

from tests.support.server import REPOSITORY

FIXTURE: Final = REPOSITORY / "tests/fixtures/variational-inference.json"
NODES: Final = 12
LOWER: Final = np.tril_indices(2)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Target:
    """A Gaussian by means, standard deviations and correlation, bent by ``curvature``."""

    mean: tuple[float, float] = (0.0, 0.0)
    deviations: tuple[float, float] = (1.0, 1.0)
    correlation: float = 0.8
    curvature: float = 0.0

    @property
    def covariance(self) -> Array:
        s1, s2 = self.deviations
        mixed = self.correlation * s1 * s2
        return np.array([[s1**2, mixed], [mixed, s2**2]])

    def straightened(self, z: Array) -> Array:
        """T(z) − μ, for points in rows."""
        moved = z - np.array(self.mean)
        bend = self.curvature * (moved[..., 0] ** 2 - self.deviations[0] ** 2)
        return np.stack((moved[..., 0], moved[..., 1] - bend), axis=-1)

    def log_joint(self, z: Array) -> Array:
        r = self.straightened(z)
        found: Array = -0.5 * np.sum(r * np.linalg.solve(self.covariance, r[..., None])[..., 0], -1)
        return found

    def slope(self, z: Array) -> Array:
        """∇log p, by the chain rule through T."""
        pulled = -np.linalg.solve(self.covariance, self.straightened(z)[..., None])[..., 0]
        bend = 2 * self.curvature * (z[..., 0] - self.mean[0])
        return np.stack((pulled[..., 0] - bend * pulled[..., 1], pulled[..., 1]), axis=-1)


def factor(place: Array) -> Array:
    """L of a place m₁, m₂, L₁₁, L₂₁, L₂₂."""
    lower = np.zeros((2, 2))
    lower[LOWER] = place[2:]
    return lower


def _noise() -> tuple[Array, Array]:
    nodes, weights = hermegauss(NODES)
    points = np.stack(np.meshgrid(nodes, nodes), axis=-1).reshape(-1, 2)
    return points, np.outer(weights, weights).ravel() / weights.sum() ** 2


def bound(target: Target, place: Array) -> dict[str, float]:
    """ℒ and its parts."""
    noise, weights = _noise()
    lower = factor(place)
    expected = float(weights @ target.log_joint(place[:2] + noise @ lower.T))
    entropy = float(multivariate_normal(place[:2], lower @ lower.T).entropy())
    return {"value": expected + entropy, "expected": expected, "entropy": entropy}


def gradient(target: Target, place: Array) -> Array:
    """By the entries of a place: E[∇g] and the lower triangle of E[∇g ε'] + L⁻ᵀ."""
    noise, weights = _noise()
    lower = factor(place)
    slopes = target.slope(place[:2] + noise @ lower.T)
    by_factor = (weights[:, None] * slopes).T @ noise + np.linalg.inv(lower).T
    return np.concatenate((weights @ slopes, by_factor[LOWER]))


def best(target: Target, *, diagonal: bool) -> tuple[Array, float]:
    """The best place, and ℒ there, by SciPy."""
    free = np.array([0, 1, 2, 4] if diagonal else range(5))
    start = np.array([*target.mean, 0.5, 0.0, 0.5])

    def whole(entries: Array) -> Array:
        place = start.copy()
        place[free] = entries
        return place

    def downhill(entries: Array) -> tuple[float, Array]:
        place = whole(entries)
        return -bound(target, place)["value"], -gradient(target, place)[free]

    lowest = [(0.02, None) if k in (2, 4) else (None, None) for k in free]
    options = {"ftol": 1e-15, "gtol": 1e-10, "maxiter": 2000}
    found = minimize(downhill, start[free], jac=True, bounds=lowest, options=options)
    return whole(found.x), float(-found.fun)


@cache
def on_a_lattice(target: Target) -> dict[str, Any]:
    """log p(x), means and variances of the target, by summing its density."""
    s1, s2 = target.deviations
    reach = 9 * s2 + 80 * abs(target.curvature) * s1**2
    z1 = np.linspace(target.mean[0] - 9 * s1, target.mean[0] + 9 * s1, 401)
    z2 = np.linspace(target.mean[1] - reach, target.mean[1] + reach, 2501)
    density = np.exp(target.log_joint(np.stack(np.meshgrid(z1, z2), axis=-1)))
    cell = (z1[1] - z1[0]) * (z2[1] - z2[0])
    total = density.sum() * cell
    found = {"evidence": float(np.log(total)), "means": [], "variances": []}
    for axis, places in ((0, z1), (1, z2)):
        weights = density.sum(axis=axis) * cell / total
        mean = float(weights @ places)
        found["means"].append(mean)
        found["variances"].append(float(weights @ (places - mean) ** 2))
    return found


def marginal(target: Target, z2: float) -> float:
    """The density of z₂ alone."""
    s1, s2 = target.deviations
    slope, rest = target.correlation * s2 / s1, s2 * np.sqrt(1 - target.correlation**2)

    def joint(x: float) -> float:
        centre = target.mean[1] + slope * x + target.curvature * (x**2 - s1**2)
        return float(norm.pdf(x, 0, s1) * norm.pdf(z2, centre, rest))

    return float(quad(joint, -9 * s1, 9 * s1, limit=400, epsabs=1e-11)[0])


def divergence(target: Target, place: Array) -> float:
    """KL(q‖p) for a Gaussian target, by the closed form."""
    precision = np.linalg.inv(target.covariance)
    spread = factor(place) @ factor(place).T
    away = np.array(target.mean) - place[:2]
    log_ratio = np.linalg.slogdet(target.covariance)[1] - np.linalg.slogdet(spread)[1]
    return float((np.trace(precision @ spread) + away @ precision @ away - 2 + log_ratio) / 2)


TARGETS: Final = (
    Target(),
    Target((0.5, -1.0), (1.5, 0.8), -0.95),
    Target((0.0, 0.0), (2.0, 0.3), 0.0),
    Target((0.0, 0.0), (1.6, 0.6), 0.0, 0.4),
    Target((1.0, 0.5), (1.0, 1.0), 0.8, -0.5),
    Target((-0.3, 0.2), (0.7, 1.1), 0.5, 1.2),
)
PLACES: Final = (
    (-1.1, 1.0, 0.9, 0.0, 0.6),
    (0.4, -0.3, 1.3, -0.7, 0.5),
    (2.0, 1.5, 0.2, 0.3, 1.7),
)


def case(target: Target) -> dict[str, Any]:
    """A target with what is asked of it, and the answers."""
    found = on_a_lattice(target)
    places = []
    for place in map(np.array, PLACES):
        answer = {"place": place.tolist(), **bound(target, place)}
        answer["gradient"] = gradient(target, place).tolist()
        if target.curvature == 0:
            answer["divergence"] = divergence(target, place)
        places.append(answer)
    summits = {
        name: dict(zip(("place", "value"), (each[0].tolist(), each[1]), strict=True))
        for name, each in (
            ("full", best(target, diagonal=False)),
            ("diagonal", best(target, diagonal=True)),
        )
    }
    heights = [[z2, marginal(target, z2)] for z2 in (-1.5, -0.4, 0.0, 0.9, 2.2)]
    return {
        "target": asdict(target),
        **found,
        "places": places,
        "best": summits,
        "marginal": heights,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value


def main() -> None:
    cases = [_rounded(case(target)) for target in TARGETS]
    FIXTURE.write_text(json.dumps({"cases": cases}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
