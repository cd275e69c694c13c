"""The one door to the matrix engine: a claim of an author, derived and compared.

Nothing else in the lessons calls the engine, so that what it can do and how it says it may change
behind this file.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from app.diagnostics import NablaError, Problem


class Result(Protocol):
    """A derivative in one layout."""

    text: str
    tex: str
    shape: Sequence[object]
    form: str


class Step(Protocol):
    """One line of a derivation."""

    rule: str
    explanation: str
    text: str
    tex: str


class Check(Protocol):
    """The comparison with central differences."""

    samples: int
    max_relative_error: float
    sizes: Any


class Derivative(Protocol):
    """What the lessons need of the engine's answer."""

    value_shape: Sequence[object]
    numerator: Result
    denominator: Result
    steps: Sequence[Step]
    notes: Sequence[str]
    check: Check


@dataclass(frozen=True, slots=True)
class Request:
    """What an author asks for; ``claim_layout`` is "" for the usual one."""

    expression: str
    wrt: str = ""
    given: str = ""
    claim: str = ""
    claim_layout: str = ""

    @property
    def names(self) -> tuple[str, ...] | None:
        """The names to differentiate by, or None for the engine's choice."""
        found = tuple(name.strip() for name in self.wrt.split(",") if name.strip())
        return found or None


def _engine(name: str) -> Callable[..., Any] | None:
    return getattr(importlib.import_module("app.matrices"), name, None)


@lru_cache(maxsize=4096)
def derive(request: Request) -> tuple[Derivative | None, Problem | None]:
    """The derivative in both layouts with its steps and its check, or what is wrong."""
    differentiate = _engine("differentiate")
    if differentiate is None:
        return None, None
    try:
        return differentiate(request.expression, request.names, request.given), None
    except NablaError as error:
        return None, _placed(error, request)


def _placed(error: NablaError, request: Request) -> Problem:
    problem = error.problem
    return Problem(
        f"derivative-{problem.code}",
        f"“{request.expression}” cannot be differentiated: {problem.message}",
        hint=problem.hint,
    )


@lru_cache(maxsize=4096)
def claim_problem(request: Request) -> Problem | None:
    """What is wrong with the claim, or None when the engine agrees (or nothing is claimed)."""
    derivative, _ = derive(request)
    equivalent = _engine("equivalent")
    if derivative is None or not request.claim or equivalent is None:
        return None
    layout = request.claim_layout or usual_layout(derivative)
    derived = derivative.numerator if layout == "numerator" else derivative.denominator
    try:
        agrees = equivalent(request.claim, derived.text, request.given).agree
        reason = ""
    except NablaError as error:
        agrees, reason = False, f" {error.problem.message}"
    if agrees:
        return None
    return Problem(
        "wrong-claim",
        f"The claim “{request.claim}” is not the derivative of “{request.expression}”.{reason}",
        hint=f"The engine derived {derived.text} in {layout} layout.",
    )


def usual_layout(derivative: Derivative) -> str:
    """Claims are gradients for a scalar's derivative, Jacobians otherwise."""
    scalar = all(str(size) == "1" for size in derivative.value_shape)
    return "denominator" if scalar else "numerator"
