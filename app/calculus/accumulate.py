"""Derivatives by accumulation on the program itself, forwards or backwards.

Both walk the program once for each input (forwards) or each output (backwards) and append a few
operations for each one they meet, so derivatives grow linearly and never swell.  What does not
depend on an input is a structural zero and appends nothing: no 0·∞ can arise from it.

Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapter 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.calculus.graph import Graph, Node
from app.calculus.rules import CONSTANT_ON_PIECES, PARTIALS
from app.calculus.tape import Step

Rows = tuple[tuple[Node, ...], ...]


def jacobian(graph: Graph, outputs: Sequence[Node], inputs: Sequence[Node]) -> Rows:
    """The nodes of d outputs[i] / d inputs[j], by the way that needs fewer passes."""
    order = _dependencies(graph, outputs)
    if len(outputs) < len(inputs):
        return tuple(_backward(graph, order, output, inputs) for output in outputs)
    columns = [_forward(graph, order, outputs, variable) for variable in inputs]
    return tuple(zip(*columns, strict=True)) if columns else tuple(() for _ in outputs)


def _dependencies(graph: Graph, outputs: Iterable[Node]) -> list[Node]:
    """The operations that the outputs depend on, in order of evaluation."""
    needed = set(outputs)
    for node in reversed(range(max(needed, default=-1) + 1)):
        if node in needed and (step := graph.steps[node]) is not None:
            needed.update(step.operands)
    return sorted(node for node in needed if graph.steps[node] is not None)


def _partials(
    graph: Graph, node: Node, step: Step, active: Iterable[Node]
) -> Iterator[tuple[Node, Node]]:
    """For each active operand of a step: the operand, and the derivative of the step by it."""
    if step.name in CONSTANT_ON_PIECES:
        return
    for operand, partial in zip(step.operands, PARTIALS[step.name], strict=True):
        if operand in active:
            yield operand, partial(graph, step.operands, node)


def _forward(
    graph: Graph, order: Sequence[Node], outputs: Sequence[Node], variable: Node
) -> tuple[Node, ...]:
    """One column: tangents pushed from one variable to all outputs."""
    tangents: dict[Node, Node] = {variable: graph.constant(1)}
    for node in order:
        step = graph.steps[node]
        assert step is not None
        for operand, partial in _partials(graph, node, step, tangents):
            _accumulate(graph, tangents, node, graph.mul(partial, tangents[operand]))
    return tuple(_or_zero(graph, tangents, output) for output in outputs)


def _backward(
    graph: Graph, order: Sequence[Node], output: Node, inputs: Sequence[Node]
) -> tuple[Node, ...]:
    """One row: the cotangent of one output pulled back to all inputs."""
    active = _influenced(graph, order, inputs)
    cotangents: dict[Node, Node] = {output: graph.constant(1)}
    for node in reversed(order):
        step = graph.steps[node]
        if node not in cotangents or step is None:
            continue
        for operand, partial in _partials(graph, node, step, active):
            _accumulate(graph, cotangents, operand, graph.mul(cotangents[node], partial))
    return tuple(_or_zero(graph, cotangents, variable) for variable in inputs)


def _influenced(graph: Graph, order: Sequence[Node], inputs: Iterable[Node]) -> set[Node]:
    """The nodes whose value depends on the inputs."""
    active = set(inputs)
    for node in order:
        step = graph.steps[node]
        if step is not None and not active.isdisjoint(step.operands):
            active.add(node)
    return active


def _accumulate(graph: Graph, sums: dict[Node, Node], node: Node, term: Node) -> None:
    sums[node] = graph.add(sums[node], term) if node in sums else term


def _or_zero(graph: Graph, sums: dict[Node, Node], node: Node) -> Node:
    return sums[node] if node in sums else graph.constant(0)
