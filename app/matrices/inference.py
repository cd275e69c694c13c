"""Shapes of a syntax tree: every part gets its kind and its two sizes, by unification.

The sizes of ``eye``, ``vector(c)`` and ``matrix(c)`` follow from where they stand.  What does not
fit is an ``ExpressionError`` whose span is the part of the text that does not fit and whose
message names both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from app.diagnostics import Span
from app.expressions import ELEMENTWISE, ExpressionError
from app.expressions import to_text as syntax_text
from app.expressions.syntax import Binary, Call, Entries, Name, Negate, Number, Syntax, Transpose
from app.matrices.constants import dimension_of, integer_constant
from app.matrices.declarations import Typing
from app.matrices.shapes import Kind, dimension_text, matrix_words
from app.matrices.sizes import Size, Sizes, SizeVariable, product, resolve


class Pending(NamedTuple):
    """A shape whose sizes may still be unknown."""

    kind: Kind
    rows: Size
    columns: Size


SCALAR: Final = Pending("scalar", 1, 1)
_OF_SQUARE: Final = frozenset({"tr", "det", "logdet", "inv", "adj"})
_REDUCTIONS: Final = frozenset({"sum", "norm1", "norm2"})
_OF_SCALARS: Final = frozenset({"atan2", "min", "max"})
_PRODUCTS: Final[dict[tuple[Kind, Kind], Kind]] = {
    ("matrix", "matrix"): "matrix",
    ("matrix", "column"): "column",
    ("row", "matrix"): "row",
    ("row", "column"): "scalar",
    ("column", "row"): "matrix",
}


class Inference:
    """Walks over trees with the same names; ``shapes`` holds what was found, by identity."""

    def __init__(self, names: Mapping[str, Typing]) -> None:
        self.names = names
        self.python_powers: frozenset[Span] = frozenset()
        self.sizes = Sizes()
        self.shapes: dict[int, Pending] = {}

    def infer_all(self, syntax: Syntax, python_powers: frozenset[Span]) -> Pending:
        """The shape of a whole tree; ``python_powers`` are the spans of what was written ``**``."""
        self.python_powers = python_powers
        return self.infer(syntax)

    def unify_if_alike(self, left: Pending, right: Pending) -> None:
        """Open sizes of two results become equal if the results are of one kind."""
        if left.kind == right.kind:
            self._unify(left, right)

    def infer(self, node: Syntax) -> Pending:
        shape = self._shape(node)
        self.shapes[id(node)] = shape
        return shape

    def _shape(self, node: Syntax) -> Pending:
        match node:
            case Number():
                return SCALAR
            case Name("pi"):
                return SCALAR
            case Name(name):
                typing = self.names[name]
                return Pending(typing.kind, typing.rows, typing.columns)
            case Negate(operand):
                return self.infer(operand)
            case Transpose(operand):
                return _transposed(self.infer(operand))
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Entries():
                raise ExpressionError(
                    "syntax", "A matrix expression has no entries in brackets.", node.span
                )

    # ----------------------------------------------------------------------- operators

    def _binary(self, node: Binary) -> Pending:
        left, right = self.infer(node.left), self.infer(node.right)
        match node.operator:
            case "+" | "-":
                return self._same(node, left, right)
            case "*":
                return self._product(node, left, right)
            case "/":
                if right.kind != "scalar":
                    hint = "Divide entry by entry with ./, or multiply by inv(…)."
                    raise self._misfit(node, left, right, "One can divide only by a scalar", hint)
                return left
            case ".*" | "./" | ".^":
                if left.kind == "scalar" or right.kind == "scalar":
                    return right if left.kind == "scalar" else left
                return self._same(node, left, right)
            case "^":
                return self._power(node, left, right)

    def _same(self, node: Binary, left: Pending, right: Pending) -> Pending:
        self._match_stacked(node.left, node.right)
        verb = {"+": "added", "-": "subtracted"}.get(node.operator, "combined entry by entry")
        if left.kind != right.kind:
            hint = self._sum_hint(node, left, right)
            raise self._misfit(node, left, right, f"Only equal shapes can be {verb}", hint)
        if not self._unify(left, right):
            raise self._misfit(node, left, right, f"Only equal shapes can be {verb}")
        return left

    def _sum_hint(self, node: Binary, left: Pending, right: Pending) -> str | None:
        kinds = {left.kind, right.kind}
        if kinds == {"scalar", "column"} or kinds == {"scalar", "row"}:
            scalar = node.left if left.kind == "scalar" else node.right
            return f"Write vector({syntax_text(scalar)}) to fill a column with it."
        if kinds == {"scalar", "matrix"}:
            scalar = node.left if left.kind == "scalar" else node.right
            text = syntax_text(scalar)
            return f"Write matrix({text}) to fill a matrix with it, or ({text})*eye."
        if kinds == {"row", "column"}:
            return "Transpose one of them with '."
        if kinds == {"matrix", "column"} and node.operator == ".*":
            return "Write diag(x)*A to scale the rows of A, A*diag(x) to scale its columns."
        return None

    def _product(self, node: Binary, left: Pending, right: Pending) -> Pending:
        if left.kind == "scalar" or right.kind == "scalar":
            return right if left.kind == "scalar" else left
        kind = _PRODUCTS.get((left.kind, right.kind))
        if kind is None:
            hint = None
            if left.kind == right.kind == "column":
                a, b = syntax_text(node.left), syntax_text(node.right)
                hint = f"Write {a}'*{b} for the inner product or {a}.*{b} entry by entry."
            raise self._misfit(node, left, right, "This product is not defined", hint)
        self._match_commutation(node)
        if isinstance(node.left, Transpose):
            self._match_stacked(node.left.operand, node.right)
        if not self.sizes.unify(left.columns, right.rows):
            raise self._misfit(node, left, right, "The inner dimensions differ")
        return Pending(kind, left.rows, right.columns)

    def _match_stacked(self, left: Syntax, right: Syntax) -> None:
        """vec(A) beside vec(B): where sizes are open, A and B have the same shape."""
        match left, right:
            case Call("vec", (first,)), Call("vec", (second,)):
                one, other = self.shapes[id(first)], self.shapes[id(second)]
                for a, b in ((one.rows, other.rows), (one.columns, other.columns)):
                    if SizeVariable in (type(resolve(a)), type(resolve(b))):
                        self.sizes.unify(a, b)

    def _match_commutation(self, node: Binary) -> None:
        """In comm(m, n)*vec(A) an A of open size is m×n, though other sizes have that product."""
        match node.left, node.right:
            case Call("comm", (rows, columns)), Call("vec", (inner,)):
                shape = self.shapes[id(inner)]
                if shape.kind == "matrix":
                    for size, named in ((shape.rows, rows), (shape.columns, columns)):
                        if isinstance(resolve(size), SizeVariable):
                            self.sizes.unify(size, dimension_of(named))

    def _power(self, node: Binary, base: Pending, exponent: Pending) -> Pending:
        if node.span in self.python_powers and base.kind != "scalar":
            power = ".^" if base.kind != "matrix" else "^ (matrix power) or .^ (entry by entry)"
            raise ExpressionError(
                "syntax",
                "“**” is Python's power and has no meaning for vectors and matrices.",
                node.span,
                f"Write {power}.",
            )
        if exponent.kind != "scalar":
            raise ExpressionError(
                "shape", "An exponent must be a scalar.", node.right.span, "Use .^ entry by entry."
            )
        if base.kind == "scalar":
            return SCALAR
        if base.kind != "matrix":
            message = f"{syntax_text(node.left)} is {_described(base)}, which has no matrix power."
            raise ExpressionError("shape", message, node.span, "Use .^ entry by entry.")
        if integer_constant(node.right) is None:
            message = "A matrix can be raised only to a constant whole number."
            raise ExpressionError("shape", message, node.span, "Use .^ entry by entry.")
        self._square(node.left, base, node.span, "^")
        return base

    # ----------------------------------------------------------------------- functions

    def _call(self, node: Call) -> Pending:
        function = node.function
        if function in ("eye", "ones", "comm"):
            return self._constant(node)
        shapes = [self.infer(argument) for argument in node.arguments]
        first = shapes[0]
        if function in ELEMENTWISE:
            return first
        if function in _OF_SCALARS:
            for argument, shape in zip(node.arguments, shapes, strict=True):
                self._scalar(argument, shape, function)
            return SCALAR
        if function in _REDUCTIONS:
            return SCALAR
        if function in _OF_SQUARE:
            self._square(node.arguments[0], first, node.span, function)
            return first if function in ("inv", "adj") else SCALAR
        if function in ("vector", "matrix"):
            self._scalar(node.arguments[0], first, function)
            length = SizeVariable()
            if function == "vector":
                return Pending("column", length, 1)
            return Pending("matrix", length, SizeVariable())
        return self._structural(node, shapes)

    def _constant(self, node: Call) -> Pending:
        sizes: list[Size] = [dimension_of(argument) for argument in node.arguments]
        if node.function == "ones" and len(sizes) == 1:
            return Pending("column", sizes[0], 1)
        if node.function == "ones":
            return Pending("matrix", sizes[0], sizes[1])
        size = product(*sizes) if sizes else SizeVariable()
        return Pending("matrix", size, size)

    def _structural(self, node: Call, shapes: list[Pending]) -> Pending:
        first = shapes[0]
        match node.function:
            case "diag" if first.kind == "column":
                return Pending("matrix", first.rows, first.rows)
            case "diag" if first.kind == "matrix":
                self._square(node.arguments[0], first, node.span, "diag")
                return Pending("column", first.rows, 1)
            case "vec" if first.kind == "column":
                return first
            case "vec" if first.kind == "matrix":
                return Pending("column", product(first.rows, first.columns), 1)
            case "kron":
                return _kron(*shapes)
        argument = syntax_text(node.arguments[0])
        message = f"{node.function} has no meaning for {argument}, which is {_described(first)}."
        raise ExpressionError("shape", message, node.span)

    def _square(self, node: Syntax, shape: Pending, span: Span, function: str) -> None:
        if shape.kind == "matrix" and self.sizes.unify(shape.rows, shape.columns):
            return
        name = "A matrix power" if function == "^" else function
        message = f"{name} needs a square matrix, but {syntax_text(node)} is {_described(shape)}."
        raise ExpressionError("shape", message, span)

    def _scalar(self, node: Syntax, shape: Pending, function: str) -> None:
        if shape.kind != "scalar":
            message = f"{function} takes scalars, but {syntax_text(node)} is {_described(shape)}."
            raise ExpressionError("shape", message, node.span)

    def _unify(self, left: Pending, right: Pending) -> bool:
        rows = self.sizes.unify(left.rows, right.rows)
        return self.sizes.unify(left.columns, right.columns) and rows

    def _misfit(
        self, node: Binary, left: Pending, right: Pending, why: str, hint: str | None = None
    ) -> ExpressionError:
        a, b = syntax_text(node.left), syntax_text(node.right)
        message = f"{why}: {a} is {_described(left)}, {b} is {_described(right)}."
        return ExpressionError("shape", message, node.span, hint)


def _transposed(shape: Pending) -> Pending:
    kinds: dict[Kind, Kind] = {"column": "row", "row": "column"}
    return Pending(kinds.get(shape.kind, shape.kind), shape.columns, shape.rows)


def _kron(left: Pending, right: Pending) -> Pending:
    kind: Kind = left.kind if left.kind == right.kind else "matrix"
    if left.kind == "scalar" or right.kind == "scalar":
        kind = right.kind if left.kind == "scalar" else left.kind
    rows = product(left.rows, right.rows)
    return Pending(kind, rows, product(left.columns, right.columns))


def _described(shape: Pending) -> str:
    if shape.kind == "scalar":
        return "a scalar"
    rows, columns = _size_text(shape.rows), _size_text(shape.columns)
    if shape.kind == "matrix":
        return "a matrix" if "?" in (rows, columns) else matrix_words(rows, columns)
    length = rows if shape.kind == "column" else columns
    return f"a {shape.kind}" if length == "?" else f"a {shape.kind} of length {length}"


def _size_text(size: Size) -> str:
    known = resolve(size)
    if isinstance(known, int | str | tuple):
        return dimension_text(known)
    return "?"
