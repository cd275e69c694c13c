"""``/api/fisher-information``: the Fisher information of a density, derived from its logarithm.

The derivation runs in a worker process with a deadline; formulas are typeset here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer
from app.api.derivative import typeset
from app.api.functions import read_entries, read_variables
from app.api.jacobian import note_objects
from app.api.problems import FieldError, RequestError
from app.api.reader import check_fields, query_object, read_object
from app.api.schemas import TEXT_OR_LIST, VARS, Field, Subject, described
from app.calculus import Density
from app.diagnostics import Problem
from app.expressions import ExpressionError, to_text
from app.expressions.syntax import Name, Syntax, walk

router = APIRouter()

FIELDS: Final = ("log_density", "vars", "about", "moments")
OUTCOME: Final = "x"
RESERVED: Final = {OUTCOME: "the outcome", "z": "its deviation from the centre"}
DATA: Final = "data_"
"""Names of the tape's inputs that describe data begin so."""
MOST_PARAMETERS: Final = 4
MOST_OUTCOMES: Final = 6
_CACHE: Final[compute.ResultCache[dict[str, Any]]] = compute.ResultCache("information")
_JOB: Final = "app.calculus.information_steps:information_answer"
DEADLINE: Final = 4.0

FISHER_INFORMATION: Final = Subject(
    "The Fisher information of a density",
    "Differentiates the log-density twice by the parameters and takes the expectation exactly: of "
    "polynomials in the outcome x by its moments, or over a list of outcomes. It refuses to answer "
    "unless the score has mean zero and its covariance is the expected curvature, at sample "
    "points.",
    (
        Field(
            "log_density",
            "The logarithm of the density in x and the parameters, up to terms without "
            f"parameters; or a list of the log-probabilities of up to {MOST_OUTCOMES} outcomes.",
            "-log(sigma) - (x - mu)^2/(2 sigma^2)",
            TEXT_OR_LIST,
        ),
        Field(
            "vars",
            f"The parameters, at most {MOST_PARAMETERS}; x, z and names that begin with {DATA} are "
            "taken.",
            ["mu", "sigma"],
            VARS.schema,
            "mu,sigma",
        ),
        Field(
            "about",
            "What the moments are about: an expression in the parameters; 0 when missing.",
            "mu",
            {"type": "string"},
            required=False,
        ),
        Field(
            "moments",
            "The moments of x, of order 1, 2, …: expressions in the parameters. As many as the "
            "square of the score needs; none for a list of outcomes.",
            "[0, sigma^2, 0, 3 sigma^4]",
            TEXT_OR_LIST,
            required=False,
        ),
    ),
    {
        "vars": "The parameters as they were read.",
        "log_density": "One formula {text, tex, mathml}, or one for each outcome.",
        "score": "The derivatives by the parameters, for each log-density a list.",
        "hessian": "The second derivatives, for each log-density a matrix.",
        "information": "n rows of n formulas.",
        "inverse": "The same of the inverse; null where there is none, it is too long to "
        "be read, or n > 3.",
        "singular": "Whether the information is singular at every sample point.",
        "result": "F = […] as one formula.",
        "steps": "The derivation: {rule, explanation, text, tex, mathml}.",
        "notes": "Where the texts could be meant otherwise: {code, message, span, hint}.",
        "tape": "Its inputs are the parameters and what describes data: data_centre and "
        "data_moment1, … about it, or data_weight1, … of the outcomes. Its outputs are loss (the "
        "expected negative log-density under the data), gradient (n) and information (n rows).",
        "check": "{samples, max_relative_error} of the covariance of the score beside F.",
    },
    {
        "vars": ["mu", "sigma"],
        "information": [[{"text": "1/sigma^2"}, {"text": "0"}], [{"text": "0"}, {}]],
        "check": {"samples": 24, "max_relative_error": 1e-16},
    },
)
_EXAMPLES: Final = {field.name: str(field.example) for field in FISHER_INFORMATION.fields}


