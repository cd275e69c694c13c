"""What the widgets ask the server of their own accord: for their examples, and for the options that
lessons give them.

A question is the subject of an address below ``/api`` with the fields as the browser sends them.
Each function here knows one widget; the module beside it in ``static/widgets/<name>`` that asks is
named in its docstring.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from app.api.functions import read_question
from app.diagnostics import NablaError
from app.export.asked import Options, Question
from app.export.asked_always import gaussian_process, natural_gradient, variational_inference
from app.lessons.widgets import KnownWidget
from app.networks import ACTIVATIONS, LOSSES, Layer, forward, sites
from app.networks.operations import AFFINE, loss_operation


def questions_of(widget: KnownWidget, shown: Sequence[Options]) -> Iterator[Question]:
    """All questions of a widget; ``shown`` are the options that pages give it."""
    ask = WIDGETS.get(widget.name)
    if ask is None:
        return
    defaults = {
        name: schema["default"] for name, schema in widget.options.items() if "default" in schema
    }
    examples = [*shown, *(preset for preset in widget.presets if isinstance(preset, dict))]
    for options in [{}, *examples]:
        yield from ask(options, defaults)


# ----------------------------------------------------------------------- functions of two variables


def jacobian(options: Options, defaults: Options) -> Iterator[Question]:
    """``source.js``: the function."""
    yield Question("jacobian", _function(options, defaults))


def gradient(options: Options, defaults: Options) -> Iterator[Question]:
    """``static/landscape/source.js``: the function."""
    yield Question("hessian", _function(options, defaults))


WINDOW: Final = (0, 0, 2.5)
"""The window of a function that says none (``WINDOW_HALF`` in static/landscape/parts.js)."""


def hessian(options: Options, defaults: Options) -> Iterator[Question]:
    """The same, and the critical points in the window at the start."""
    function = _function(options, defaults)
    x, y, half = options.get("window", WINDOW)
    box = ",".join(map(_number, (x - half, x + half, y - half, y + half)))
    yield Question("hessian", function)
    yield Question("critical-points", {**function, "box": box})


def _function(options: Options, defaults: Options) -> dict[str, str]:
    values = {**defaults, **options}
    return {"f": values["f"], "vars": ",".join(values["vars"])}


def _number(value: float) -> str:
    """As JavaScript writes it, for numbers that a window may have."""
    return f"{value + 0.0:.8g}"


def chain_rule(options: Options, defaults: Options) -> Iterator[Question]:
    """``numbers-source.js``: each function of a composition, the innermost first.

    How many variables a function has is known when the one before it has been read.
    """
    values = {**defaults, **options}
    functions = list(reversed(values["functions"]))
    entries = len(values["at"])
    letters = ("x", *"uv")
    for f, letter in zip(functions, letters, strict=False):
        names = [f"{letter}{number}" for number in range(1, entries + 1)]
        fields = {"f": f, "vars": ",".join(names)}
        yield Question("jacobian", fields)
        try:
            entries = len(read_question(fields).entries)
        except NablaError:
            return


# ------------------------------------------------------------------------------ matrix expressions


def rules(options: Options, defaults: Options) -> Iterator[Question]:
    """``widget.js``: a derivative in numbers, by the name of the example and by every other."""
    if "expr" in options:
        expr, given = options["expr"], options.get("given", "")
        chosen = options.get("wrt", "")
        for wrt in dict.fromkeys((chosen, *names_in(expr))):
            fields = {"expr": expr, "wrt": wrt, "given": given}
            yield Question("derivative/numbers", fields, optional=wrt != chosen)


def derivative(options: Options, defaults: Options) -> Iterator[Question]:
    """``widget.js`` and ``source.js``: how the expression is read, and its derivative."""
    if "expr" not in options:
        options = {"expr": "norm2(A*x - b)^2", "wrt": "x", "given": "A: m,n; b: m"}
    expr, names = options["expr"], names_in(options["expr"])
    wrt = re.findall(r"[^\W\d_]\w{0,23}", str(options.get("wrt", "")))[:2]
    given = _clauses(options.get("given", ""), {*names, *wrt})
    yield Question("reading", {"expr": expr, "given": given})
    yield Question("derivative", {"expr": expr, "wrt": ",".join(wrt), "given": given})
    for other in names:
        if [other] != wrt:
            fields = {"expr": expr, "wrt": other, "given": given}
            yield Question("derivative", fields, optional=True)


def working(options: Options, defaults: Options) -> Iterator[Question]:
    """``widget.js``: how the expression is read, and the verdict on the lines."""
    if "expr" not in options:
        lines = ["dx'*A*x + x'*A*dx"]
        options = {"expr": "x'*A*x", "wrt": "x", "given": "A: n,n", "lines": lines}
    expr, names = options["expr"], names_in(options["expr"])
    given = _clauses(options.get("given", ""), set(names))
    wrt = str(options.get("wrt", "")).strip()
    if wrt not in names:
        wrt = next((name for name in ("X", "x", "W", "w") if name in names), (*names, "")[0])
    lines = [line for line in options.get("lines", ()) if line.strip()]
    yield Question("reading", {"expr": expr, "given": given})
    if lines:
        fields = {"lines": "\n".join(lines), "expr": expr, "wrt": wrt, "given": given}
        yield Question("check-working", fields)


def custom_autograd(options: Options, defaults: Options) -> Iterator[Question]:
    """``widget.js``: the verdict on the backward passes of a layer."""
    values = {**({} if "forward" in options else defaults), **options}
    forward, names = values["forward"], names_in(values["forward"])
    texts = [str(text) for text in values.get("backward", ())]
    inputs = list(values.get("inputs", ()))
    texts += [""] * (len(inputs) - len(texts))
    passes = {name: text for name, text in zip(inputs, texts, strict=False) if name in names}
    cotangent = values.get("cotangent", "")
    fields = {
        "forward": forward,
        "given": _clauses(values.get("given", ""), set(names)),
        "backward": passes,
        **({"cotangent": cotangent} if cotangent else {}),
    }
    yield Question("vector-jacobian-product", fields, "POST")


def names_in(expression: str) -> list[str]:
    """The names in an expression, as the browser tells them (``static/math/clauses.js``)."""
    words = re.findall(r"(?<!\w)([^\W\d_]\w*)(?!\s*\(|\w)", expression)
    return list(dict.fromkeys(word for word in words if word not in ("pi", "T")))


def _clauses(given: str, names: set[str]) -> str:
    """Only what is said about these names."""
    clauses = {}
    for clause in re.split(r"[;\n]", given):
        name, colon, said = clause.partition(":")
        if colon and name.strip():
            clauses[name.strip()] = said.strip()
    return "; ".join(f"{name}: {said}" for name, said in clauses.items() if name in names)


# -------------------------------------------------------------------------------------- regression

LOSS: Final = {"expr": "norm2(X*w - y)^2/(2*N)", "given": "X: n,d; w: d; y: n; N: scalar"}
MOST_FEATURES: Final = 4
"""Of a dataset with more, not every choice of features is written out."""


def regression(options: Options, defaults: Options) -> Iterator[Question]:
    """``source.js``: the fit of an example, raw and standardised; how the gradient is derived."""
    dataset = options.get("dataset", defaults["dataset"])
    source = {"csv": options["csv"]} if "csv" in options else {"dataset": dataset}
    fields = source | {name: options[name] for name in ("target", "features") if options.get(name)}
    if options.get("copy"):
        fields["near_copy"] = options["copy"]
    usual = options.get("standardize") is True
    for standardize in (usual, not usual):
        scale = {"standardize": True} if standardize else {}
        optional = standardize != usual
        yield Question("regression", fields | scale, "POST", optional)
        for features in _choices(fields.get("features", ())):
            chosen = {k: v for k, v in fields.items() if k != "near_copy"} | {"features": features}
            yield Question("regression", chosen | scale, "POST", optional=True)
    for layout in ("numerator", "denominator"):
        yield Question("derivative", {**LOSS, "wrt": "w", "layout": layout})


def _choices(features: Sequence[str]) -> Iterator[list[str]]:
    """Every choice of some of these features."""
    if len(features) <= MOST_FEATURES:
        for count in range(1, len(features) + 1):
            yield from map(list, combinations(features, count))


# --------------------------------------------------------------------------------- backpropagation

SPREAD: Final = 7919
"""How the number of a puzzle chooses a fault (``static/widgets/backpropagation/puzzle.js``)."""


def backpropagation(options: Options, defaults: Options) -> Iterator[Question]:
    """``widget.js``: NumPy's numbers for an example; ``derivation-view.js``: the rule of a step."""
    if "layers" in options:
        yield Question("backpropagation", _network(options), "POST")
        return
    operations = {AFFINE, *ACTIVATIONS.values()}
    operations |= {loss_operation(loss, last) for loss in LOSSES for last in (None, "softmax")}
    for operation in sorted(operations, key=lambda each: each.name):
        for name in operation.names:
            fields = {"expr": operation.expression, "wrt": name, "given": operation.given}
            yield Question("derivative", fields)


