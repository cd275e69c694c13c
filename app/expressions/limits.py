"""How large an expression may be: the one table of budgets.

Every limit is checked while reading, in time that grows with the limit and not with the input, so
that nothing that follows (derivatives, SymPy, typesetting) ever meets an expression without bound.
"""

from __future__ import annotations

from typing import Final

CHARACTERS: Final = 2_000
TOKENS: Final = 800
NESTING: Final = 60
"""How deep parentheses, calls, exponents and signs may stand within each other."""
TREE_DEPTH: Final = 250
"""How deep the tree may be; a sum of n terms is n deep, and those who walk the tree recurse."""
DIGITS: Final = 40
LARGEST_NUMBER: Final = 1e300
SMALLEST_NUMBER: Final = 1e-300
LARGEST_POWER: Final = 200
"""The largest constant exponent on anything that holds a variable."""
NAME_LENGTH: Final = 24
VARIABLES: Final = 6
DECLARATIONS: Final = 24
LARGEST_DIMENSION: Final = 1_000_000