@router.head("/api/fisher-information", include_in_schema=False)
@router.get("/api/fisher-information", **described(FISHER_INFORMATION, "GET"))
async def get_fisher_information(request: Request) -> Response:
    """The Fisher information with its derivation, as formulas and as a tape."""
    return answer(request, await work(request, information_answer, query_object(request)))


@router.post("/api/fisher-information", **described(FISHER_INFORMATION, "POST"))
async def post_fisher_information(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    return answer(request, await work(request, information_answer, await read_object(request)))


def information_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    density, notes = read_density(fields)
    found = _CACHE.fetch(_key(density), lambda: compute.run(_JOB, density, deadline=DEADLINE))
    return {**typeset(found), "notes": note_objects(notes)}


def read_density(fields: Mapping[str, Any]) -> tuple[Density, tuple[Problem, ...]]:
    """The density, and where it could be meant otherwise.  Raises ``NablaError``."""
    parameters = _parameters(fields.get("vars"))
    logarithms, notes = _expressions(fields, "log_density", (*parameters, OUTCOME))
    if fields.get("moments") in (None, "", []):
        _check_outcomes(logarithms, fields.get("about"))
        return Density(logarithms, parameters), notes
    if len(logarithms) > 1:
        message = "Moments belong to one log-density in x, not to a list of outcomes."
        raise RequestError(message, "Leave the moments out.", code="shape", field="moments")
    moments, more = _expressions(fields, "moments", parameters)
    centre = _centre(fields, parameters)
    return Density(logarithms, parameters, centre, moments), (*notes, *more)


def _parameters(value: Any) -> tuple[str, ...]:
    found = read_variables(value)
    if len(found) > MOST_PARAMETERS:
        message = f"At most {MOST_PARAMETERS} parameters are worked out."
        raise RequestError(message, "Fix some of them.", code="too-large", field="vars")
    for name in found:
        if meaning := "of the data" if name.startswith(DATA) else RESERVED.get(name):
            message = f"{name} is {meaning}, and cannot be a parameter."
            raise RequestError(message, "Such as vars=mu,sigma.", code="shape", field="vars")
    return found


def _centre(fields: Mapping[str, Any], parameters: tuple[str, ...]) -> Syntax | None:
    if fields.get("about") in (None, ""):
        return None
    (centre, *others), _ = _expressions(fields, "about", parameters)
    if others:
        message = "The field about must be one expression."
        raise RequestError(message, "Such as about=mu.", code="shape", field="about")
    return centre


def _check_outcomes(logarithms: Sequence[Syntax], about: Any) -> None:
    if len(logarithms) == 1:
        message = "A density of x needs its moments; a list of outcomes has at least two."
        hint = "Such as moments=[0, sigma^2, 0, 3 sigma^4] with about=mu."
        raise RequestError(message, hint, code="shape", field="moments")
    if len(logarithms) > MOST_OUTCOMES:
        message = f"At most {MOST_OUTCOMES} outcomes are worked out."
        raise RequestError(message, "Join some of them.", code="too-large", field="log_density")
    if any(node == Name(OUTCOME) for tree in logarithms for node in walk(tree)):
        message = "The outcomes of a list have no x: each is a probability of the parameters alone."
        hint = "Take x out, or give one log-density in x with its moments."
        raise RequestError(message, hint, code="shape", field="log_density")
    if about not in (None, ""):
        message = "The field about belongs to moments, and a list of outcomes has none."
        raise RequestError(message, "Leave it out.", code="shape", field="about")


def _expressions(
    fields: Mapping[str, Any], name: str, variables: tuple[str, ...]
) -> tuple[tuple[Syntax, ...], tuple[Problem, ...]]:
    """The entries of a field, and notes; an error says which field it is about."""
    try:
        return read_entries(fields, name, variables, _EXAMPLES[name])
    except ExpressionError as error:
        raise FieldError(error.problem, name) from None


def _key(density: Density) -> tuple[str, ...]:
    """The canonical form of a density: equal for equal trees."""
    centre = () if density.centre is None else (density.centre,)
    parts = (density.logarithms, centre, density.moments)
    return (*density.variables, *(text for part in parts for text in ("|", *map(to_text, part))))
