"""One expression language for everything that is typed: scalar functions, maps, matrices.

    text ──lexer──▶ tokens ──words, rows──▶ tokens ──parser──▶ tree ──constants──▶ checked tree

``errors`` holds the wording of everything that can be wrong, ``limits`` the budgets, ``functions``
and ``characters`` the vocabulary; ``printer`` and ``tex`` lead back.
"""

from app.expressions.declarations import PROPERTIES, Declaration, parse_declarations
from app.expressions.errors import ExpressionError
from app.expressions.functions import CONSTANTS, ELEMENTWISE, MATRIX_FUNCTIONS, SCALAR_FUNCTIONS
from app.expressions.printer import to_text
from app.expressions.reading import Reading, parse, read
from app.expressions.tex import name_to_tex, to_tex

__all__ = [
    "CONSTANTS",
    "ELEMENTWISE",
    "MATRIX_FUNCTIONS",
    "PROPERTIES",
    "SCALAR_FUNCTIONS",
    "Declaration",
    "ExpressionError",
    "Reading",
    "name_to_tex",
    "parse",
    "parse_declarations",
    "read",
    "to_tex",
    "to_text",
]
