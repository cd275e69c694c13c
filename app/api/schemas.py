"""How each address is described: its fields, its answer, an example; OpenAPI is made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question: as text in a query, and as ``schema`` in a JSON body.

    Without an ``example`` the field is left out of the example of a question.
    """

    name: str
    description: str
    example: Any
    schema: Mapping[str, Any]
    query_example: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """One address of the API: what it is asked and what it answers."""

    summary: str
    description: str
    fields: tuple[Field, ...]
    answer: Mapping[str, str]
    example: Mapping[str, Any]


PROBLEM_SCHEMA: Final = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "A stable name, such as unknown-name."},
        "detail": {"type": "string", "description": "What is wrong, as a sentence."},
        "span": {
            "type": ["array", "null"],
            "items": {"type": "integer"},
            "description": "Where: start and end in the text, counted in code points.",
        },
        "hint": {"type": ["string", "null"], "description": "What to do about it."},
        "field": {"type": "string", "description": "Which field of the request is meant."},
    },
}
_PROBLEMS: Final = {
    400: "The expression does not parse or does not fit.",
    413: "The expression or the body is too large.",
    422: "A field is missing or malformed.",
    429: "Too many requests from one address; try again after Retry-After seconds.",
    503: "The server is busy; try again after Retry-After seconds.",
    504: "The computation ran out of its time.",
}


def described(subject: Subject, method: str) -> dict[str, Any]:
    """Keyword arguments for a route, so that OpenAPI describes it; reading stays with us."""
    extra: dict[str, Any] = {}
    if method == "GET":
        extra["parameters"] = [_parameter(field) for field in subject.fields]
    else:
        extra["requestBody"] = _body(subject)
    return {
        "summary": subject.summary,
        "description": subject.description,
        "openapi_extra": extra,
        "responses": {200: _success(subject)} | {s: _problem(t) for s, t in _PROBLEMS.items()},
    }


def _parameter(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "in": "query",
        "required": field.required,
        "description": field.description,
        "schema": {"type": "string"},
        "example": field.query_example or str(field.example),
    }


def _body(subject: Subject) -> dict[str, Any]:
    properties = {
        field.name: {**field.schema, "description": field.description} for field in subject.fields
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in subject.fields if field.required],
        "additionalProperties": False,
    }
    example = {each.name: each.example for each in subject.fields if each.example is not None}
    return {"required": True, "content": {"application/json": _media(schema, example)}}


def _success(subject: Subject) -> dict[str, Any]:
    properties = {name: {"description": text} for name, text in subject.answer.items()}
    schema = {"type": "object", "properties": properties}
    content = {"application/json": _media(schema, dict(subject.example))}
    return {"description": "The answer.", "content": content}


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": PROBLEM_SCHEMA}}
    return {"description": description, "content": content}


