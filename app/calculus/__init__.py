"""Derivatives of scalar functions and maps: tapes for machines, readable forms for people.

    syntax ──build──▶ graph ──accumulate, rules──▶ graph ──▶ Tape ──evaluate──▶ arrays
       └──symbolic──▶ SymPy ──tidy, recover──▶ syntax again, compared with the tape

The modules that need SymPy (``symbolic``, ``recover``, ``tidy``, ``readable``, ``expectation``,
``information``) are not imported here: they run in worker processes, and the server starts without
them.
"""

from app.calculus.build import entries_of, hessian_tape, jacobian_tape, value_tape
from app.calculus.classify import HessianAtPoint, hessian_at, kink_at
from app.calculus.evaluate import evaluate
from app.calculus.forms import Density, Matrix, Readable
from app.calculus.operations import OPERATIONS, Operation
from app.calculus.points import JacobianAtPoint, jacobian_at
from app.calculus.tape import Step, Tape

__all__ = [
    "OPERATIONS",
    "Density",
    "HessianAtPoint",
    "JacobianAtPoint",
    "Matrix",
    "Operation",
    "Readable",
    "Step",
    "Tape",
    "entries_of",
    "evaluate",
    "hessian_at",
    "hessian_tape",
    "jacobian_at",
    "jacobian_tape",
    "kink_at",
    "value_tape",
]
