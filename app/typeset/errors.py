"""What is wrong with a formula, said to whoever wrote it.

Temml's own messages are precise and terse; the table below gives the usual ones in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from app.diagnostics import NablaError, Problem, Span, did_you_mean


class TexError(NablaError):
    """A formula that cannot be set.

    ``problem.span`` points into the TeX source, in code points, where the place is known;
    ``problem.code`` is ``tex``.
    """


Wording = tuple[str, str | None]

# First match wins. The groups of the pattern are handed to the wording.
_WORDINGS: tuple[tuple[str, Callable[..., Wording]], ...] = (
    (
        r"Unexpected end of input in a macro argument, expected '\}'|Expected '\}', got 'EOF'",
        lambda: ("A brace is opened and never closed.", "Add the missing “}”."),
    ),
    (
        r"expected '\]'",
        lambda: ("A bracket is opened and never closed.", "Add the missing “]”."),
    ),
    (
        r"Expected & or ",
        lambda: ("An environment is opened and never closed.", r"Add its \end{…}."),
    ),
    (
        r"Expected 'EOF', got '\}'",
        lambda: ("A brace is closed that was never opened.", "Remove the “}”, or add its “{”."),
    ),
    (
        r"Expected 'EOF', got '&'",
        lambda: (
            "“&” stands outside a matrix or an aligned block.",
            r"Put the lines into \begin{aligned} … \end{aligned}, or write \& for the sign.",
        ),
    ),
    (
        r"Expected 'EOF', got '\\\\'",
        lambda: (
            "A line break stands outside a matrix or an aligned block.",
            r"Put the lines into \begin{aligned} … \end{aligned}.",
        ),
    ),
    (
        r"Double (superscript|subscript)",
        lambda kind: (
            f"Two {kind}s follow one another.",
            f"Say with braces what belongs together, as in {{x_1}}^{{2}} or x^{{ab}}; the second "
            f"{kind} has nothing to stand on.",
        ),
    ),
    (
        r"Mismatch: (\S+) matched by (\S+)",
        lambda begin, end: (f"{begin} is closed by {end}.", "The two names have to be the same."),
    ),
    (
        r"No such environment: (\S+)",
        lambda name: (f"There is no environment called “{name}”.", None),
    ),
    (
        r"Expected '\\right', got 'EOF'|Expected '\\right', got '.*'",
        lambda: (r"\left has no \right.", r"Close it; \right. closes it invisibly."),
    ),
    (
        r"Function \"(\S+)\" is not trusted",
        lambda name: (f"“{name}” is not allowed in a formula.", None),
    ),
    (
        r"Too many expansions",
        lambda: ("A macro of this formula goes on for ever.", "Look at the macros in book.toml."),
    ),
    (
        r"\{(\S+)\} can be used only in display mode",
        lambda name: (
            f"“{name}” needs a display formula.",
            f"Write it between $$ and $$, or use “{name.rstrip('*')}ed” inside a line.",
        ),
    ),
    (
        r"Maximum call stack size exceeded",
        lambda: ("The formula is nested too deeply.", "Split it into several formulas."),
    ),
    (
        r"interrupted|out of memory",
        lambda: ("The formula takes too much time or memory to set.", "Split it into several."),
    ),
)

_UNKNOWN_COMMAND = re.compile(r"(?:Unsupported function name|Undefined control sequence): (\\\S+)")


def tex_error(
    message: str, tex: str, position: int | None, commands: Callable[[], Iterable[str]]
) -> TexError:
    """The error for Temml's ``message`` about ``tex``.

    ``position`` is where Temml saw it (code points) or None; ``commands`` yields the names that
    Temml knows, asked only when a command is unknown.
    """
    text = _without_place(message)
    span = _span(tex, position)
    unknown = _UNKNOWN_COMMAND.search(text)
    if unknown:
        name = unknown[1]
        hint = did_you_mean(name, commands()) or "Check the spelling."
        return refusal(f"TeX does not know the command “{name}”.", hint, span)
    for pattern, wording in _WORDINGS:
        found = re.search(pattern, text)
        if found:
            return refusal(*wording(*found.groups()), span)
    return refusal(f"The formula cannot be set: {text.strip().rstrip('.:')}.", None, span)


def refusal(message: str, hint: str | None, span: Span | None = None) -> TexError:
    """A formula error of our own."""
    return TexError(Problem("tex", message, span=span, hint=hint))


def _without_place(message: str) -> str:
    first = message.removeprefix("ParseError:").split("\n    at ")[0]
    return re.split(r" at (?:position \d+|end of input):", first)[0].strip()


def _span(tex: str, position: int | None) -> Span | None:
    if position is None or not 0 <= position <= len(tex):
        return None
    token = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL).match(tex, position)
    return Span(position, token.end() if token else position)
