"""How the addresses of the matrix engine are described."""

from __future__ import annotations

from typing import Final

from app.api.schemas import TEXT, TEXT_OR_LIST, Field, Subject

_EXPRESSION: Final = Field(
    "expr", "An expression of scalars, vectors and matrices.", "norm2(A*x-b)^2", TEXT
)
_GIVEN: Final = Field(
    "given",
    "Shapes and properties; what is not declared follows the convention (a to g scalars, h to z "
    "columns, capitals matrices).",
    "A: m,n; x: n; b: m",
    TEXT,
    required=False,
)
_DECLARATIONS: Final = "Every name: {name, kind, shape, properties, given, tex, mathml}."
_FORMULA: Final = {"text": "2*(A*x - b)'*A", "tex": "2 …", "mathml": "<math>…</math>"}

DERIVATIVE: Final = Subject(
    "The derivative of a matrix expression",
    "Differentiates in closed form by differentials, shows the derivation, and checks the result "
    "against central differences at random points before answering.",
    (
        _EXPRESSION,
        Field(
            "wrt",
            "One name, or two for a second derivative; when missing X, x, W or w, else the first.",
            ["x"],
            TEXT_OR_LIST,
            "x",
            required=False,
        ),
        _GIVEN,
        Field("layout", "numerator or denominator.", "numerator", TEXT, required=False),
        Field(
            "simplify",
            "Whether common factors are taken out.",
            True,
            {"type": "boolean"},
            "true",
            required=False,
        ),
    ),
    {
        "result": "The derivative in the layout: {text, tex, mathml, shape, form}.",
        "numerator": "The same in numerator layout.",
        "denominator": "The same in denominator layout.",
        "value_shape": "The axes of the value of the expression.",
        "array_shape": "The axes of the array d f[i…]/d x[j…].",
        "expression": "The expression as it was read: a formula.",
        "wrt": "The names.",
        "given": "All declarations as one text.",
        "declarations": _DECLARATIONS,
        "layout": "The layout of the result.",
        "steps": "Lines {rule, explanation, of, text, tex, mathml, applied}: each an expression of "
        "the differential, each equal to every other; applied are the differential rules used.",
        "three_ways": "Of a first derivative: action on dX, stacked matrix, entries.",
        "numpy": "Source of derivative(...), which returns the array.",
        "torch": "PyTorch source of a scalar function, or null.",
        "jax": "JAX source of a scalar function, or null.",
        "notes": "Where the result does not hold, and how it is meant.",
        "check": "{samples, max_relative_error, sizes} of the comparison with central differences.",
    },
    {
        "result": {**_FORMULA, "shape": [1, "n"], "form": "row"},
        "steps": [{"rule": "simplification", "explanation": "…", "text": "2*(A*x - b)'*A*dx"}],
        "check": {"samples": 3, "max_relative_error": 2e-11, "sizes": [{"m": 3, "n": 4}]},
    },
)

READING: Final = Subject(
    "How a matrix expression is read",
    "The expression typeset, with the shapes that were found for its names.",
    (
        _EXPRESSION,
        _GIVEN,
        Field("wrt", "Names that need not occur.", ["x"], TEXT_OR_LIST, "x", required=False),
    ),
    {
        "expression": "The expression as it was read: a formula.",
        "given": "All declarations as one text.",
        "declarations": _DECLARATIONS,
        "value_shape": "The axes of its value.",
        "notes": "Where the reading departs from the convention.",
    },
    {"expression": _FORMULA, "value_shape": [], "given": "A: m,n; x: n; b: m"},
)

EQUIVALENCE: Final = Subject(
    "Whether two matrix expressions agree",
    "Decided by a normal form, or else by values at random points of three sizes.",
    (
        Field("left", "One expression.", "(A + A')*x", TEXT),
        Field("right", "The other expression.", "2*A*x", TEXT),
        Field("given", _GIVEN.description, "A: n,n symmetric", TEXT, required=False),
    ),
    {
        "agree": "true or false.",
        "decided_by": "normal form, numbers or shape.",
        "explanation": "A sentence.",
        "sizes": "The sizes of the points, if numbers decided.",
        "error": "The largest relative difference, if numbers decided.",
    },
    {"agree": True, "decided_by": "normal form", "explanation": "Multiplied out, …"},
)

WORKING: Final = Subject(
    "A derivation in differentials, checked line by line",
    "Each line is an expression in which the increment of X is named dX. Each is checked for shape "
    "and for equality with the differential of the expression.",
    (
        Field(
            "lines",
            "The lines, as a list or with line breaks between them.",
            ["2*(A*x-b)'*A*dx"],
            TEXT_OR_LIST,
            "2*(A*x-b)'*A*dx",
        ),
        _EXPRESSION,
        Field("wrt", "The name that varies.", "x", TEXT),
        _GIVEN,
    ),
    {
        "correct": "Whether all lines are right.",
        "first_wrong": "The number of the first wrong line, counted from 0, or null.",
        "lines": "For each line {text, correct, decided_by, problem}.",
    },
    {"correct": True, "first_wrong": None, "lines": [{"correct": True, "problem": None}]},
)

NUMBERS: Final = Subject(
    "A matrix derivative in numbers",
    "The derivative of an expression by one name, written out for small sizes as one program: the "
    "value, the closed form in both layouts, and every partial derivative by itself. Whoever runs "
    "it can change the numbers without asking again.",
    (
        _EXPRESSION,
        Field("wrt", "One name; when missing as for /api/derivative.", "x", TEXT, required=False),
        _GIVEN,
    ),
    {
        "expression": "The expression as it was read: a formula.",
        "wrt": "The name.",
        "given": "All declarations as one text.",
        "value_shape": "The axes of the value of the expression.",
        "sizes": "The number that was chosen for each letter.",
        "symbols": "Every name as in the declarations of /api/reading, with values: rows of "
        "numbers to start from. Their entries, row by row, are the inputs of the tape.",
        "numerator": "The closed form in numerator layout: {text, tex, mathml, shape, form}.",
        "denominator": "The same in denominator layout.",
        "entries": "The partial derivatives as a formula in indices.",
        "tape": "A straight-line program as in /api/jacobian. Its outputs: value, numerator and "
        "denominator as rows of slots; entries, the matrix of vec(F) by vec(X), columns stacked.",
        "notes": "Where the result does not hold, and how it is meant.",
        "check": "{samples, max_relative_error} of the comparison with central differences.",
    },
    {
        "numerator": {**_FORMULA, "shape": ["1", "n"], "form": "row"},
        "sizes": {"n": 3},
        "symbols": [{"name": "x", "kind": "vector", "values": [[1.1], [1.8], [-2.6]]}],
        "tape": {"inputs": ["x[1]"], "constants": [], "operations": [], "outputs": {}},
    },
)
