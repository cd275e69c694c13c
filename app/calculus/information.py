"""The Fisher information from a log-density: derivatives, exact expectations, and their check.

    F(θ) = E[−∇² log p(x; θ)] = E[s s'],  s = ∇ log p,  E[s] = 0

The second derivatives give F; that the other two equations hold is tried at sample points, and what
fails is refused: then the moments, or the probabilities, are not those of the density.  The loss is
the expected −log p under data, which enter by moments of their own or by weights.

This runs in a worker process (``app.compute``).  Source: C. R. Rao, Linear Statistical Inference
and Its Applications, 2nd ed., Wiley 1973, 5a.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import sympy
from sympy.polys.matrices import DomainMatrix

from app.calculus.build import information_tape, value_tape
from app.calculus.evaluate import evaluate
from app.calculus.expectation import (
    DEVIATION,
    OUTCOME,
    ExpectationError,
    Measure,
    Moments,
    Outcomes,
    degree_of,
)
from app.calculus.forms import Density, Matrix
from app.calculus.operations import Array
from app.calculus.readable import POINTS, Shortener, readable_hessians, sample_points
from app.calculus.recover import Unreadable, to_syntax
from app.calculus.symbolic import symbols, to_sympy
from app.calculus.tape import Tape
from app.expressions import to_text
from app.expressions.syntax import Syntax

CENTRE: Final = "data_centre"
MOMENT: Final = "data_moment"
WEIGHT: Final = "data_weight"
TIDY_SECONDS: Final = 1.0
"""For shortening a matrix; it takes a tenth of that on a machine with nothing else to do."""
AGREEMENT: Final = 1e-6
RANK_TOLERANCE: Final = 1e-9
LARGEST_INVERTED: Final = 3
LONGEST_INVERTED: Final = 400
"""Characters of an entry of the inverse; of a longer one nobody reads anything."""


@dataclass(frozen=True, slots=True)
class Information:
    """What was derived, as trees.

    ``scores`` and ``hessians`` have one entry for each logarithm; ``terms`` are the polynomials in
    z = x − c of the second derivatives, row by row, without moments None; ``outer`` is E[s s'].
    ``error`` is the largest relative difference of ``outer`` and ``information`` at ``samples``
    points.
    """

    scores: tuple[tuple[Syntax, ...], ...]
    hessians: tuple[Matrix, ...]
    terms: Matrix | None
    information: Matrix
    inverse: Matrix | None
    singular: bool
    tape: Tape
    error: float
    samples: int


def fisher_information(density: Density) -> Information:
    """Derive and check.  Raises ``ExpectationError``, also for moments that do not belong."""
    names = symbols(density.variables)
    known = {**names, "x": OUTCOME} if density.moments else names
    logarithms = [to_sympy(each, known) for each in density.logarithms]
    scores, hessians = _derivatives(density)
    slopes = [[to_sympy(entry, known) for entry in score] for score in scores]
    curved = [[[to_sympy(e, known) for e in row] for row in matrix] for matrix in hessians]
    measure = _measure(density, logarithms, names)
    information = _tidied(_expected_matrix(measure, curved, -1))
    error, samples, singular = _check(density, measure, slopes, information)
    loss = _loss(logarithms, bool(density.moments), list(names.values()))
    tape = information_tape(loss[0], information, density.variables, loss[1])
    return Information(
        scores, hessians, _terms(measure, curved), information,
        None if singular else _inverse(information, names), singular, tape, error, samples,
    )  # fmt: skip


def _derivatives(density: Density) -> tuple[tuple[tuple[Syntax, ...], ...], tuple[Matrix, ...]]:
    """Score and Hessian by the parameters of each logarithm, compared with their tapes."""
    count = len(density.variables)
    names = (*density.variables, "x") if density.moments else density.variables
    scores, hessians = [], []
    for found in readable_hessians(density.logarithms, names):
        if found.missing:
            raise ExpectationError(found.missing, "Write the log-density with fewer functions.")
        scores.append(found.matrices["gradient"][0][:count])
        hessians.append(tuple(row[:count] for row in found.matrices["hessian"][:count]))
    return tuple(scores), tuple(hessians)


def _measure(density: Density, logarithms: list[Any], names: Mapping[str, Any]) -> Measure:
    if not density.moments:
        return Outcomes(tuple(sympy.exp(each) for each in logarithms))
    centre = sympy.Integer(0) if density.centre is None else to_sympy(density.centre, names)
    return Moments(centre, tuple(to_sympy(each, names) for each in density.moments))


def _expected_matrix(measure: Measure, matrices: Sequence[Any], sign: int) -> list[list[Any]]:
    """The expectation of a random symmetric matrix, entry by entry."""
    size = range(len(matrices[0]))
    upper = {
        (i, j): sign * measure.expect([matrix[i][j] for matrix in matrices])
        for i in size
        for j in size[i:]
    }
    return [[upper[min(i, j), max(i, j)] for j in size] for i in size]


def _tidied(rows: list[list[Any]]) -> Matrix:
    short = Shortener(TIDY_SECONDS)
    return tuple(tuple(_written(short, entry) for entry in row) for row in rows)


def _tree(entry: Any) -> Syntax:
    return _written(to_syntax, entry)


def _written(write: Callable[[Any], Syntax], entry: Any) -> Syntax:
    try:
        return write(entry)
    except Unreadable:
        message = "The expectation needs a function that the book has no name for."
        raise ExpectationError(message, "Write the log-density with fewer functions.") from None


def _terms(measure: Measure, hessians: list[Any]) -> Matrix | None:
    """The second derivatives as polynomials in z; None where there are outcomes."""
    if not isinstance(measure, Moments):
        return None
    (matrix,) = hessians
    return tuple(
        tuple(
            _tree(sum((f * DEVIATION**k for k, f in measure.polynomial(entry)), sympy.Integer(0)))
            for entry in row
        )
        for row in matrix
    )


# ----------------------------------------------------------------------------------------- checks


def _check(
    density: Density, measure: Measure, scores: list[list[Any]], information: Matrix
) -> tuple[float, int, bool]:
    """The largest error of E[s s'], at how many points, and whether F is singular at all of them.

    Raises ``ExpectationError`` where E[s] is not zero, E[s s'] is not F, or probabilities do not
    add to one.
    """
    size = range(len(density.variables))
    outer = [[[score[i] * score[j] for j in size] for i in size] for score in scores]
    means = [measure.expect([score[i] for score in scores]) for i in size]
    found = _expected_matrix(measure, outer, 1)
    total = measure.expect([sympy.Integer(1)] * len(scores))
    expressions = [*means, total, *(entry for row in found for entry in row)]
    values = _values([_tree(each) for each in expressions], density.variables)
    exact = _values([entry for row in information for entry in row], density.variables)
    good = np.isfinite(values).all(axis=0) & np.isfinite(exact).all(axis=0)
    if not good.any():
        message = "The expectations have no finite value at any of the points that were tried."
        raise ExpectationError(message, "Check the log-density and its parameters.")
    mean, total_value, outer_value = np.split(values[:, good], [len(means), len(means) + 1])
    matrices = exact[:, good]
    scale = 1 + np.abs(matrices).max(axis=0)
    if (np.abs(total_value - 1) > AGREEMENT).any():
        raise ExpectationError(*_NOT_ONE)
    error = float((np.abs(outer_value - matrices) / scale).max())
    if (np.abs(mean) > AGREEMENT * scale).any() or error > AGREEMENT:
        raise ExpectationError(*_FOREIGN)
    return error, int(good.sum()), _is_singular(matrices, len(size))


_NOT_ONE: Final = (
    "The probabilities do not add to one.",
    "Give the log-probability of every outcome, normalised.",
)
_FOREIGN: Final = (
    "These are not the moments of this density: the score does not have mean zero, or its "
    "covariance is not the expected curvature.",
    "Check the moments, or the log-density for factors that depend on the parameters.",
)


def _values(entries: Sequence[Syntax], variables: Sequence[str]) -> Array:
    """Each entry at sample points; shape (entries, POINTS)."""
    found = evaluate(value_tape(entries, variables), sample_points(len(variables)))["value"]
    return np.broadcast_to(found, (len(entries), POINTS))


def _is_singular(matrices: Array, size: int) -> bool:
    """Whether no sample point has full rank; ``matrices`` has shape (size², samples)."""
    stacked = matrices.T.reshape(-1, size, size)
    spread = np.linalg.svd(stacked, compute_uv=False)
    return bool((spread[:, -1] <= RANK_TOLERANCE * spread[:, 0]).all())


def _inverse(information: Matrix, names: Mapping[str, Any]) -> Matrix | None:
    """F⁻¹ where it is small enough to be read, compared with F."""
    if len(information) > LARGEST_INVERTED:
        return None
    matrix = sympy.Matrix([[to_sympy(entry, names) for entry in row] for row in information])
    found = _tidied(_inverted(matrix).tolist())
    if any(len(to_text(entry)) > LONGEST_INVERTED for row in found for entry in row):
        return None
    flat = [entry for rows in (information, found) for row in rows for entry in row]
    values = _values(flat, tuple(names)).T.reshape(POINTS, 2, len(names), len(names))
    good = np.isfinite(values).all(axis=(1, 2, 3))
    product = values[good, 0] @ values[good, 1]
    scale = np.abs(values[good, 0]).max(axis=(1, 2)) * np.abs(values[good, 1]).max(axis=(1, 2))
    error = np.abs(product - np.eye(len(names))).max(axis=(1, 2))
    return found if good.any() and (error <= AGREEMENT * (1 + scale)).all() else None


def _inverted(matrix: Any) -> Any:
    """M⁻¹, in a field of rational functions where the entries lie in one: there all cancels."""
    entries = DomainMatrix.from_Matrix(matrix).to_field()
    if not entries.domain.is_EX:
        return entries.inv().to_Matrix()
    # SymPy's own inverse first proves that there is one, which takes longer than all the rest.
    adjugate = matrix.adjugate(method="berkowitz")
    return adjugate / (matrix[0, :] * adjugate[:, 0])[0]


# ------------------------------------------------------------------------------------------- loss


def _loss(
    logarithms: list[Any], by_moments: bool, parameters: list[Any]
) -> tuple[Syntax, tuple[str, ...]]:
    """The expected −log p under data, and the names by which the data enter.

    Terms without parameters are left out where x is a number: they move no minimum.
    """
    if not by_moments:
        names = tuple(f"{WEIGHT}{k}" for k in range(1, len(logarithms) + 1))
        data: Measure = Outcomes(tuple(symbols(names).values()))
        return _tree(-data.expect(logarithms)), names
    _, dependent = logarithms[0].as_independent(*parameters, as_Add=True)
    orders = range(1, degree_of(dependent) + 1)
    names = (CENTRE, *(f"{MOMENT}{k}" for k in orders))
    centre, *moments = symbols(names).values()
    return _tree(-Moments(centre, tuple(moments)).expect([dependent])), names
