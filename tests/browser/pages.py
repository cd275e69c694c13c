"""The pages of the book, for tests that go over all of them."""

from __future__ import annotations

LESSONS = (
    "beyond-scalar-calculus",
    "layout-conventions",
    "gradients",
    "jacobian",
    "hessian",
    "rules",
    "matrix-chain-rule",
    "backpropagation",
    "linear-regression",
    "custom-autograd",
    "natural-gradient-and-variational-inference",
    "gaussian-processes",
)
EVERY_PAGE = (
    "/",
    *(f"/lessons/{slug}" for slug in LESSONS),
    "/lessons/directives",
    "/cheat-sheet",
    "/calculator",
    "/calculator?expr=inv(X)",
    "/glossary",
    "/notation",
    "/bibliography",
    "/search?q=gradient",
    "/embed/jacobian",
    "/embed/layouts",
    "/embed/derivative",
    "/embed/working",
)
