"""A reader of the book without a network: Starlette's client, which speaks to the application.

Import ``Reader`` from here: Starlette announces at import that it will want another HTTP library,
and warnings are errors in this project's tests.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient as Reader

__all__ = ["Reader"]
