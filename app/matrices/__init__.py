"""The matrix-derivative engine: differentials in the manner of Magnus and Neudecker.

    text ──elaboration──▶ nodes ──differential (rules)──▶ dF ──transport──▶ maps of dX
         ──identification──▶ derivative ──rewriting──▶ printers, check

``nodes`` holds the closed set of operations; every other file is one thing done with them, as a
table over these operations: ``rules`` (differentials), ``transport`` (bringing dX to the end),
``rewriting`` (simplification), ``properties``, ``evaluation``, ``printers``.  To add an operation,
add its shape to ``nodes.SHAPES``, then a rule, an evaluator and a printed form; the tests name what
is missing.
"""

from app.matrices.check import Check, CheckError
from app.matrices.derivation import Derivative, Result, derivative_of, differentiate
from app.matrices.elaboration import Problem, elaborate
from app.matrices.equivalence import Equivalence, equivalent
from app.matrices.kinds import differentiate_kindly, elaborate_kindly, note_on
from app.matrices.printers.tex import to_tex
from app.matrices.printers.text import to_text
from app.matrices.rewriting import simplify
from app.matrices.steps import AppliedRule, Step
from app.matrices.three_ways import ThreeWays, three_ways
from app.matrices.working import Working, check_working

__all__ = [
    "AppliedRule",
    "Check",
    "CheckError",
    "Derivative",
    "Equivalence",
    "Problem",
    "Result",
    "Step",
    "ThreeWays",
    "Working",
    "check_working",
    "derivative_of",
    "differentiate",
    "differentiate_kindly",
    "elaborate",
    "elaborate_kindly",
    "equivalent",
    "note_on",
    "simplify",
    "three_ways",
    "to_tex",
    "to_text",
]
