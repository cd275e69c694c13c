"""``nabla derive``: a matrix derivative in the terminal, with its derivation if wanted."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from app.cli.common import EXIT_USAGE, Commands
from app.diagnostics import NablaError, Span

if TYPE_CHECKING:
    from app.matrices import Derivative, Result
    from app.matrices.shapes import Dimension

LAYOUTS = ("numerator", "denominator")
WIDTH = 88
EXAMPLE = """\
example:
  nabla derive "norm2(A*x-b)^2" --wrt x --given "A: m,n; b: m" --steps
"""


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "derive",
        help="differentiate a matrix expression",
        description="Differentiate an expression of scalars, vectors and matrices in closed form.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("expression", help="what to differentiate, such as x'*A*x")
    command.add_argument("--wrt", help="the variable, or two with a comma for a second derivative")
    command.add_argument(
        "--given", default="", help="shapes and properties: A: n,n symmetric; x: n"
    )
    command.add_argument("--layout", choices=LAYOUTS, help="one layout only (default: both)")
    command.add_argument("--steps", action="store_true", help="show the derivation")
    command.add_argument("--json", action="store_true", help="print JSON for other programs")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    try:
        derivative, reading = _read(options)
        lines = list(_json(derivative, options) if options.json else _text(derivative, options))
    except NablaError as error:
        print(explain(error, options.expression), file=sys.stderr)
        return EXIT_USAGE
    if reading and not options.json:
        lines.insert(0, reading)
    print("\n".join(lines))
    return 0


def _read(options: argparse.Namespace) -> tuple[Derivative, str]:
    """The derivative, and a sentence where letters were read otherwise than by default.

    Raises NablaError.
    """
    from app.matrices import differentiate_kindly, note_on

    names = [name.strip() for name in options.wrt.split(",")] if options.wrt else []
    derivative, as_columns = differentiate_kindly(options.expression, names, options.given)
    return derivative, f"{note_on(as_columns)}\n" if as_columns else ""


def explain(error: NablaError, expression: str) -> str:
    """The error with the place in the expression that it is about."""
    problem = error.problem
    lines = [f"nabla: {problem.message}"]
    if problem.span is not None and Span(*problem.span).end <= len(expression) + 1:
        lines.append(textwrap.indent(Span(*problem.span).caret(expression), "    "))
    if problem.hint:
        lines.append(problem.hint)
    if problem.code == "shape":
        lines.append(
            "Without --given, a to g are scalars, h to z columns and capitals matrices; "
            'declare what differs, as in --given "b: m".'
        )
    return "\n".join(lines)


def _text(derivative: Derivative, options: argparse.Namespace) -> Iterator[str]:
    yield f"f = {derivative.expression}    ({_shape(derivative.value_shape)})"
    if options.steps:
        yield from _steps(derivative)
    below = " ".join(f"d{name}" for name in derivative.wrt)
    above = "df" if len(derivative.wrt) == 1 else "d²f"
    for layout, result in _results(derivative, options.layout):
        yield ""
        yield f"{above}/{below} = {result.text}"
        yield f"    {layout} layout, {_shape(result.shape)}{_form(result)}"
    yield ""
    for note in derivative.notes:
        yield from textwrap.wrap(str(note), WIDTH)
    check = derivative.check
    yield (
        f"Checked against central differences at {check.samples} random points: "
        f"largest relative error {check.max_relative_error:.0e}."
    )


def _steps(derivative: Derivative) -> Iterator[str]:
    for number, step in enumerate(derivative.steps, 1):
        yield ""
        yield from textwrap.wrap(f"{number}. {step.explanation}", WIDTH, subsequent_indent="   ")
        yield f"   {'df' if step.of == 'f' else f'd({step.of})'} = {step.unfolded_text}"


def _results(derivative: Derivative, layout: str | None) -> list[tuple[str, Result]]:
    both = list(zip(LAYOUTS, (derivative.numerator, derivative.denominator), strict=True))
    return [pair for pair in both if layout in (None, pair[0])]


def _shape(shape: Sequence[Dimension]) -> str:
    sizes = [str(size) for size in _sizes(shape)]
    if not sizes:
        return "scalar"
    return f"column of length {sizes[0]}" if len(sizes) == 1 else " × ".join(sizes)


def _sizes(shape: Sequence[Dimension]) -> list[str | int]:
    """As they are written: 3, n or m*n."""
    return ["*".join(map(str, size)) if isinstance(size, tuple) else size for size in shape]


def _form(result: Result) -> str:
    return ", vec/Kronecker form" if result.form == "vec/Kronecker" else ""


def _json(derivative: Derivative, options: argparse.Namespace) -> Iterator[str]:
    check = derivative.check
    found: dict[str, Any] = {
        "expression": derivative.expression,
        "wrt": list(derivative.wrt),
        "value_shape": _sizes(derivative.value_shape),
        "results": {
            layout: {
                "text": result.text,
                "tex": result.tex,
                "shape": _sizes(result.shape),
                "form": result.form,
            }
            for layout, result in _results(derivative, options.layout)
        },
        "notes": [str(note) for note in derivative.notes],
        "numpy": derivative.numpy,
        "check": {"samples": check.samples, "max_relative_error": check.max_relative_error},
    }
    if options.steps:
        found["steps"] = [
            {"rule": step.rule, "explanation": step.explanation, "text": step.text, "tex": step.tex}
            for step in derivative.steps
        ]
    yield json.dumps(found, indent=2, ensure_ascii=False)
