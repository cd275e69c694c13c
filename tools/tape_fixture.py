"""Write tests/fixtures/tapes.json: tapes with the values that SymPy finds at many points.

    python -m tools.tape_fixture

Both evaluators, NumPy's and the browser's, are tested against the file.  SymPy differentiates the
function itself and evaluates with 30 digits, so it shares nothing with the tape but the tree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sympy

from app.calculus import entries_of, jacobian_tape, symbolic
from app.expressions import parse

TARGET = Path(__file__).parents[1] / "tests" / "fixtures" / "tapes.json"

PLANE = [(1, 1), (0.5, -1.25), (-2, 0.75), (3.5, 2.25), (0.0625, 0.125), (-1.5, -0.375)]
POSITIVE = [(1, 1.5), (0.5, 1.25), (2, 0.75), (3.5, 2.25), (0.0625, 0.125), (12, 7.5)]
UNIT = [(0.5, 0.25), (-0.5, 0.875), (0.125, -0.75), (-0.96875, -0.0625)]
LINE = [(0.5,), (-0.25,), (2,), (-3.5,), (6.25,)]
SPACE = [(1, 2, 3), (-0.5, 0.25, 1.5), (2.5, -1.25, 0.75)]

FUNCTIONS: list[tuple[str, str, Sequence[Sequence[float]]]] = [
    ("[x^2 - y^2, 2 x y]", "x y", PLANE),
    ("[2x - 3y + 1, x/2 + y]", "x y", PLANE),
    ("[x cos y, x sin y]", "x y", PLANE),
    ("[x cos(x^2 + y^2) - y sin(x^2 + y^2), x sin(x^2 + y^2) + y cos(x^2 + y^2)]", "x y", PLANE),
    ("[x^3 - 3 x y^2, 3 x^2 y - y^3]", "x y", PLANE),
    ("[x, x y - y^3/3]", "x y", PLANE),
    ("[x + y, x - y, x y]", "x y", PLANE),
    ("exp(x y) cos(x + y) + x^2", "x y", PLANE),
    ("x^4 y^-2 - 1/(1 + x^2)", "x y", PLANE),
    ("sqrt(1 + x^2 + y^2)", "x y", PLANE),
    ("x^y", "x y", POSITIVE),
    ("[log(x/y), sqrt(x y), x^(1/3)]", "x y", POSITIVE),
    ("[x^2.5, 2^y, e^(x - y)]", "x y", POSITIVE),
    ("[arcsin x, arccos y, arctan(x y)]", "x y", UNIT),
    ("[sinh x, cosh y, tanh(x - y)]", "x y", PLANE),
    ("[tan x, tan(y/2)]", "x y", UNIT),
    ("atan2(y, x)", "x y", PLANE),
    ("[abs(x - 2y), sign(x) y, relu(x + 3y)]", "x y", PLANE),
    ("[sigmoid(3x - y), softplus(x + 2y)]", "x y", PLANE),
    ("[min(x, 2y), max(x^2, y)]", "x y", PLANE),
    ("[sigmoid(40x), softplus(-30x), tanh(20x)]", "x", LINE),
    ("(1 + x^2)^7 / (2 + sin x)", "x", LINE),
    ("exp(-x^2/2)/sqrt(2pi)", "x", LINE),
    ("x^12 - 3x^5 + 1", "x", LINE),
    ("log(1 + e^x)", "x", LINE),
    ("sin(cos(sin(cos x)))", "x", LINE),
    ("[x y z, x + y^2 + z^3, sin(x) cos(y) exp(z)]", "x y z", SPACE),
    ("sqrt(x^2 + y^2 + z^2)", "x y z", SPACE),
    ("x exp(-(y^2 + z^2)) + z/(1 + x^2)", "x y z", SPACE),
    ("100 (y - x^2)^2 + (1 - x)^2", "x y", PLANE),
    ("0.1 x^2 + 1/3 x y + 1e-3 y^3", "x y", PLANE),
    ("[tanh(2x - y + 0.5), sigmoid(x + y), relu(x - y + 0.1)]", "x y", PLANE),
    ("log(exp(x) + exp(y) + exp(x y))", "x y", PLANE),
    ("x^2/(x^2 + y^2)", "x y", PLANE),
    ("1/x + 1/y^3 + 5/(x y)", "x y", PLANE),
    ("[cos(3x) + cos(5y), sin(3x) sin(5y)]", "x y", PLANE),
    ("[(x + y)^50 / 1e10, (x - y)^9]", "x y", UNIT),
]  # fmt: skip

_NUMERIC = {
    symbolic.signum: sympy.sign,
    symbolic.absolute: sympy.Abs,
    symbolic.relu: lambda a: sympy.Max(a, 0),
    symbolic.sigmoid: lambda a: 1 / (1 + sympy.exp(-a)),
    symbolic.softplus: lambda a: sympy.log(1 + sympy.exp(a)),
    symbolic.minimum: sympy.Min,
    symbolic.maximum: sympy.Max,
}


def number(expression: Any, at: dict[Any, Any]) -> float:
    """The value with 30 digits, rounded to the nearest float."""
    value = expression.subs(at)
    for own, known in _NUMERIC.items():
        value = value.replace(own, known)
    return float(sympy.N(value, 30))


def case(expression: str, variables: tuple[str, ...], points: Any) -> dict[str, Any]:
    entries = entries_of(parse(expression, variables=variables, mode="scalar"))
    names = symbolic.symbols(variables)
    functions = [symbolic.to_sympy(entry, names) for entry in entries]
    derivatives = [[f.diff(names[v]) for v in variables] for f in functions]
    exact = [dict(zip(names.values(), map(sympy.Rational, p), strict=True)) for p in points]
    return {
        "expression": expression,
        "tape": jacobian_tape(entries, variables).as_json(),
        "points": [list(map(float, point)) for point in points],
        "values": [[number(f, at) for f in functions] for at in exact],
        "jacobians": [[[number(d, at) for d in row] for row in derivatives] for at in exact],
    }


def main() -> None:
    cases = [case(text, tuple(names.split()), points) for text, names, points in FUNCTIONS]
    TARGET.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(each) for each in cases)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(sum(len(each["points"]) for each in cases), "pairs of a function and a point")


if __name__ == "__main__":
    main()