def _media(schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    return {"schema": schema, "example": example}


TEXT: Final = {"type": "string"}
TEXT_OR_LIST: Final = {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}
POINT: Final = {
    "oneOf": [
        TEXT,
        {"type": "array", "items": {"type": "number"}},
        {"type": "object", "additionalProperties": {"type": "number"}},
    ]
}

VARS: Final = Field(
    "vars", "The variables, at most six, in the order of the columns.", ["x", "y"], TEXT_OR_LIST,
    "x,y",
)  # fmt: skip
AT: Final = Field(
    "at", "A point; with it the answer has numbers.", {"x": 1, "y": 1}, POINT, "1,1", required=False
)

_TAPE: Final = (
    "A straight-line program: slots are numbered inputs, constants, operations, and each operation "
    "names earlier slots. /static/math/operations.json lists the operations."
)

JACOBIAN: Final = Subject(
    "The Jacobian of a map",
    "Reads a function or a map, differentiates it, and answers with formulas to read, a tape to "
    "run, and with a point the numbers there. Numbers that are not finite are null.",
    (
        Field(
            "f",
            "An expression, or a list of them in brackets.",
            "[x^2 - y^2, 2 x y]",
            TEXT_OR_LIST,
        ),
        VARS,
        AT,
    ),
    {
        "vars": "The variables as they were read.",
        "f": "The entries as they were read: formulas {text, tex, mathml}.",
        "jacobian": "m rows of n formulas, or null; note says why.",
        "note": "Why the formulas are missing, or null.",
        "notes": "Where the text could be meant otherwise: {code, message, span, hint}.",
        "tape": f"{_TAPE} Its outputs are value (m slots) and jacobian (m rows of n).",
        "at": "With a point: point, value, jacobian, determinant, singular_values, rank, "
        "rank_tolerance (relative to the largest singular value), and reason where the map has no "
        "derivative there, though the numbers follow a convention. What is not the name of a "
        "formula also stands beside the formulas.",
    },
    {
        "f": [{"text": "x^2", "tex": "x^{2}", "mathml": "<math>…</math>"}],
        "jacobian": [[{"text": "2*x", "tex": "2 x", "mathml": "<math>…</math>"}]],
        "tape": {
            "inputs": ["x"],
            "constants": [],
            "operations": [["mul", 0, 0], ["add", 0, 0]],
            "outputs": {"value": [1], "jacobian": [[2]]},
        },
        "at": {"point": {"x": 3}, "value": [9], "jacobian": [[6]], "determinant": 6, "rank": 1},
    },
)

HESSIAN: Final = Subject(
    "The Hessian of a function",
    "Reads a scalar function, differentiates it twice, and answers with formulas to read, a tape "
    "to run, and with a point the second-derivative test there. Numbers that are not finite are "
    "null.",
    (Field("f", "One scalar expression.", "x^2 y + y^2", TEXT), VARS, AT),
    {
        "vars": "The variables as they were read.",
        "f": "The function as it was read: a formula {text, tex, mathml}.",
        "gradient": "n formulas, or null; note says why.",
        "hessian": "n rows of n formulas, or null.",
        "note": "Why the formulas are missing, or null.",
        "notes": "Where the text could be meant otherwise: {code, message, span, hint}.",
        "tape": f"{_TAPE} Its outputs are value (a slot), gradient (n) and hessian (n rows of n).",
        "at": "With a point: point, value, gradient, hessian, eigenvalues (rising), eigenvectors "
        "(row k belongs to eigenvalue k), eigenvalue_tolerance (relative to the largest; a smaller "
        "one counts as zero where neither exact arithmetic nor bounds decide), "
        "classification (positive definite, negative definite, "
        "indefinite, singular), verdict (local minimum, local maximum, saddle point, inconclusive, "
        "not a critical point), and higher_order where the test is inconclusive: {decision, order, "
        "explanation}, and reason where there is no derivative. What is not the name of a formula "
        "also stands beside the formulas.",
    },
    {
        "f": {"text": "x^2", "tex": "x^{2}", "mathml": "<math>…</math>"},
        "gradient": [{"text": "2*x", "tex": "2 x", "mathml": "<math>…</math>"}],
        "hessian": [[{"text": "2", "tex": "2", "mathml": "<math>…</math>"}]],
        "at": {
            "point": {"x": 0},
            "gradient": [0],
            "hessian": [[2]],
            "eigenvalues": [2],
            "eigenvectors": [[1]],
            "classification": "positive definite",
            "verdict": "local minimum",
            "higher_order": None,
        },
    },
)

BOX: Final = Field(
    "box",
    "Where to look: lower and upper bound for each variable.",
    {"x": [-5, 5], "y": [-5, 5]},
    {
        "oneOf": [
            TEXT,
            {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
            {"type": "object", "additionalProperties": {"type": "array"}},
        ]
    },
    "-5,5,-5,5",
)

CRITICAL_POINTS: Final = Subject(
    "The critical points of a function in a box",
    "Looks for all points of the box where the gradient vanishes, by interval arithmetic and "
    "Newton's method, and makes the second-derivative test at each. The list is called complete "
    "only where that has been proven.",
    (
        Field("f", "One scalar expression.", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", TEXT),
        VARS,
        BOX,
    ),
    {
        "vars": "The variables as they were read.",
        "f": "The function as it was read: a formula {text, tex, mathml}.",
        "box": "The bounds that were searched, by variable.",
        "points": "Sorted by their coordinates: {point, value, hessian, eigenvalues (rising), "
        "classification, verdict, higher_order}, as those of /api/hessian.",
        "complete": "True only if it is proven that the box holds no other critical point.",
        "reason": "Why the list is not called complete, or null.",
        "out_of_time": "True if the search was ended by the clock: asking again may bring more.",
        "eigenvalue_tolerance": "Relative to the largest eigenvalue; a smaller one counts as zero "
        "where neither exact arithmetic nor bounds decide.",
    },
    {
        "vars": ["x"],
        "f": {"text": "x^2", "tex": "x^{2}", "mathml": "<math>…</math>"},
        "box": {"x": [-1, 1]},
        "points": [
            {
                "point": {"x": 0},
                "value": 0,
                "hessian": [[2]],
                "eigenvalues": [2],
                "classification": "positive definite",
                "verdict": "local minimum",
                "higher_order": None,
            }
        ],
        "complete": True,
        "reason": None,
        "out_of_time": False,
    },
)
