"""Matrix expressions entry by entry: from nodes to one tape that evaluates the closed form.

    node ──scalars──▶ one graph node for each entry ──accumulate──▶ ∂F[i,j]/∂X[k,l] ──▶ Tape
           sizes, values: small sizes that differ on every axis, and numbers to start with

This is where the two engines meet: ``app.matrices`` finds the closed form, ``app.calculus`` has
the tape that server and browser evaluate and the partial derivatives that know nothing of
matrices.  The two can then be compared, number by number, without a request.
"""

from app.entries.answers import numbers_answer
from app.entries.program import Program, program_of
from app.entries.scalars import SCALARISED, Scalariser

__all__ = ["SCALARISED", "Program", "Scalariser", "numbers_answer", "program_of"]
