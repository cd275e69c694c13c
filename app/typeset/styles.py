"""Style attributes into classes.

Temml writes a handful of declarations as ``style="…"``, which a strict Content-Security-Policy
forbids.  Each declaration in ``DECLARATIONS`` becomes one class of
``static/styles/math-classes.css``; a formula that would need any other is refused, because it would
silently look wrong.
"""

from __future__ import annotations

import re

from app.typeset.errors import refusal

# Declarations that the stylesheet's own rules for the element make superfluous.
SUPERFLUOUS = frozenset({"display:block math"})

DECLARATIONS = frozenset(
    {
        "border-bottom:0.06em dashed",
        "border-bottom:0.06em solid",
        "border-bottom:0.15em double",
        "border-left:0.06em dashed",
        "border-left:0.06em solid",
        "border-left:0.15em double",
        "border-right:0.06em dashed",
        "border-right:0.06em solid",
        "border-right:0.15em double",
        "border-top:0.06em dashed",
        "border-top:0.06em solid",
        "border-top:0.15em double",
        "border:1px solid",
        "bottom:0",
        "display:flex",
        "font-weight:bold",
        "justify-content:center",
        "margin-left:-0.1667em",
        "margin-left:-0.2222em",
        "margin-left:-0.2778em",
        "math-depth:0",
        "math-depth:2",
        "padding-bottom:0",
        "padding-left:0.1389em",
        "padding-left:0.4em",
        "padding-left:0em",
        "padding-left:0pt",
        "padding-left:1em",
        "padding-left:5.9776pt",
        "padding-right:0.1389em",
        "padding-right:0.4em",
        "padding-right:0em",
        "padding-right:0pt",
        "padding-right:1em",
        "padding-right:5.9776pt",
        "padding-top:0",
        "padding:0",
        "padding:3pt",
        "position:absolute",
        "position:relative",
        "right:0",
        "text-align:left",
        "width:100%",
        "width:50%",
        "width:7.5%",
    }
)

_TAG = re.compile(r"<[a-z]+ [^>]*?style=\"[^\"]*\"[^>]*>")
_STYLE = re.compile(r" style=\"([^\"]*)\"")
_CLASS = re.compile(r" class=\"([^\"]*)\"")


def class_name(declaration: str) -> str:
    """The class for one declaration: ``padding-left:0em`` gives ``s-padding-left-0em``."""
    readable = declaration.replace("%", "-percent").replace(":-", "-minus-")
    return "s-" + re.sub(r"[^a-z0-9]+", "-", readable).strip("-")


def styles_to_classes(mathml: str) -> str:
    """The same MathML without ``style`` attributes. Raises TexError for an unknown declaration."""
    return _TAG.sub(lambda tag: _reclassed(tag[0]), mathml)


def _reclassed(tag: str) -> str:
    style = _STYLE.search(tag)
    if style is None:
        return tag
    names = [class_name(d) for d in _declarations(style[1]) if d not in SUPERFLUOUS]
    bare = tag.replace(style[0], "", 1)
    old = _CLASS.search(bare)
    if old:
        return bare.replace(old[0], f' class="{" ".join([old[1], *names])}"', 1)
    return bare[:-1] + f' class="{" ".join(names)}">' if names else bare


def _declarations(style: str) -> list[str]:
    found = [re.sub(r"\s*:\s*", ":", part.strip()) for part in style.split(";") if part.strip()]
    for declaration in found:
        if declaration not in DECLARATIONS | SUPERFLUOUS:
            raise refusal(*_explanation(declaration))
    return found


def _explanation(declaration: str) -> tuple[str, str]:
    if declaration.startswith(("color", "background", "border")):
        return (
            "Formulas take their colour from the page.",
            r"Write \class{accent}{…}, \class{accent-2}{…} or \class{accent-3}{…}.",
        )
    return (
        f"The formula needs “{declaration}”, which the book's stylesheet does not have.",
        r"Use \,  \;  \quad or \qquad for space, and the matrix environments as they are.",
    )
