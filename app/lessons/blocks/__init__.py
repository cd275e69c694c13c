"""The directives, one file each; this table names them all, in the order of the authors' guide."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.lessons.blocks.admonition import ADMONITIONS
from app.lessons.blocks.base import Block
from app.lessons.blocks.demonstration import DEMONSTRATION
from app.lessons.blocks.derivative import DERIVATIVE
from app.lessons.blocks.figure import FIGURE
from app.lessons.blocks.identity import IDENTITY
from app.lessons.blocks.layouts import LAYOUTS
from app.lessons.blocks.library import LIBRARY
from app.lessons.blocks.math import MATH
from app.lessons.blocks.proof import PROOF
from app.lessons.blocks.references import REFERENCES
from app.lessons.blocks.solution import SOLUTION
from app.lessons.blocks.statement import STATEMENTS
from app.lessons.blocks.table import TABLE
from app.lessons.blocks.widget import WIDGET

BLOCKS: Mapping[str, Block] = MappingProxyType(
    {
        block.name: block
        for block in (
            *ADMONITIONS,
            *STATEMENTS,
            PROOF,
            SOLUTION,
            MATH,
            DERIVATIVE,
            IDENTITY,
            FIGURE,
            TABLE,
            WIDGET,
            *LAYOUTS,
            LIBRARY,
            REFERENCES,
            DEMONSTRATION,
        )
    }
)
