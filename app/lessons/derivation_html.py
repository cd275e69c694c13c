"""A derivative as a page shows it: both layouts, the derivation, and the numeric check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from app.lessons.derivation import Derived, Form, Line
from app.typeset import TexError, to_mathml


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
    return (
        f'<div class="equation {class_}" data-text="{escape(form.text)}">'
        f'<div class="formula">{_math(f"{left} = {form.tex}")}</div>'
        f'<span class="derivative-shape">{escape(form.shape)}</span>{link}</div>\n'
    )


def verification_html(derived: Derived, *, steps: bool = True) -> str:
    """The check mark that opens derivation and numeric check; needs no JavaScript."""
    derivation = _lines_html(derived.lines) if steps and derived.lines else ""
    notes = "".join(f'<p class="derivation-note">{escape(note)}</p>\n' for note in derived.notes)
    return (
        '<details class="verification">\n'
        '<summary><span class="verified-mark" aria-hidden="true">✓</span> '
        "Derived and checked</summary>\n"
        f'<div class="verification-body">\n{derivation}{notes}{_check_html(derived)}'
        "</div>\n</details>\n"
    )


def _lines_html(lines: Sequence[Line]) -> str:
    items = "".join(
        f'<li><p class="step-why"><span class="rule-name">{escape(line.rule)}</span> '
        f'{escape(line.explanation)}</p><div class="formula">{_math(line.tex)}</div></li>\n'
        for line in lines
    )
    return f'<ol class="derivation">\n{items}</ol>\n'


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


def _math(tex: str) -> str:
    try:
        return to_mathml(tex, display=True)
    except TexError:
        return f"<code>{escape(tex)}</code>"
