"""The notation of the book as TeX macros, and what formulas may carry besides.

The macros take no arguments, so that a formula that is copied can be written out in plain TeX.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MACROS: Mapping[str, str] = MappingProxyType(
    {
        r"\R": r"\mathbb{R}",
        r"\dd": r"\mathrm{d}",
        r"\tr": r"\operatorname{tr}",
        r"\vecop": r"\operatorname{vec}",
        r"\diag": r"\operatorname{diag}",
        r"\rank": r"\operatorname{rank}",
        r"\sign": r"\operatorname{sign}",
        r"\Cov": r"\operatorname{Cov}",
        r"\Var": r"\operatorname{Var}",
        r"\KL": r"\operatorname{KL}",
    }
)

# The keys that \data may set: the shape of a factor and the name of what it stands for.
DATA_KEYS = frozenset({"shape", "name"})