def _network(example: Options) -> dict[str, Any]:
    layers = [
        {
            **{name: layer[name] for name in ("weights", "bias") if name in layer},
            "activation": layer.get("activation"),
        }
        for layer in example["layers"]
    ]
    loss = example.get("loss", LOSSES[0])
    network = {
        "layers": layers,
        "input": example["input"],
        "target": example["target"],
        "loss": loss,
    }
    if puzzle := example.get("puzzle"):
        x, y = (np.array(example[name], float) for name in ("input", "target"))
        possible = sites(forward([_layer(each) for each in layers], x, y, loss))
        fault = possible[puzzle * SPREAD % len(possible)]
        network["fault"] = {"name": fault.fault, "at": fault.head}
    return network


def _layer(written: Options) -> Layer:
    weights, bias = (
        np.array(written[name], float) if name in written else None for name in ("weights", "bias")
    )
    return Layer(weights, bias, written["activation"])


WIDGETS: Final[Mapping[str, Callable[[Options, Options], Iterator[Question]]]] = {
    "jacobian": jacobian,
    "gradient": gradient,
    "hessian": hessian,
    "chain-rule": chain_rule,
    "rules": rules,
    "derivative": derivative,
    "working": working,
    "custom-autograd": custom_autograd,
    "gaussian-process": gaussian_process,
    "natural-gradient": natural_gradient,
    "variational-inference": variational_inference,
    "regression": regression,
    "backpropagation": backpropagation,
}
"""The widgets that ask; the others compute in the browser alone."""
