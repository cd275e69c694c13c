"""What the routers reach through the application: the shelf, the addresses, the changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.diagnostics import Problem
from app.pages.edition import Shelf
from app.web.addresses import Addresses
from app.web.changes import Changes


@dataclass(frozen=True)
class Desk:
    """One per application, in ``application.state.desk``."""

    shelf: Shelf
    addresses: Addresses
    changes: Changes

    def problems(self) -> tuple[Problem, ...]:
        """The mistakes in the content of the edition that is served."""
        return self.shelf.edition.problems


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]
"""The desk as a parameter of a route."""
