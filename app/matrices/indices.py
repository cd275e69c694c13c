"""The derivative entry by entry: d F[i,j] / d X[k,l] as a formula in indices.

Every map of dX has its formula: L·dX·R gives L[i,k]·R[l,j], with the transpose in the middle
L[i,l]·R[k,j]; an identity gives a Kronecker delta; ⟨C, dX⟩·V gives C[k,l]·V[i,j].  What is neither
is an entry of the stacked matrix J.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.matrices import nodes
from app.matrices.core import FirstDerivative
from app.matrices.nodes import Node
from app.matrices.printers.tex import to_tex
from app.matrices.rewriting import Simplifier, finished
from app.matrices.shapes import Shape
from app.matrices.transport import Functional, Operator, Sandwich, Stacked


def index_formula(part: FirstDerivative, simplifier: Simplifier) -> str:
    """TeX of the entries of the derivative array."""
    value, variable = part.expression.shape, part.variable.shape
    of, by = _indices(value, "ij"), _indices(variable, "kl")
    terms = [_term(operator, value, variable, of, by, simplifier) for operator in part.maps]
    if part.variable.is_scalar:
        terms = [_entry(part.found.core, of)]
    right = _sum(terms) if terms else "0"
    letter = "F" if value.kind == "matrix" else "f"
    below = _entry(part.variable, by)
    left = rf"\frac{{\partial {letter}{_subscript(of)}}}{{\partial {below}}}"
    return f"{left} = {right}"


def _indices(shape: Shape, letters: str) -> str:
    return letters[: len(shape.axes)]


def _subscript(indices: str) -> str:
    return f"_{{{indices}}}" if indices else ""


def _sum(terms: Sequence[str]) -> str:
    text = terms[0]
    for term in terms[1:]:
        text += f" - {term[1:].lstrip()}" if term.startswith("-") else f" + {term}"
    return text


def _term(
    operator: Operator, value: Shape, variable: Shape, of: str, by: str, simplifier: Simplifier
) -> str:
    match operator:
        case Functional(cotangent, weight, stacked) if not stacked:
            factors = [cotangent] if weight is None else [cotangent, weight]
            return _outer([simplifier(factor) for factor in factors], [by, of])
        case Sandwich():
            return _sandwich(operator, value, variable, of, by, simplifier)
        case Stacked(rows):
            return _stacked(finished(simplifier(rows)), of, by)
    return r"J_{(" + of + "),(" + by + ")}"


def _outer(factors: Sequence[Node], indices: Sequence[str]) -> str:
    """C[k,l]·V[i,j]; a factor that is a scalar has no index."""
    sign, scalars, bodies = _scalars_of(factors)
    arrays = [i for factor, i in zip(factors, indices, strict=False) if not factor.is_scalar]
    return _joined(sign, scalars, [_entry(b, i) for b, i in zip(bodies, arrays, strict=True)])


def _stacked(rows: Node, of: str, by: str) -> str:
    sign, scalars, (body,) = _scalars_of([rows])
    if body.operation == "diag" and body.operands[0].operation == "vec":
        deltas = [_delta(a, b) for a, b in zip(of, by, strict=True)]
        return _joined(sign, scalars, [_entry(body.operands[0].operands[0], of), *deltas])
    return rf"\left[ {to_tex(rows)} \right]_{{({of}),({by})}}"


def _sandwich(
    operator: Sandwich, value: Shape, variable: Shape, of: str, by: str, simplifier: Simplifier
) -> str:
    """scale · L[i,k] · R[l,j], where missing axes are left out."""
    row, column = _two(value, of)
    first, second = _two(variable, by)
    if operator.turned:
        first, second = second, first
    scale = [] if operator.scale is None else [simplifier(operator.scale)]
    left = None if operator.left is None else simplifier(operator.left)
    right = None if operator.right is None else simplifier(operator.right)
    factors = [*scale, *[part for part in (left, right) if part is not None]]
    sign, scalars, bodies = _scalars_of(factors)
    bodies = [body for body in bodies if not body.is_scalar]
    entries: list[str] = []
    for part, (a, b) in ((left, (row, first)), (right, (second, column))):
        if part is None:
            entries += [_delta(a, b)] if a and b else []
        else:
            entries.append(_entry(bodies.pop(0), a + b))
    return _joined(sign, scalars, entries)


def _two(shape: Shape, indices: str) -> tuple[str, str]:
    """The row and the column index; a column has no column index."""
    if shape.kind == "row":
        return "", indices
    return (indices + "  ")[0].strip(), (indices + "  ")[1].strip()


def _scalars_of(factors: Sequence[Node]) -> tuple[str, list[str], list[Node]]:
    """Sign, scalar factors as TeX, and the bodies."""
    numbers: list[Node] = []
    bodies: list[Node] = []
    for factor in factors:
        parts = factor.operands if factor.operation == "times" else (factor,)
        if factor.is_scalar:
            numbers += parts
        else:
            numbers += [part for part in parts if part.is_scalar]
            bodies.append(parts[-1])
    if not numbers:
        return "", [], bodies
    text = to_tex(Simplifier()(nodes.times(*numbers)))
    sign = "-" if text.startswith("-") else ""
    text = text.removeprefix("-")
    return sign, [] if text == "1" else [text], bodies


def _joined(sign: str, scalars: Sequence[str], entries: Sequence[str]) -> str:
    return sign + (" ".join([*scalars, *[entry for entry in entries if entry]]) or "1")


def _delta(left: str, right: str) -> str:
    return rf"\delta_{{{left}{right}}}"


def _entry(node: Node, indices: str) -> str:
    """One entry of a node: A_{ik}, the entry (k, i) of A for its transpose, [A B]_{ik}."""
    if not indices:
        return "" if node == nodes.ONE else to_tex(node)
    if node.operation == "transpose" and node.operands[0].operation == "symbol":
        return _entry(node.operands[0], indices[::-1])
    if node.operation == "ones":
        return ""
    if node.operation == "eye":
        return _delta(*indices)
    text = to_tex(node)
    if node.operation == "symbol" and "_" not in text:
        plain = text.replace(r"\mathbf{", "").replace("}", "") if r"\mathbf" in text else text
        return f"{plain}_{{{indices}}}"
    return rf"\left[ {text} \right]_{{{indices}}}"
