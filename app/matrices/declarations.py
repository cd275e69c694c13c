"""What is known of the names: declared shapes and properties, and the convention for the rest.

The convention is that of matrixcalculus.org: a–g are scalars, h–z columns, A–Z matrices; small
Greek letters are scalars and capital ones matrices.  Sizes that nobody declared are found from the
expression.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.expressions import Declaration, ExpressionError, parse_declarations
from app.expressions.characters import GREEK_NAMES
from app.matrices.shapes import Kind, Shape, dimension_text, factors_of
from app.matrices.sizes import Size, SizeVariable

IMPLIED: Final = {
    "positive-definite": frozenset({"symmetric", "nonsingular"}),
    "diagonal": frozenset({"symmetric"}),
    "orthogonal": frozenset({"nonsingular"}),
}
"""What a declared property brings with it."""

_KINDS: Final[tuple[Kind, ...]] = ("scalar", "column", "matrix")


@dataclass(frozen=True, slots=True)
class Typing:
    """A name with its kind, its sizes (perhaps unknown) and all its properties."""

    name: str
    kind: Kind
    rows: Size
    columns: Size
    properties: frozenset[str] = frozenset()


def conventional_kind(name: str) -> Kind:
    """The kind that a name has when nothing is said about it."""
    stem = name.rstrip("0123456789").rstrip("_")
    if name[0].isupper():
        return "matrix"
    if stem in GREEK_NAMES:
        return "scalar"
    return "scalar" if name[0] <= "g" else "column"


def read_given(given: str) -> dict[str, Typing]:
    """The declarations of ``given``; raises ``ExpressionError``."""
    return {item.name: typing_of(item) for item in parse_declarations(given)}


def typing_of(declaration: Declaration) -> Typing:
    """A declaration with its open ends filled by the convention."""
    properties = frozenset(declaration.properties)
    for name in declaration.properties:
        properties |= IMPLIED.get(name, frozenset())
    kind = _kind(declaration, properties)
    rows, columns = _sizes(declaration, kind)
    if properties - {"positive"} and rows is not columns and rows != columns:
        if isinstance(rows, SizeVariable) and isinstance(columns, SizeVariable):
            columns = rows
        else:
            raise _not_square(declaration, sorted(properties - {"positive"})[0])
    return Typing(declaration.name, kind, rows, columns, properties)


def _kind(declaration: Declaration, properties: frozenset[str]) -> Kind:
    if declaration.dimensions is not None:
        return _KINDS[len(declaration.dimensions)]
    if declaration.axes is not None:
        return _KINDS[declaration.axes]
    return "matrix" if properties - {"positive"} else conventional_kind(declaration.name)


def _sizes(declaration: Declaration, kind: Kind) -> tuple[Size, Size]:
    sizes: list[Size] = list(declaration.dimensions or ())
    while len(sizes) < _KINDS.index(kind):
        sizes.append(SizeVariable())
    return (sizes[0] if sizes else 1, sizes[1] if len(sizes) == 2 else 1)


def _not_square(declaration: Declaration, name: str) -> ExpressionError:
    message = f"{declaration.name} is declared {name}, so it must be square."
    return ExpressionError("shape", message, declaration.span, "Give it the same dimension twice.")


def conventional(name: str) -> Typing:
    """A name that nobody declared."""
    kind = conventional_kind(name)
    rows: Size = 1 if kind == "scalar" else SizeVariable()
    columns: Size = SizeVariable() if kind == "matrix" else 1
    return Typing(name, kind, rows, columns)


def given_text(name: str, shape: Shape, properties: Iterable[str] = ()) -> str:
    """One declaration as it is typed: ``S: n,n symmetric``."""
    sizes = ",".join(dimension_text(axis) for axis in shape.axes) or "scalar"
    implied = {other for name in properties for other in IMPLIED.get(name, frozenset())}
    words = [word for word in sorted(properties) if word not in implied]
    return " ".join([f"{name}: {sizes}", *words])


def simple(dimension: object) -> bool:
    """Whether a dimension is one letter or number."""
    return len(factors_of(dimension)) <= 1  # type: ignore[arg-type]
