"""How much longer than usual a job may take, where the machine is slower than usual.

All deadlines of ``app.compute.run`` are for a machine that has a core to spare.  An operator with a
slow one, and the tests, which share two cores with three browsers, multiply them by one factor.
"""

from __future__ import annotations

_factor = 1.0


def be_patient(factor: float) -> None:
    """Multiply the deadlines of all later jobs of this process by ``factor`` (above 0)."""
    global _factor
    if factor <= 0:
        raise ValueError("patience is a positive factor")
    _factor = factor


def patient(seconds: float) -> float:
    """So many seconds, as long as this machine needs them to be."""
    return seconds * _factor


__all__ = ["be_patient", "patient"]
