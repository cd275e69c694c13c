r"""TeX to MathML: the one place where the book's mathematics is set.

    to_mathml(r"\frac{\partial f}{\partial \mathbf{x}}", display=True) -> "<math …>…</math>"

Temml (vendored below ``static/vendor/temml``) runs inside a small JavaScript engine, on the server,
once per formula; results are cached by source.  The MathML carries no ``style`` attribute (a strict
Content-Security-Policy holds; ``static/styles/math-classes.css`` has the classes) and holds its TeX
in ``<annotation encoding="application/x-tex">`` for copying.

**Marking factors.**  Two commands attach something to a part of a formula, for scripts and styles:

- ``\data{shape=m×n}{A}`` puts ``data-shape="m×n"`` on the element of ``A``.  The value is plain
  text (write ``×``, not ``\times``), without comma and braces; commas separate several pairs.
  Only the keys in ``macros.DATA_KEYS`` are taken.
- ``\class{accent}{A}`` puts ``class="accent"`` on it: one or more names of lowercase letters,
  digits and hyphens.

They nest: ``\class{factor}{\data{shape=m×n}{A}}`` gives ``<mi data-shape="m×n" class="factor">``,
and a product inside the braces gives one ``<mrow>``.  Both are taken out of the annotation, so that
a reader copies plain TeX, and the book's macros are written out there.

Nothing that could leave the formula passes: no links, images, identifiers, styles or colours.
"""

from app.typeset.engine import tex_commands
from app.typeset.errors import TexError
from app.typeset.macros import DATA_KEYS, MACROS, notation, notation_in, using
from app.typeset.plain import plain_tex
from app.typeset.render import to_mathml

__all__ = [
    "DATA_KEYS",
    "MACROS",
    "TexError",
    "notation",
    "notation_in",
    "plain_tex",
    "tex_commands",
    "to_mathml",
    "using",
]
