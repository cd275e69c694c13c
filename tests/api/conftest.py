"""A small application with the API alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from app import api
from app.web.admission import Admission
from app.web.rates import Rates
from tests.support.reader import Reader


@pytest.fixture(scope="session")
def client() -> Iterator[Reader]:
    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for router in api.routers:
        application.include_router(router)
    api.install_error_handlers(application)
    application.state.admission = Admission(Rates(""))  # the tests are one hasty client
    with Reader(application, raise_server_exceptions=False) as client:
        yield client
