"""What the higher-order terms say at a critical point whose Hessian is singular.

The splitting lemma (Poston & Stewart, Catastrophe Theory and its Applications, 4.5): near a
critical point there are coordinates (u, v), u along the null space of the Hessian, in which
f = f(p) + Q(v) + g(u), Q a nondegenerate quadratic form and g without terms below order three.
The residual g is found by solving ∂f/∂v (u, φ(u)) = 0 for φ as a power series, so that a curved
valley such as (y − x²)(y − 2x²) is judged along its floor and not along its tangent.  The leading
form of g, together with the sign of Q, decides:

* odd order: f takes both signs near p, hence a saddle (in one variable, neither);
* even order, of one sign on the unit sphere: an extremum if Q has the same sign or is absent;
* even order, both signs: a saddle;
* even order with zeros, or g = 0 up to the degree examined: undecided, and said so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.calculus.jets import Exponents, Jet, constant_jet, variable_jet
from app.calculus.series import ZERO, Coefficient

Decision = Literal["local minimum", "local maximum", "saddle point", "neither", "undecided"]
Rows = list[list[Coefficient]]

RELATIVE_ZERO = 1e-9
"""A coefficient that is not exact counts as zero below this share of what it was made of."""

DIRECTIONS = 2880
"""Directions of the unit circle on which a form of two variables is sampled."""


@dataclass(frozen=True)
class HigherOrder:
    """What was found: the ``order`` of the leading terms that decide (None when flat), in words."""

    decision: Decision
    order: int | None
    explanation: str


def examine(function: Jet, *, polynomial: bool = False) -> HigherOrder:
    """Judge a critical point with a singular, semidefinite Hessian from the jet of f there.

    ``polynomial`` says that the jet is f itself, nothing cut off, which allows a flat valley to be
    proven where the coefficients are exact.  The jet's linear terms are taken to be zero.
    """
    basis, null = _adapted_basis(_hessian(function))
    adapted = function.shifted(-function.constant).substituted(_coordinates(basis, function.degree))
    signs = _signs(adapted, null)
    floor = _valley_floor(adapted, null)
    residual = adapted.substituted(floor)
    leading = _leading_form(residual, _size(function, adapted, floor))
    if leading is None:
        straight = not any(f.terms for f in floor[null:])
        return _flat(residual.degree, signs, polynomial and function.exact and straight)
    order, form = leading
    return _judge(order, _form_signs(form, null), signs, function.variables)


def _hessian(function: Jet) -> Rows:
    n = function.variables
    rows: Rows = [[ZERO] * n for _ in range(n)]
    for exponents, coefficient in function.homogeneous(2).items():
        i, j = [index for index, power in enumerate(exponents) for _ in range(power)]
        rows[i][j] = rows[j][i] = coefficient * (2 if i == j else 1)
    return rows


def _adapted_basis(H: Rows) -> tuple[Rows, int]:
    """Columns of a basis whose first ``null`` vectors span the null space of H."""
    if all(isinstance(entry, Fraction) for row in H for entry in row):
        return _exact_basis(H)
    values, vectors = np.linalg.eigh(np.array(H, dtype=float))
    scale = float(np.abs(values).max(initial=0.0))
    small = np.abs(values) <= RELATIVE_ZERO * max(scale, 1e-300)
    order = np.concatenate([np.flatnonzero(small), np.flatnonzero(~small)])
    return vectors[:, order].T.tolist(), int(small.sum())


def _exact_basis(H: Rows) -> tuple[Rows, int]:
    """By row reduction: null vectors from the free columns, unit vectors for the pivots.

    A symmetric matrix restricted to its pivot columns is nonsingular, so these vectors will do.
    """
    n = len(H)
    rows = [list(row) for row in H]
    pivots: list[int] = []
    for column in range(n):
        start = len(pivots)
        found = next((r for r in range(start, n) if rows[r][column] != 0), None)
        if found is None:
            continue
        rows[start], rows[found] = rows[found], rows[start]
        rows[start] = [entry / rows[start][column] for entry in rows[start]]
        for r in range(n):
            if r != start and rows[r][column] != 0:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[start], strict=True)]
        pivots.append(column)
    free = [column for column in range(n) if column not in pivots]
    null = [_null_vector(rows, pivots, column, n) for column in free]
    units: Rows = [[Fraction(int(i == pivot)) for i in range(n)] for pivot in pivots]
    return [*null, *units], len(free)


def _null_vector(reduced: Rows, pivots: Sequence[int], free: int, n: int) -> list[Coefficient]:
    vector: list[Coefficient] = [Fraction(int(index == free)) for index in range(n)]
    for row, pivot in enumerate(pivots):
        vector[pivot] = -reduced[row][free]
    return vector


def _coordinates(basis: Rows, degree: int) -> list[Jet]:
    """The old coordinates as linear jets of the new ones: x = Σ wⱼ basis[j]."""
    n = len(basis)
    new = [variable_jet(j, ZERO, n, degree) for j in range(n)]
    return [_total([new[j].scaled(basis[j][i]) for j in range(n)], n, degree) for i in range(n)]


def _total(jets: Sequence[Jet], variables: int, degree: int) -> Jet:
    total = constant_jet(ZERO, variables, degree)
    for each in jets:
        total = total + each
    return total


def _transverse(adapted: Jet, null: int) -> NDArray[np.float64]:
    """The Hessian across the null space, nonsingular by choice of the basis."""
    H = np.array([[float(entry) for entry in row] for row in _hessian(adapted)])
    return H[null:, null:]


def _signs(adapted: Jet, null: int) -> frozenset[int]:
    """The signs that the quadratic form Q takes; empty when the Hessian is zero."""
    return frozenset(int(s) for s in np.sign(np.linalg.eigvalsh(_transverse(adapted, null))))


def _valley_floor(adapted: Jet, null: int) -> list[Jet]:
    """(u, φ(u)) with ∂f/∂v (u, φ(u)) = 0, at least one order more at each turn of the iteration."""
    n, degree = adapted.variables, adapted.degree
    along = [variable_jet(i, ZERO, null, degree) for i in range(null)]
    across = [constant_jet(ZERO, null, degree) for _ in range(n - null)]
    slopes = [adapted.derivative(index) for index in range(null, n)]
    inverse = _inverse(_block(_hessian(adapted), null))
    for _ in range(degree):
        residuals = [slope.substituted([*along, *across]) for slope in slopes]
        if not any(residual.terms for residual in residuals):
            break
        across = [
            across[i]
            - _total([residuals[j].scaled(inverse[i][j]) for j in range(n - null)], null, degree)
            for i in range(n - null)
        ]
    return [*along, *across]


def _block(H: Rows, start: int) -> Rows:
    return [row[start:] for row in H[start:]]


def _inverse(matrix: Rows) -> Rows:
    """The inverse by Gauss and Jordan, exact for fractions."""
    n = len(matrix)
    rows = [[*row, *(Fraction(int(i == j)) for j in range(n))] for i, row in enumerate(matrix)]
    for column in range(n):
        best = max(range(column, n), key=lambda r: abs(float(rows[r][column])))
        rows[column], rows[best] = rows[best], rows[column]
        rows[column] = [entry / rows[column][column] for entry in rows[column]]
        for r in range(n):
            if r != column:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column], strict=True)]
    return [row[n:] for row in rows]


def _leading_form(residual: Jet, size: float) -> tuple[int, dict[Exponents, Coefficient]] | None:
    """The terms of least order that are not zero, or not within rounding of terms of that size."""
    for order in range(3, residual.degree + 1):
        terms = residual.homogeneous(order)
        form = {e: c for e, c in terms.items() if _counts(c, size)}
        if form:
            return order, form
    return None


def _counts(coefficient: Coefficient, size: float) -> bool:
    return isinstance(coefficient, Fraction) or abs(coefficient) > RELATIVE_ZERO * size


def _size(function: Jet, adapted: Jet, floor: Sequence[Jet]) -> float:
    """How large the terms are that cancel in the residual.

    A flat valley leaves nothing but rounding, which must not be taken for a form; so coefficients
    are held against those of f, and against the sums that made them, without their signs.
    """
    summed = _unsigned(adapted).substituted([_unsigned(each) for each in floor])
    slopes = (c for e, c in function.terms.items() if sum(e) > 1)
    return max((abs(float(c)) for c in (*summed.terms.values(), *slopes)), default=0.0)


def _unsigned(function: Jet) -> Jet:
    terms: dict[Exponents, Coefficient] = {}
    for exponents, coefficient in function.terms.items():
        terms[exponents] = -coefficient if coefficient < 0 else coefficient
    return Jet(terms, function.variables, function.degree)


def _form_signs(form: dict[Exponents, Coefficient], variables: int) -> frozenset[int]:
    """The signs of a homogeneous form on sampled directions; 0 where it comes close to zero."""
    directions = _directions(variables)
    exponents = np.array(list(form))
    coefficients = np.array([float(c) for c in form.values()])
    values = (directions[:, None, :] ** exponents[None]).prod(axis=2) @ coefficients
    largest = np.abs(values).max()
    signs = set(np.sign(np.where(np.abs(values) > _margin(variables) * largest, values, 0.0)))
    return frozenset(int(sign) for sign in signs)


def _margin(variables: int) -> float:
    """Below this share of the largest value a sampled form may as well be zero between samples."""
    return 1e-12 if variables == 1 else 1e-3 if variables == 2 else 5e-2


def _directions(variables: int) -> NDArray[np.float64]:
    if variables == 1:
        return np.array([[1.0], [-1.0]])
    if variables == 2:
        angles = np.arange(DIRECTIONS) * (2.0 * np.pi / DIRECTIONS)
        return np.column_stack([np.cos(angles), np.sin(angles)])
    samples = np.random.default_rng(2026).normal(size=(20_000, variables))
    return np.asarray(samples / np.linalg.norm(samples, axis=1, keepdims=True))


ORDINALS = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth"}


def _judge(
    order: int, form_signs: frozenset[int], quadratic_signs: frozenset[int], variables: int
) -> HigherOrder:
    terms = f"the terms of {ORDINALS.get(order, f'order {order}')} order"
    both = {1, -1} <= form_signs
    if both and order % 2:
        if variables == 1:
            words = f"{terms.capitalize()} decide: f rises through the point or falls through it."
            return HigherOrder("neither", order, words)
        words = f"Along the null space {terms} change sign with the direction."
        return HigherOrder("saddle point", order, words)
    if both:
        return HigherOrder("saddle point", order, f"Along the null space {terms} take both signs.")
    if 0 in form_signs:
        words = f"Along the null space {terms} vanish in some direction, so they do not decide."
        return HigherOrder("undecided", order, words)
    (sign,) = form_signs
    if quadratic_signs and quadratic_signs != {sign}:
        words = f"Along the null space {terms} curve the other way than the Hessian does."
        return HigherOrder("saddle point", order, words)
    word = "positive" if sign > 0 else "negative"
    decision: Decision = "local minimum" if sign > 0 else "local maximum"
    return HigherOrder(
        decision, order, f"Along the null space {terms} are {word} in every direction."
    )


def _flat(degree: int, signs: frozenset[int], proven: bool) -> HigherOrder:
    if proven and not signs:
        words = "f is constant around the point: it neither rises nor falls."
        return HigherOrder("undecided", None, words)
    if proven and len(signs) == 1:
        decision: Decision = "local minimum" if 1 in signs else "local maximum"
        words = "f is constant along the null space: a flat valley or ridge, not a strict extremum."
        return HigherOrder(decision, None, words)
    words = (
        f"Along the null space f is flat up to order {degree}: the terms examined do not decide."
    )
    return HigherOrder("undecided", None, words)
