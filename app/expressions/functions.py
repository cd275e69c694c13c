"""The closed table of functions and constants of the expression language."""

from __future__ import annotations

import math
from typing import Final, Literal

Mode = Literal["scalar", "matrix"]

ELEMENTWISE: Final = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "exp",
        "log",
        "sqrt",
        "abs",
        "sign",
        "relu",
        "sigmoid",
        "softplus",
    ]
)
OF_TWO_SCALARS: Final = frozenset({"atan2", "min", "max"})
REDUCTIONS: Final = frozenset(["sum", "norm1", "norm2", "tr", "det", "logdet"])
OF_MATRICES: Final = frozenset(
    ["inv", "adj", "diag", "vec", "kron", "transpose", "eye", "ones", "vector", "matrix", "comm"]
)

TEX_COMMANDS: Final = (ELEMENTWISE - {"sqrt", "abs", "sign", "relu", "sigmoid", "softplus"}) | {
    "det",
    "min",
    "max",
}
"""Functions whose name TeX sets by a command of its own; others are operator names."""

SCALAR_FUNCTIONS: Final = ELEMENTWISE | OF_TWO_SCALARS
MATRIX_FUNCTIONS: Final = SCALAR_FUNCTIONS | REDUCTIONS | OF_MATRICES

# Spellings that have one meaning only, whoever writes them.
ALIASES: Final = {
    "ln": "log",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "arctan2": "atan2",
    "sgn": "sign",
    "trace": "tr",
}

CONSTANTS: Final = {"pi": math.pi, "e": math.e}
"""Constants of scalar functions, unless declared as variables; matrix expressions have only pi."""

RESERVED: Final = frozenset(
    ["nan", "inf", "infinity", "infty", "oo", "zoo", "true", "false", "none", "undefined", "null"]
)
"""Words that other programs take for values; compared without regard to case."""

_ARITIES: Final = {
    **dict.fromkeys(OF_TWO_SCALARS, range(2, 3)),
    "kron": range(2, 3),
    "eye": range(0, 2),
    "ones": range(1, 3),
    "comm": range(2, 3),
}


def functions_of(mode: Mode) -> frozenset[str]:
    """The functions that may be called in this mode."""
    return SCALAR_FUNCTIONS if mode == "scalar" else MATRIX_FUNCTIONS


def constants_of(mode: Mode) -> frozenset[str]:
    """The constants of this mode, as long as no variable takes their name."""
    return frozenset(CONSTANTS) if mode == "scalar" else frozenset({"pi"})


def arities(function: str) -> range:
    """How many arguments a function takes."""
    return _ARITIES.get(function, range(1, 2))
