"""``differentiate``: from a text to its derivative with steps, layouts, source code and check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.diagnostics import did_you_mean
from app.expressions import ExpressionError
from app.matrices.check import Check, Claim, check
from app.matrices.core import FirstDerivative, first_derivative, second_derivative
from app.matrices.elaboration import Problem, elaborate
from app.matrices.nodes import Node, walk
from app.matrices.notes import notes_of
from app.matrices.printers.functions import jax_function, numpy_derivative, torch_function
from app.matrices.printers.tex import to_tex
from app.matrices.printers.text import to_text
from app.matrices.rewriting import Simplifier, finished
from app.matrices.shapes import Dimension, Shape, dimension_text
from app.matrices.steps import Step, steps_of

PREFERRED = ("X", "x", "W", "w")
"""The variable that is meant when none is named: the first of these that occurs."""


@dataclass(frozen=True, slots=True)
class Result:
    """A closed form: as text, as TeX, with its shape.

    ``shape`` has the two dimensions of the matrix that the text denotes, none for a scalar;
    ``form`` says what it is: ``scalar``, ``column``, ``row``, ``matrix``, ``Hessian`` or
    ``vec/Kronecker`` (one row for every entry of F and one column for every entry of X).
    """

    node: Node = field(repr=False)
    form: str

    @property
    def text(self) -> str:
        return to_text(self.node)

    @property
    def tex(self) -> str:
        return to_tex(self.node)

    @property
    def tex_with_shapes(self) -> str:
        return to_tex(self.node, shapes=True)

    @property
    def shape(self) -> tuple[Dimension, ...]:
        shape = self.node.shape
        return () if shape.kind == "scalar" else (shape.rows, shape.columns)


@dataclass(frozen=True)
class Derivative:
    """A derivative in both layouts, how it was found, and what it is worth.

    ``check`` and ``source`` properties are computed when they are asked for; ``check`` raises
    ``CheckError`` if the closed form disagrees with central differences.
    """

    problem: Problem
    expression: str
    wrt: tuple[str, ...]
    value_shape: tuple[Dimension, ...]
    numerator: Result
    denominator: Result
    core: Node = field(repr=False)
    parts: tuple[FirstDerivative, ...] = field(repr=False)
    simplifier: Simplifier = field(repr=False)

    @property
    def node(self) -> Node:
        return self.problem.node

    @property
    def symbols(self) -> Mapping[str, Node]:
        return self.problem.symbols

    @property
    def variables(self) -> tuple[Node, ...]:
        return tuple(self.symbols[name] for name in self.wrt)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The derivation; every line of one differentiation equals every other."""
        return steps_of(self.parts, self.simplifier)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Where the result does not hold, and how it is meant."""
        return notes_of(self.parts, self.variables)

    @cached_property
    def check(self) -> Check:
        """Comparison with central differences; raises ``CheckError``, or that it is too large."""
        try:
            return _checked(self)
        except MemoryError:
            raise _too_many_entries() from None

    @property
    def axes(self) -> tuple[Dimension, ...]:
        """The axes of the array d f[i…]/d x[j…]: those of f, then those of the variables."""
        return self.node.shape.axes + tuple(a for v in self.variables for a in v.shape.axes)

    @cached_property
    def numpy(self) -> str:
        """Source of ``derivative(...)``: takes the named arrays, returns the whole array."""
        sizes = ", ".join(map(dimension_text, self.axes))
        title = f"d f / d {' d '.join(self.wrt)} of {self.expression}: shape ({sizes})"
        return numpy_derivative(self.core, self.axes, self.symbols, title.replace("\\", ""))

    @cached_property
    def torch(self) -> str | None:
        """PyTorch source of a scalar function; None for functions that are not scalar."""
        return self._framework(torch_function)

    @cached_property
    def jax(self) -> str | None:
        """JAX source of a scalar function; None for functions that are not scalar."""
        return self._framework(jax_function)

    def _framework(self, printer: object) -> str | None:
        if not self.node.is_scalar:
            return None
        assert callable(printer)
        gradient = f"gradient by {', '.join(self.wrt)}: {self.denominator.text}"
        return str(printer(self.node, self.symbols, gradient))


def differentiate(
    expression: str,
    wrt: Sequence[str] | None = None,
    given: str = "",
    simplify: bool = True,
) -> Derivative:
    """The derivative of an expression in closed form, in both layouts.

    ``wrt`` is one name, or two for a second derivative; when missing it is the first of X, x, W, w
    that occurs, else the first name.  ``given`` declares shapes and properties as in
    ``"A: m,n; S: n,n symmetric"``.  Without ``simplify`` only neutral elements and scalars are
    tidied.  Raises ``ExpressionError``.
    """
    names = tuple(wrt or ())
    problem = elaborate(expression, given, wrt=names)
    names = names or (default_variable(problem),)
    return derivative_of(problem, names, simplify)


def derivative_of(problem: Problem, wrt: Sequence[str], simplify: bool = True) -> Derivative:
    """The derivative of an expression that was read already."""
    variables = [_variable(problem, name) for name in wrt]
    simplifier = Simplifier(factoring=simplify)
    if len(variables) == 1:
        first = first_derivative(problem.node, variables[0], simplifier)
        found = first.found
        return _present(
            problem, wrt, found.numerator, found.denominator, found.core, (first,), simplifier
        )
    if len(variables) != 2:
        raise ExpressionError(
            "arity", "A derivative is taken by one name, or by two for a second derivative."
        )
    both = second_derivative(problem.node, variables[0], variables[1], simplifier)
    core, parts = both.second.found.core, (both.first, both.second)
    return _present(problem, wrt, both.numerator, both.denominator, core, parts, simplifier)


def _present(
    problem: Problem,
    wrt: Sequence[str],
    numerator: Node,
    denominator: Node,
    core: Node,
    parts: tuple[FirstDerivative, ...],
    simplifier: Simplifier,
) -> Derivative:
    stacked = len(problem.node.shape.axes) + sum(len(p.variable.shape.axes) for p in parts) > 2
    hessian = len(parts) == 2 and problem.node.is_scalar
    return Derivative(
        problem,
        to_text(problem.node),
        tuple(wrt),
        problem.node.shape.axes,
        Result(finished(numerator), _form(numerator.shape, hessian, stacked)),
        Result(finished(denominator), _form(denominator.shape, hessian, stacked)),
        core,
        parts,
        simplifier,
    )


def _form(shape: Shape, hessian: bool, stacked: bool) -> str:
    if stacked:
        return "vec/Kronecker"
    if hessian and shape.kind != "scalar":
        return "Hessian"
    return shape.kind


def default_variable(problem: Problem) -> str:
    """X, x, W or w if present, else the first name; those that occur before the declared ones."""
    occurring = {part.parameter.name for part in walk(problem.node) if part.operation == "symbol"}
    for names in (occurring, problem.symbols):
        for name in (*PREFERRED, *problem.symbols):
            if name in names and name in problem.symbols:
                return name
    raise ExpressionError(
        "unknown-name",
        "There is no name in this expression to differentiate by.",
        None,
        "Use a letter, such as x, for what varies.",
    )


def _variable(problem: Problem, name: str) -> Node:
    if name in problem.symbols:
        return problem.symbols[name]
    hint = did_you_mean(name, problem.symbols)
    raise ExpressionError("unknown-name", f"{name} does not occur in the expression.", None, hint)


def _too_many_entries() -> ExpressionError:
    return ExpressionError(
        "too-large",
        "The derivative has too many entries to be tested by numbers, so it is not shown.",
        None,
        "Declare smaller sizes, or differentiate a part of the expression.",
    )


def _checked(derivative: Derivative) -> Check:
    """Check the printed forms, their source node, and every line."""
    *before, last = derivative.parts
    earlier = before[0] if before else None
    if earlier is not None:
        _check_part(derivative, earlier, [])
    source = last.expression
    claims: list[Claim] = []
    if earlier is None:
        layout = last.found.arrangement != "stacked"
        forms = ("array", "array turned") if layout else ("jacobian", "turned")
        if layout and source.shape.kind in ("scalar", "row"):
            forms = ("array turned", "array")
        claims.append(Claim(derivative.numerator.node, forms[0]))
        claims.append(Claim(derivative.denominator.node, forms[1]))
    return _check_part(derivative, last, claims)


def _check_part(derivative: Derivative, part: FirstDerivative, claims: list[Claim]) -> Check:
    form = "jacobian" if part.found.arrangement == "stacked" else "array"
    lines = [Claim(s.node, "line") for s in derivative.steps if s.part is part]
    every = [Claim(part.found.core, form), *claims, *lines]
    return check(
        part.expression, part.variable, every, derivative.symbols, text=derivative.expression
    )
