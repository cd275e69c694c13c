"""The API against its own description: whatever schemathesis makes of it, never a 5xx.

    NABLA_SCHEMA_EXAMPLES=500 python -m pytest tests/walls/test_schema.py

Without the variable a few questions for each operation are asked; 503 with Retry-After and 504 are
answers of a busy server and count as such.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings

from app import api
from app.web.admission import Admission
from app.web.rates import Rates
from tests.support.reader import Reader

EXAMPLES: Final = int(os.environ.get("NABLA_SCHEMA_EXAMPLES", "12"))
PATIENT: Final = {503, 504}
LEAKS: Final = ("Traceback", 'File "', "site-packages", "0x7f", "Error(")


@pytest.fixture(scope="module")
def client() -> Iterator[Reader]:
    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for router in api.routers:
        application.include_router(router)
    api.install_error_handlers(application)
    application.state.admission = Admission(Rates(""))
    with Reader(application, raise_server_exceptions=False) as client:
        yield client


def _operations() -> list[tuple[str, str]]:
    application = FastAPI()
    for router in api.routers:
        application.include_router(router)
    paths = application.openapi()["paths"]
    return [
        (path, method)
        for path, item in paths.items()
        if path.startswith("/api/")
        for method in item
    ]


@pytest.mark.parametrize(("path", "method"), _operations())
def test_no_question_breaks_an_address(client: Reader, path: str, method: str) -> None:
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    generated = schema[path][method].as_strategy()

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=EXAMPLES <= 12,
    )
    @given(case=generated)
    def ask(case: Any) -> None:
        answer = client.request(method.upper(), path, **_sent(case))
        told = (answer.status_code, answer.text[:300])
        assert answer.status_code < 500 or answer.status_code in PATIENT, told
        assert not any(leak in answer.text for leak in LEAKS), told
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", told
            assert answer.json()["detail"].endswith("."), told

    ask()


def _sent(case: Any) -> dict[str, Any]:
    """A generated case as arguments of a request."""
    query = {name: str(value) for name, value in (case.query or {}).items()}
    if type(case.body).__name__ == "NotSet":
        return {"params": query}
    return {"params": query, "json": case.body}
