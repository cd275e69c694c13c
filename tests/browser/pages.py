"""The pages of the book, for tests that go over all of them."""

from __future__ import annotations

from tests.support.server import REPOSITORY

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
WIDGETS = sorted(path.parent.name for path in REPOSITORY.glob("static/widgets/*/widget.js"))
EVERY_PAGE = (
    "/",
    *(f"/lessons/{slug}" for slug in LESSONS),
    "/lessons/writing-a-lesson",
    "/lessons/a-course-of-your-own",
    "/lessons/directives",
    "/cheat-sheet",
    "/calculator",
    "/calculator?expr=inv(X)",
    "/glossary",
    "/notation",
    "/bibliography",
    "/search?q=gradient",
    "/privacy",
)
EVERY_EMBEDDED_WIDGET = tuple(f"/embed/{name}" for name in WIDGETS)
