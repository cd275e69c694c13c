"""What widgets ask whatever their options are: derivations, and the programs of a family.

Each function knows one widget; the module beside it in ``static/widgets/<name>`` that asks is named
in its docstring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.export.asked import Options, Question

EVIDENCE: Final = (
    {
        "expr": "-0.5*y'*inv(K)*y - 0.5*logdet(K)",
        "wrt": "K",
        "given": "K: n,n positive-definite; y: n",
    },
    {
        "expr": "-0.5*y'*inv(K + t*D)*y - 0.5*logdet(K + t*D)",
        "wrt": "t",
        "given": "K: n,n positive-definite; D: n,n symmetric; y: n; t: scalar",
    },
)


def gaussian_process(options: Options, defaults: Options) -> Iterator[Question]:
    """``derivation.js``: the gradient of the log marginal likelihood."""
    by_matrix, by_parameter = EVIDENCE
    for layout in ("numerator", "denominator"):
        yield Question("derivative", {**by_matrix, "layout": layout})
    yield Question("derivative", {**by_parameter, "layout": "denominator"})


_TOTAL: Final = "log(exp(theta1) + exp(theta2) + 1)"

COORDINATES: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "normal": {
        "deviation": {
            "log_density": "-log(sigma) - (x - mu)^2/(2*sigma^2)",
            "vars": "mu,sigma",
            "about": "mu",
            "moments": "[0, sigma^2, 0, 3*sigma^4]",
        },
        "logarithm": {
            "log_density": "-lambda - (x - mu)^2/(2*exp(2*lambda))",
            "vars": "mu,lambda",
            "about": "mu",
            "moments": "[0, exp(2*lambda), 0, 3*exp(4*lambda)]",
        },
        "variance": {
            "log_density": "-log(v)/2 - (x - mu)^2/(2*v)",
            "vars": "mu,v",
            "about": "mu",
            "moments": "[0, v, 0, 3*v^2]",
        },
    },
    "categorical": {
        "logits": {
            "log_density": f"[theta1 - {_TOTAL}, theta2 - {_TOTAL}, -{_TOTAL}]",
            "vars": "theta1,theta2",
        },
        "probabilities": {
            "log_density": "[log(p1), log(p2), log(1 - p1 - p2)]",
            "vars": "p1,p2",
        },
    },
}
"""By family and coordinates."""


def natural_gradient(options: Options, defaults: Options) -> Iterator[Question]:
    """``source.js``: the Fisher information of every family in all its coordinates."""
    for questions in COORDINATES.values():
        for fields in questions.values():
            yield Question("fisher-information", fields)


BOUND: Final = (
    {
        "expr": "-1/2*(m - mu)'*P*(m - mu) - 1/2*tr(P*L*L') + logdet(L)",
        "given": "m: n; mu: n; P: n,n symmetric; L: n,n nonsingular",
    },
    {
        "expr": "b*((u'*(m - mu))^2 + norm2(L'*u)^2 - c)*(v'*P*(m - mu))"
        " + 2*b*(u'*(m - mu))*(u'*L*L'*P*v)"
        " - 1/2*b^2*(v'*P*v)*(((u'*(m - mu))^2 + norm2(L'*u)^2 - c)^2"
        " + 4*(u'*(m - mu))^2*norm2(L'*u)^2 + 2*norm2(L'*u)^4)",
        "given": "m: n; mu: n; P: n,n symmetric; L: n,n nonsingular; "
        "u: n; v: n; b: scalar; c: scalar",
    },
)


def variational_inference(options: Options, defaults: Options) -> Iterator[Question]:
    """``derivation.js``: the gradient of the evidence lower bound, and what a bend adds."""
    for bound in BOUND:
        for wrt in ("m", "L"):
            for layout in ("numerator", "denominator"):
                yield Question("derivative", {**bound, "wrt": wrt, "layout": layout})
