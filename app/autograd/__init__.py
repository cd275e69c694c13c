"""Custom autograd: a layer's backward pass, written by hand and checked from three sides.

    layer        what was written: forward, cotangent, names
    pullback     the engine's own answer
    differences  central differences over the step
    suspects     misreadings of the right answer
    mistakes     which of them a wrong backward pass is
    judgement    all checks of one input
    export       source for PyTorch and JAX
    answers      plain data for the API

A backward pass of F at X takes the cotangent G, the gradient of some loss by F(X), and returns the
gradient of that loss by X, in the shape of X: the vector-Jacobian product.  With ⟨U, V⟩ = tr(U'V)
it is the gradient of ⟨G, F(X)⟩ by X, G held constant.
"""

from app.autograd.judgement import Judgement, judge
from app.autograd.layer import Layer, LayerError, read_layer
from app.autograd.pullback import Pullback, pullback_of

__all__ = ["Judgement", "Layer", "LayerError", "Pullback", "judge", "pullback_of", "read_layer"]
