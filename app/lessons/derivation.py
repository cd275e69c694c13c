"""The one door to the matrix engine: what an author asks for, derived, checked and compared.

Nothing else in the lessons calls the engine.  A derivation is plain data here, with formulas as
TeX: the engine computes some of its answers late and may refuse then, so all of them are asked for
at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.diagnostics import NablaError, Problem
from app.matrices import Derivative, Result, Step, differentiate, elaborate, to_tex
from app.matrices.canonical import signature
from app.matrices.equivalence import Equivalence, compare
from app.matrices.shapes import dimension_text


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


@dataclass(frozen=True, slots=True)
class Form:
    """The derivative in one layout: ``shape`` in words, ``tex`` with the shapes of its factors."""

    text: str
    tex: str
    shape: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a line applied: its name, its formula, where it is taken from."""

    name: str
    tex: str
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a derivation; ``left`` is the TeX of what it equals, such as ``\\mathrm{d}f``."""

    rule: str
    explanation: str
    left: str
    tex: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivative that was found and agrees with central differences.

    ``left`` is the TeX before the equals sign; ``sizes`` are those of each random point.
    """

    left: str
    numerator: Form
    denominator: Form
    scalar: bool
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    samples: int
    error: float
    sizes: tuple[Mapping[str, int], ...]
    source: Derivative = field(repr=False, compare=False)


_ONE_FUNCTION = re.compile(r"\w+(\(.*\))?")
# What the lines of a derivation equal; for a second derivative, the differential of the first.
_DIFFERENTIALS = {
    "f": r"\mathrm{d}f",
    "gradient": r"\mathrm{d}(\nabla f)",
    "derivative": r"\mathrm{d}f'",
}
_TALL = (r"\frac", r"\left", r"\sum", r"\begin")


def derive(request: Request) -> Derived | Problem:
    """The derivative in both layouts with its steps and its check, or what is wrong."""
    return _derive(replace(request, claim="", claim_layout=""))


@lru_cache(maxsize=4096)
def _derive(request: Request) -> Derived | Problem:
    try:
        return _derived(differentiate(request.expression, request.names, request.given))
    except NablaError as error:
        problem = error.problem
        return Problem(
            f"derivative-{problem.code}",
            f"“{request.expression}” cannot be differentiated: {problem.message}",
            hint=problem.hint,
        )
    except Exception as error:
        # A defect of the engine in one formula must not take the book away from its readers.
        message = f"“{request.expression}” cannot be differentiated: {type(error).__name__}."
        return Problem("derivative-defect", message, hint="This is a mistake of the book.")


@lru_cache(maxsize=4096)
def signature_of(request: Request) -> str | None:
    """What two derivatives share that differ in names only; None for what cannot be derived."""
    derived = derive(request)
    if isinstance(derived, Problem):
        return None
    return signature(derived.source.node, derived.source.variables)


def _derived(derivative: Derivative) -> Derived:
    check = derivative.check
    return Derived(
        left=_left(derivative),
        numerator=_form(derivative.numerator),
        denominator=_form(derivative.denominator),
        scalar=not derivative.value_shape,
        lines=tuple(_line(step) for step in derivative.steps),
        notes=tuple(derivative.notes),
        samples=check.samples,
        error=check.max_relative_error,
        sizes=check.sizes,
        source=derivative,
    )


def _line(step: Step) -> Line:
    rules = {rule.name: Rule(rule.name, rule.tex, rule.source) for rule in step.applied}
    left = _DIFFERENTIALS.get(step.of, r"\mathrm{d}f")
    return Line(step.rule, step.explanation, left, step.tex, tuple(rules.values()))


def _left(derivative: Derivative) -> str:
    """The derivative as one writes it before it is known."""
    names = [to_tex(variable) for variable in derivative.variables]
    below = r"\,".join(rf"\partial {name}" for name in names)
    above = r"\partial" if len(names) == 1 else rf"\partial^{len(names)}"
    function = to_tex(derivative.node, shapes=True)
    return rf"\frac{{{above}}}{{{below}}}\,{_grouped(function, derivative.expression)}"


def _grouped(tex: str, text: str) -> str:
    """The function after the operator: in parentheses unless it is one name or one function."""
    if _ONE_FUNCTION.fullmatch(text) and _closes_last(text):
        return tex
    tall = any(sign in tex for sign in _TALL)
    return rf"\left({tex}\right)" if tall else f"({tex})"


def _closes_last(text: str) -> bool:
    """Whether the first parenthesis is closed by the last character."""
    depth = 0
    for index, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth == 0:
            return index == len(text) - 1
    return True


def _form(result: Result) -> Form:
    return Form(result.text, result.tex_with_shapes, shape_words(result.shape))


def shape_words(shape: Sequence[object]) -> str:
    """A shape such as "m × n"."""
    return " × ".join(_dimension(size) for size in shape) or "scalar"


def _dimension(size: object) -> str:
    return size if isinstance(size, str) else dimension_text(size)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def claim_problem(request: Request) -> Problem | None:
    """What is wrong with the claim, or None when the engine agrees (or nothing is claimed)."""
    derived = derive(request)
    if isinstance(derived, Problem) or not request.claim:
        return None
    layout = request.claim_layout or ("denominator" if derived.scalar else "numerator")
    source = derived.source
    found = source.numerator if layout == "numerator" else source.denominator
    try:
        verdict = _compared(request, source, found)
    except NablaError as error:
        return _wrong(request, layout, found, error.problem.message)
    return None if verdict.agree else _wrong(request, layout, found, verdict.explanation)


def _compared(request: Request, source: Derivative, found: Result) -> Equivalence:
    """The claim, read with the names and shapes of the expression, against what was found."""
    claim = elaborate(
        request.claim, request.given, symbols=source.symbols, expected=found.node.shape
    )
    return compare(claim.node, found.node, claim.symbols)


def _wrong(request: Request, layout: str, found: Result, reason: str) -> Problem:
    return Problem(
        "wrong-claim",
        f"The claim “{request.claim}” is not the derivative of “{request.expression}”. {reason}",
        hint=f"The engine derived {found.text} in {layout} layout.",
    )
