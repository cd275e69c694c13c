"""Small networks, evaluated forwards and backwards with everything on the way kept for showing.

operations  value, Jacobian and pullback of each operation, with its source
network     the computational graph, its two passes, and central differences
faults      typical mistakes in a backward pass, for the student to find
"""

from app.networks.errors import NetworkError
from app.networks.faults import FAULTS, spoiled
from app.networks.network import (
    Edge,
    Layer,
    Mismatch,
    Node,
    Pass,
    backward,
    central_differences,
    forward,
)
from app.networks.operations import ACTIVATIONS, LOSSES

__all__ = [
    "ACTIVATIONS",
    "FAULTS",
    "LOSSES",
    "Edge",
    "Layer",
    "Mismatch",
    "NetworkError",
    "Node",
    "Pass",
    "backward",
    "central_differences",
    "forward",
    "spoiled",
]
