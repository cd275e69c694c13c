"""dX is brought to the end of dF, where the derivative can be read off."""

from app.matrices.transport.bring import contributions
from app.matrices.transport.operators import Functional, Operator, Sandwich, Stacked, stack

__all__ = ["Functional", "Operator", "Sandwich", "Stacked", "contributions", "stack"]
