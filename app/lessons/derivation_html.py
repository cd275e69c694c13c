"""A derivative as a page shows it: both layouts, the derivation, and the numeric check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from app.lessons.derivation import Derived, Form, Line
from app.typeset import TexError, to_mathml

WIDE_FORMULA = 240  # letters of TeX; from there on a formula is set smaller in narrow print


def formulas_html(derived: Derived, anchor: str = "", number: str = "") -> str:
    """The derivative in both layouts; a style sheet shows the reader's."""
    return _formula(derived.left, derived.numerator, "layout-numerator", anchor, number) + _formula(
        derived.left, derived.denominator, "layout-denominator", anchor, number
    )


def _formula(left: str, form: Form, class_: str, anchor: str, number: str) -> str:
    link = (
        f'<a class="equation-number" href="#{anchor}" aria-label="Equation {number}">({number})</a>'
        if number
        else ""
    )
    tex = f"{left} = {form.tex}"
    formula = "formula wide-formula" if len(tex) > WIDE_FORMULA else "formula"
    return (
        f'<div class="equation {class_}" data-text="{escape(form.text)}">'
        f'<div class="{formula}">{_math(tex)}</div>{link}</div>\n'
    )


def verification_html(derived: Derived, *, steps: bool = True) -> str:
    """The check mark that opens derivation and numeric check; needs no JavaScript."""
    derivation = _lines_html(derived.lines) if steps and derived.lines else ""
    notes = "".join(f'<p class="derivation-note">{escape(note)}</p>\n' for note in derived.notes)
    return (
        f'<details class="verification">\n<summary>{seal_html(derived)}</summary>\n'
        f'<div class="verification-body">\n{derivation}{notes}{_check_html(derived)}'
        "</div>\n</details>\n"
    )


def seal_html(derived: Derived) -> str:
    """The check mark with the shape of the derivative in both layouts."""
    return (
        '<span class="verified-mark" aria-hidden="true">✓</span> '
        f"Derived and checked{_shape(derived.numerator, 'layout-numerator')}"
        f"{_shape(derived.denominator, 'layout-denominator')}"
    )


def _shape(form: Form, class_: str) -> str:
    return f' <span class="derivative-shape {class_}">{escape(form.shape)}</span>'


def _lines_html(lines: Sequence[Line]) -> str:
    items = "".join(
        _line_html(line, new) for line, new in zip(lines, _beginnings(lines), strict=True)
    )
    return f'<ol class="derivation">\n{items}</ol>\n'


def _beginnings(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it begins the differentiation of something else."""
    before = [None, *(line.left for line in lines)]
    return [line.left != left for line, left in zip(lines, before, strict=False)]


def _line_html(line: Line, new: bool) -> str:
    rules = "".join(
        f'<li><span class="rule-name">{escape(rule.name)}</span> '
        f'<span class="long-formula">{_math(rule.tex, display=False)}</span> '
        f'<span class="rule-source">{escape(rule.source)}</span></li>\n'
        for rule in line.rules
    )
    applied = f'<ul class="applied-rules">\n{rules}</ul>\n' if rules else ""
    left = line.left if new else ""
    return (
        f'<li><p class="step-why"><span class="rule-name">{escape(line.rule)}</span> '
        f"{escape(line.explanation)}</p>{applied}"
        f'<div class="formula">{_math(f"{left} = {line.tex}")}</div></li>\n'
    )


def _check_html(derived: Derived) -> str:
    return (
        '<p class="numeric-check">Compared with central differences at '
        f"{derived.samples} random points, {escape(sizes_words(derived.sizes))}: the largest "
        f"relative error is {error_html(derived.error)}.</p>\n"
    )


def sizes_words(sizes: Sequence[Mapping[str, int]]) -> str:
    """The sizes of a check in words, such as "with m = 3, n = 4; m = 5, n = 2"."""
    found = [", ".join(f"{name} = {size}" for name, size in one.items()) for one in sizes]
    distinct = list(dict.fromkeys(words for words in found if words))
    return f"with {'; '.join(distinct)}" if distinct else "all of them scalars"


def error_html(error: float) -> str:
    """A relative error as one reads it, such as 2 × 10⁻⁹."""
    if error == 0:
        return "0"
    mantissa, exponent = f"{error:.0e}".split("e")
    return f"{mantissa}&nbsp;×&nbsp;10<sup>{int(exponent)}</sup>".replace("-", "−")


def _math(tex: str, *, display: bool = True) -> str:
    try:
        return to_mathml(tex, display=display)
    except TexError:
        return f"<code>{escape(tex)}</code>"
