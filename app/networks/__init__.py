"""Small networks, evaluated forwards and backwards with everything on the way kept for showing.

operations   value, Jacobian and pullback of each operation, with its source
model        layers, nodes and edges
checks       what a network must be, and the limits
network      the computational graph and its two passes
differences  the gradient beside central differences
faults       typical mistakes in a backward pass, for the student to find

``static/math/networks`` does the same in the browser; both are held to ``tests/fixtures``.
"""

from app.networks.checks import MAX_LAYERS, MAX_VALUE, MAX_WIDTH
from app.networks.differences import STEP, TOLERANCE, Comparison, central_differences, compare
from app.networks.errors import NetworkError
from app.networks.faults import FAULTS, Site, sites, spoiled
from app.networks.model import Edge, Layer, Mismatch, Node, Pass, shape_in_words
from app.networks.network import backward, forward
from app.networks.operations import ACTIVATIONS, LOSSES

__all__ = [
    "ACTIVATIONS",
    "FAULTS",
    "LOSSES",
    "MAX_LAYERS",
    "MAX_VALUE",
    "MAX_WIDTH",
    "STEP",
    "TOLERANCE",
    "Comparison",
    "Edge",
    "Layer",
    "Mismatch",
    "NetworkError",
    "Node",
    "Pass",
    "Site",
    "backward",
    "central_differences",
    "compare",
    "forward",
    "shape_in_words",
    "sites",
    "spoiled",
]
