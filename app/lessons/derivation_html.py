"""A derivative as a page shows it: both layouts, the derivation, and the numeric check."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from app.diagnostics import NablaError
from app.expressions import parse, to_tex
from app.lessons.derivation import Derivative, Request, Result, Step
from app.typeset import TexError, to_mathml

LAYOUTS = ("numerator", "denominator")


def left_side(request: Request) -> str:
    """The TeX of what is differentiated, as it stands before the equals sign."""
    try:
        function = to_tex(parse(request.expression, mode="matrix"))
        names = [to_tex(parse(name, mode="matrix")) for name in request.names or ()]
    except NablaError:
        return ""
    below = r"\,".join(rf"\partial {name}" for name in names)
    above = r"\partial" if len(names) < 2 else rf"\partial^{len(names)}"
    return rf"\frac{{{above}}}{{{below}}}\left({function}\right)"


def formulas_html(
    derivative: Derivative, request: Request, anchor: str = "", number: str = ""
) -> str:
    """The derivative in both layouts; a style sheet shows the reader's."""
    left = left_side(request)
    return "".join(
        _formula(f"{left} = {result.tex}", f"layout-{layout}", anchor, number, result)
        for layout, result in zip(
            LAYOUTS, (derivative.numerator, derivative.denominator), strict=True
        )
    )


def _formula(tex: str, class_: str, anchor: str, number: str, result: Result) -> str:
    link = (
        f'<a class="equation-number" href="#{anchor}" aria-label="Equation {number}">({number})</a>'
        if number
        else ""
    )
    shape = f'<span class="shape">{escape(shape_words(result.shape))}</span>'
    return (
        f'<div class="equation {class_}" data-text="{escape(result.text)}">'
        f'<div class="formula">{_math(tex)}</div>{shape}{link}</div>\n'
    )


def verification_html(derivative: Derivative, *, steps: bool = True) -> str:
    """The check mark that opens derivation and numeric check; needs no JavaScript."""
    derivation = _steps_html(derivative.steps) if steps and derivative.steps else ""
    notes = "".join(f'<p class="derivation-note">{escape(str(n))}</p>\n' for n in derivative.notes)
    return (
        '<details class="verification">\n'
        '<summary><span class="verified-mark" aria-hidden="true">✓</span> '
        "Derived and checked</summary>\n"
        f'<div class="verification-body">\n{derivation}{notes}{_check_html(derivative.check)}'
        "</div>\n</details>\n"
    )


def _steps_html(steps: Sequence[Step]) -> str:
    items = "".join(
        f'<li><p class="step-why"><span class="rule-name">{escape(step.rule)}</span> '
        f'{escape(step.explanation)}</p><div class="formula">{_math(step.tex)}</div></li>\n'
        for step in steps
    )
    return f'<ol class="derivation">\n{items}</ol>\n'


def _check_html(check: Any) -> str:
    return (
        '<p class="numeric-check">Compared with central differences at '
        f"{check.samples} random points, {escape(sizes_words(check.sizes))}: the largest relative "
        f"error is {error_html(check.max_relative_error)}.</p>\n"
    )


def sizes_words(sizes: Any) -> str:
    """The sizes of a check in words, such as "with m = 3, n = 4"."""
    if isinstance(sizes, dict):
        pairs = [f"{name} = {size}" for name, size in sizes.items()]
        return f"with {', '.join(pairs)}" if pairs else "all sizes fixed"
    found = [sizes_words(dict(one) if not isinstance(one, dict) else one) for one in sizes or ()]
    distinct = list(dict.fromkeys(found))
    return "; ".join(distinct) if distinct else "all sizes fixed"


def error_html(error: float) -> str:
    """A relative error as a reader reads it, such as 2 × 10⁻⁹."""
    if error == 0:
        return "0"
    mantissa, exponent = f"{error:.0e}".split("e")
    return f"{mantissa}&nbsp;×&nbsp;10<sup>{int(exponent)}</sup>".replace("-", "−")


def shape_words(shape: Sequence[object]) -> str:
    """A shape such as "m × n"; a number is a scalar."""
    sizes = [str(size) for size in shape]
    if all(size == "1" for size in sizes):
        return "scalar"
    return " × ".join(sizes if len(sizes) > 1 else [*sizes, "1"])


def _math(tex: str) -> str:
    try:
        return to_mathml(tex, display=True)
    except TexError:
        return f"<code>{escape(tex)}</code>"
