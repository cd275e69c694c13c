"""The derivation as lines: each is an expression of the differential, each equals every other.

The lines are the stages of the computation itself: the differential as the rules give it, the same
simplified, dX brought to the end of every term, and the terms collected, from which the derivative
is read off.  A stage that changes nothing gives no line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.matrices import nodes
from app.matrices.core import FirstDerivative
from app.matrices.differential import Application
from app.matrices.nodes import Node
from app.matrices.printers.tex import to_tex
from app.matrices.printers.text import to_text
from app.matrices.rewriting import Simplifier, finished
from app.matrices.transport import Functional, Operator, Sandwich
from app.matrices.transport.operators import stack
from app.matrices.unfolding import unfolded


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """One differential rule as it was used: its name, its formula, its source, and on what."""

    name: str
    tex: str
    source: str
    on: str
    on_tex: str


@dataclass(frozen=True)
class Step:
    """One line: the rule's name, a sentence why, and the differential.

    ``of`` says what is differentiated (``f`` or, for second derivatives, ``gradient``), ``applied``
    the differential rules that led to this line.  While the differential is unfolded, TeX shows
    d(…) where a part is still to be differentiated; the text has it worked out, and
    ``unfolded_text`` is the text of what TeX shows.
    """

    rule: str
    explanation: str
    node: Node = field(repr=False)
    part: FirstDerivative = field(repr=False)
    of: str = "f"
    applied: tuple[AppliedRule, ...] = ()
    shown: Node | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        return to_text(self.node)

    @property
    def unfolded_text(self) -> str:
        return self.text if self.shown is None else to_text(self.shown)

    @property
    def tex(self) -> str:
        return to_tex(self.node if self.shown is None else self.shown)


def steps_of(parts: Sequence[FirstDerivative], simplifier: Simplifier) -> tuple[Step, ...]:
    """All lines of all differentiations."""
    names = ("f",) if len(parts) == 1 else ("f", _name_of_first(parts[0]))
    return tuple(
        step
        for part, name in zip(parts, names, strict=True)
        for step in _lines(part, name, simplifier)
    )


def _name_of_first(part: FirstDerivative) -> str:
    return "gradient" if part.expression.is_scalar else "derivative"


def _lines(part: FirstDerivative, of: str, simplifier: Simplifier) -> Iterator[Step]:
    raw = part.differential.node
    variable = part.variable.parameter.name
    if raw is None:
        sentence = f"{_what(of)} does not depend on {variable}, so its differential is 0."
        zero = finished(nodes.zero(part.expression.shape))
        yield Step("constant", sentence, zero, part, of)
        return
    first = flattened(raw)
    steps = list(_unfolding(part, first, of))
    shown = {to_text(first)}
    for rule, explanation, node in _stages(part, raw, simplifier):
        node = finished(node)
        text = to_text(node)
        if text not in shown:
            shown.add(text)
            steps.append(Step(rule, explanation, node, part, of))
        elif rule == "identification" and text == steps[-1].text:
            steps[-1] = replace(steps[-1], explanation=f"{steps[-1].explanation} {explanation}")
    yield from steps


def _what(of: str) -> str:
    return "The expression" if of == "f" else f"The {of}"


def _unfolding(part: FirstDerivative, first: Node, of: str) -> Iterator[Step]:
    """The differential by the rules, from the outside in."""
    lines = unfolded(part)
    if not lines:
        sentence = "The differential of the variable itself is its increment."
        yield Step("differential", sentence, first, part, of)
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        shown, applied = flattened(line.node), tuple(_applied(line.applications))
        tex, last = to_tex(shown), number == len(lines)
        if not applied or (tex in seen and not last):
            continue
        seen.add(tex)
        names = list(dict.fromkeys(rule.name for rule in applied))
        rule = names[0] if len(names) == 1 else "differential rules"
        yield Step(rule, _sentence(names, number, last), first, part, of, applied, shown)


def _applied(applications: Sequence[Application]) -> Iterator[AppliedRule]:
    seen: set[Node] = set()
    for application in applications:
        node = application.node
        if node not in seen and application.rule.name:
            seen.add(node)
            rule = application.rule
            yield AppliedRule(rule.name, rule.formula, rule.source, to_text(node), to_tex(node))


def _sentence(names: Sequence[str], number: int, last: bool) -> str:
    listed = ", ".join(names)
    if number == 1 and last:
        return f"Differentiate: {listed}."
    if number == 1:
        return f"Begin with the outermost operation: {listed}. What stands after d comes next."
    return f"Go on inside: {listed}."


def _stages(
    part: FirstDerivative, raw: Node, simplifier: Simplifier
) -> Iterator[tuple[str, str, Node]]:
    own = Simplifier(factoring=simplifier.factoring)
    simplified = own(raw)
    yield "simplification", _simplified_sentence(own), simplified
    increment = part.differential.increment
    name = increment.parameter.name
    if part.variable.is_scalar:
        collected = nodes.times(part.found.core, increment)
        yield "identification", f"What stands beside {name} is the derivative.", _flat(collected)
        return
    brought = _brought(part, simplifier)
    if brought is not None:
        yield *_bringing(part, name), brought
    collected_node = _collected(part, simplifier)
    if collected_node is not None:
        yield *_identification(part, name), collected_node


def _simplified_sentence(own: Simplifier) -> str:
    names = "; ".join(own.used)
    return f"Simplify: {names}." if names else "Simplify."


def _bringing(part: FirstDerivative, name: str) -> tuple[str, str]:
    if part.expression.is_scalar and part.variable.shape.kind == "matrix":
        return (
            "cyclic property of the trace",
            f"A scalar is its own trace, and tr(U V) = tr(V U): bring {name} to the end of every "
            "term.",
        )
    if part.expression.is_scalar:
        return (
            "transpose of a scalar",
            f"A scalar equals its transpose: bring {name} to the end of every term.",
        )
    return "bring the increment to the end", f"Write every term as a matrix times {name}."


def _identification(part: FirstDerivative, name: str) -> tuple[str, str]:
    variable = part.variable.parameter.name
    if part.expression.is_scalar and part.variable.shape.kind == "matrix":
        return (
            "identification",
            f"From df = tr(G'·{name}) read off the derivative: G in the shape of {variable} is the "
            "denominator layout, G' the numerator layout.",
        )
    if part.expression.is_scalar:
        return (
            "identification",
            f"From df = g'·{name} read off the derivative: the row g' is the numerator layout, the "
            "column g the denominator layout.",
        )
    if part.expression.shape.kind == "matrix":
        return (
            "identification",
            f"Stack the columns: vec(L·{name}·R) = (R'⊗L)·vec({name}), and K·vec({name}) = "
            f"vec({name}'). The matrix in front of vec({name}) is the derivative in numerator "
            "layout.",
        )
    return (
        "identification",
        f"The matrix in front of {name} is the Jacobian: the derivative in numerator layout. The "
        "denominator layout is its transpose.",
    )


def _brought(part: FirstDerivative, simplifier: Simplifier) -> Node | None:
    """Every term with dX at its end, before terms are collected; None if there is only one."""
    if len(part.maps) < 2:
        return None
    increment = part.differential.increment
    terms = [_term(operator, increment, simplifier) for operator in part.maps]
    return None if None in terms else nodes.add(*[term for term in terms if term is not None])


def _term(operator: Operator, increment: Node, simplifier: Simplifier) -> Node | None:
    match operator:
        case Functional(cotangent, value, stacked):
            scalar = _paired(simplifier(nodes.transpose(cotangent)), increment)
            if value is None:
                return scalar
            return None if stacked else _flat(nodes.times(scalar, simplifier(value)))
        case Sandwich():
            return simplifier(operator.applied(increment))
    return None


def _paired(turned: Node, increment: Node) -> Node:
    """tr(G'·dX), or g'·dx, with the scalars of G in front."""
    scalars = [f for f in _parts(turned, "times") if f.is_scalar]
    body = _parts(turned, "times")[-1]
    chain = [f for f in _parts(body, "product") if f.operation != "eye"]
    paired = nodes.product(*chain, increment)
    if increment.shape.kind == "matrix":
        paired = nodes.apply("tr", paired)
    return nodes.times(*scalars, paired) if scalars else paired


def _parts(node: Node, operation: str) -> tuple[Node, ...]:
    return node.operands if node.operation == operation else (node,)


def flattened(node: Node) -> Node:
    """The node without parentheses that associativity makes needless."""
    if not node.operands:
        return node
    parts = [flattened(operand) for operand in node.operands]
    if node.operation in ("add", "times", "product"):
        parts = [inner for part in parts for inner in _parts(part, node.operation)]
    if node.operation == "times":
        return nodes.times(*parts)
    return nodes.make(node.operation, tuple(parts), node.parameter)


def _flat(node: Node) -> Node:
    """Nested multiples as one."""
    if node.operation != "times":
        return node
    return nodes.times(
        *[part for factor in node.operands for part in _parts(_flat(factor), "times")]
    )


def _collected(part: FirstDerivative, simplifier: Simplifier) -> Node | None:
    """The last line: the derivative times the increment, in the shape of F."""
    increment, found, shape = part.differential.increment, part.found, part.expression.shape
    if part.expression.is_scalar:
        return _paired(found.numerator, increment)
    if shape.kind == "matrix":
        return _collected_matrix(part, simplifier)
    scalars = [f for f in _parts(found.core, "times") if f.is_scalar]
    body = _parts(found.core, "times")[-1]
    chain = [f for f in _parts(body, "product") if f.operation != "eye"]
    line = nodes.product(*chain, stack(increment))
    line = nodes.times(*scalars, line) if scalars else line
    return line if shape.kind == "column" else nodes.transpose(line)


def _collected_matrix(part: FirstDerivative, simplifier: Simplifier) -> Node | None:
    terms = [_term(operator, part.differential.increment, simplifier) for operator in part.maps]
    if None in terms:
        return simplifier(part.differential.node) if part.differential.node else None
    return simplifier(nodes.add(*[term for term in terms if term is not None]))
