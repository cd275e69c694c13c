"""``/api/limits``: all budgets in one table, each taken from the place that enforces it.

A budget stops a hostile input where it costs least: in the lexer, the parser, the reader of bodies.
What passes is bounded by construction or runs in a worker process with a deadline.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api import fisher_information, functions, reader, regression
from app.api.answers import answer
from app.api.reader import check_fields, query_object
from app.api.schemas import Subject, described
from app.autograd import differences, layer
from app.calculus import forms
from app.compute import lanes, pool, worker
from app.entries import limits as entries
from app.expressions import limits as expressions
from app.gaussian_processes import model as processes
from app.matrices import differential, elaboration, working
from app.matrices.rewriting import engine
from app.matrices.rules import powers
from app.networks import checks as networks
from app.regression import tables
from app.variational import model as variational
from app.web import admission, rates

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Budget:
    """One limit: what is limited, to how much of what, and how a request beyond it is answered."""

    subject: str
    limit: float | str
    unit: str
    status: int = 413


BUDGETS: Final[dict[str, tuple[Budget, ...]]] = {
    "expression": (
        Budget("length", expressions.CHARACTERS, "characters"),
        Budget("tokens", expressions.TOKENS, "numbers, names and signs"),
        Budget("nesting", expressions.NESTING, "brackets, calls, exponents, signs"),
        Budget("tree", expressions.TREE_DEPTH, "levels of the syntax tree"),
        Budget("digits of a number", expressions.DIGITS, "digits"),
        Budget("size of a number", expressions.LARGEST_NUMBER, "at most"),
        Budget("exponent of a variable", expressions.LARGEST_POWER, "at most"),
        Budget("length of a name", expressions.NAME_LENGTH, "characters"),
        Budget("variables of a function", expressions.VARIABLES, "names"),
        Budget("declarations", expressions.DECLARATIONS, "names"),
        Budget("a dimension", expressions.LARGEST_DIMENSION, "rows or columns"),
        Budget("a coordinate", functions.LARGEST_COORDINATE, "at most", 422),
    ),
    "matrix expression": (
        Budget("parts", elaboration.MOST_PARTS, "operations and names"),
        Budget("exponent of a matrix", powers.LARGEST_MATRIX_POWER, "at most"),
        Budget("differential", differential.LARGEST_DIFFERENTIAL, "operations and names"),
        Budget("rewriting", engine.MOST_REWRITES, "applications of a rule"),
        Budget("lines of a derivation", working.MOST_LINES, "lines"),
        Budget("inputs of a layer", layer.MOST_INPUTS, "names"),
        Budget("differences of a layer", differences.MOST_NUMBERS, "numbers for each step"),
        Budget("entries of a part", entries.LARGEST_ARRAY, "entries, worked out one by one"),
        Budget("entries of the derivative", entries.LARGEST_DERIVATIVE, "entries"),
        Budget("determinant entry by entry", entries.LARGEST_DETERMINANT, "rows"),
        Budget("program", entries.MOST_STEPS, "operations"),
    ),
    "table": (
        Budget("size", tables.MAX_BYTES, "bytes of CSV"),
        Budget("rows", tables.MAX_ROWS, "rows"),
        Budget("columns", tables.MAX_COLUMNS, "columns"),
        Budget("name of a column", tables.MAX_NAME, "characters"),
    ),
    "network": (
        Budget("layers", networks.MAX_LAYERS, "layers"),
        Budget("width", networks.MAX_WIDTH, "neurons in a layer"),
        Budget("a number", networks.MAX_VALUE, "at most, either sign", 422),
    ),
    "Gaussian process": (
        Budget("points", processes.MAX_POINTS, "points"),
        Budget("predictions", processes.MAX_PLACES, "inputs"),
        Budget("a coordinate", processes.MAX_VALUE, "at most, either sign"),
    ),
    "variational inference": (
        Budget("a mean", variational.MEAN, "at most, either sign"),
        Budget("a standard deviation", variational.DEVIATIONS[1], "at most"),
        Budget("correlation", variational.CORRELATION, "at most, either sign"),
        Budget("an entry of L", variational.WIDTHS[1], "at most"),
        Budget("curvature", variational.CURVATURE, "at most, either sign"),
    ),
    "Fisher information": (
        Budget("parameters", fisher_information.MOST_PARAMETERS, "names"),
        Budget("power of the outcome", forms.HIGHEST_POWER, "at most", 400),
        Budget("outcomes", fisher_information.MOST_OUTCOMES, "log-probabilities"),
        Budget("deadline", fisher_information.DEADLINE, "seconds", 504),
    ),
    "request": (
        Budget("body", reader.BODY_LIMIT, "bytes"),
        Budget("body with a table", regression.BODY_LIMIT, "bytes"),
        Budget("arrival of the body", reader.BODY_SECONDS, "seconds", 408),
    ),
    "computation": (
        Budget("deadline, if no other is named", compute.DEADLINE, "seconds", 504),
        Budget("memory", worker.MEMORY, "bytes more than an idle worker has"),
        Budget("in the fast lane", pool.FAST_SECONDS, "seconds, then it goes on in the slow lane"),
        Budget("waiting for a worker", lanes.QUEUE, "computations", 503),
        Budget("waiting for a worker", pool.QUEUE_SECONDS, "seconds", 503),
        Budget("in the slow lane", lanes.SLOW_PLACES, "computations", 503),
    ),
    "one address": (
        Budget("rate, unless configured", rates.RATES, "computations", 429),
        Budget("at the same time", admission.IN_FLIGHT, "computations"),
        Budget("waiting behind them", admission.WAITING_EACH, "computations", 429),
        Budget("in the slow lane", lanes.SLOW_PLACES_PER_CLIENT, "computations", 503),
    ),
}

LIMITS: Final = Subject(
    "The limits",
    "All budgets with the status that a request beyond them is answered with.",
    fields=(),
    answer=dict.fromkeys(BUDGETS, "A list of {subject, limit, unit, status}."),
    example={"expression": [asdict(BUDGETS["expression"][0])]},
)


@router.head("/api/limits", include_in_schema=False)
@router.get("/api/limits", **described(LIMITS, "GET"))
async def get_limits(request: Request) -> Response:
    """Every budget of the book in one table."""
    check_fields(query_object(request), ())
    return answer(request, table())


def table() -> dict[str, Any]:
    """The budgets by group, as JSON."""
    return {name: [asdict(each) for each in budgets] for name, budgets in BUDGETS.items()}
