"""The log-densities that the widget of the natural gradient asks the Fisher information of.

They are those of ``static/math/natural-gradient/families.js``; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
