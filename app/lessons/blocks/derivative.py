"""``{derivative} expression``: derived by the engine, in both layouts, and checked.

The author's claim is compared with what the engine found; a wrong claim is a content error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.diagnostics import Problem
from app.lessons.blocks.base import Block, attributes
from app.lessons.calls import Call
from app.lessons.derivation import Request, claim_problem, derive
from app.lessons.derivation_html import formulas_html, verification_html

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    request = Request(
        call.argument, call.text("wrt"), call.text("given"), call.text("claim"), _layout(call, page)
    )
    derived = derive(request)
    if isinstance(derived, Problem):
        page.notebook.add(derived, call.line)
        return ""
    wrong = claim_problem(request)
    if wrong:
        page.notebook.add(wrong, call.option_lines["claim"])
    caption = f"<figcaption>\n{body}</figcaption>\n" if body.strip() else ""
    proof = verification_html(derived, steps=call.text("steps", "true") == "true")
    return (
        f'<figure class="derivative"{attributes(id=call.anchor)}>\n'
        f"{formulas_html(derived, call.anchor, call.number)}{caption}{proof}</figure>\n"
    )


def _layout(call: Call, page: Rendering) -> str:
    layout = call.text("claim-layout")
    if layout and layout not in ("numerator", "denominator"):
        page.notebook.unknown(
            "value",
            "layout",
            layout,
            ("numerator", "denominator"),
            call.option_lines["claim-layout"],
        )
        return ""
    steps = call.text("steps", "true")
    if steps not in ("true", "false"):
        line = call.option_lines["steps"]
        page.notebook.note("value", f"“steps” is true or false, not “{steps}”.", line)
    return layout


DERIVATIVE = Block(
    name="derivative",
    title="Equation",
    render=_render,
    argument="required",
    argument_is="expression",
    options=frozenset({"wrt", "given", "claim", "claim-layout", "label", "steps"}),
    body_required=False,
    counter="equation",
    label_kind="equation",
)
