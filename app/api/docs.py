"""``/api/docs``: the OpenAPI document as a page of our own, without scripts or foreign requests."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import CACHE_CONTROL, answer
from app.api.limits import BUDGETS
from app.resources import book_root
from app.web.prepared import prepare, respond

router = APIRouter(include_in_schema=False)


@router.api_route("/api/openapi.json", methods=["GET", "HEAD"])
async def openapi(request: Request) -> Response:
    """The OpenAPI document of the addresses below /api."""
    return answer(request, document(request))


@router.api_route("/api/docs", methods=["GET", "HEAD"])
async def docs(request: Request) -> Response:
    """The same for people."""
    page = _template().render(operations=operations(document(request)), limits=BUDGETS)
    prepared = prepare(page.encode("utf-8"), "text/html; charset=utf-8")
    return respond(request, prepared, CACHE_CONTROL)


def document(request: Request) -> dict[str, Any]:
    """The application's OpenAPI document, cut to what belongs to the API.

    The one server in it is this book, also behind a proxy that shows it below a path.
    """
    whole = request.app.openapi()
    own = {path: item for path, item in whole["paths"].items() if path.startswith("/api/")}
    info = {"title": "Nabla", "version": whole["info"]["version"]}
    servers = [{"url": request.scope.get("root_path") or "/"}]
    return {"openapi": whole["openapi"], "info": info, "servers": servers, "paths": own}


def operations(specification: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation with what the page shows of it."""
    return [
        _shown(path, method, operation)
        for path, item in specification["paths"].items()
        for method, operation in item.items()
    ]


def _shown(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = operation.get("parameters", [])
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    answers = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    query = urlencode({each["name"]: each.get("example", "") for each in parameters})
    return {
        "id": f"{method}{path.replace('/', '-')}",
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", path),
        "description": operation.get("description", ""),
        "fields": [_field(each) for each in parameters] or _fields(body),
        "try": f"..{path}?{query}" if parameters and method == "get" else None,
        "body": body and json.dumps(body.get("example"), indent=2, ensure_ascii=False),
        "answer": answers.get("schema", {}).get("properties", {}),
        "example": json.dumps(answers.get("example"), indent=2, ensure_ascii=False),
        "problems": {
            status: each["description"]
            for status, each in operation["responses"].items()
            if status != "200"
        },
    }


def _field(parameter: dict[str, Any]) -> dict[str, Any]:
    shown = {"name": parameter["name"], "required": parameter.get("required", False)}
    return shown | {key: parameter.get(key, "") for key in ("description", "example")}


def _fields(body: dict[str, Any] | None) -> list[dict[str, Any]]:
    schema = (body or {}).get("schema", {})
    required = schema.get("required", [])
    return [
        _field({"name": name, "required": name in required, **each})
        for name, each in schema.get("properties", {}).items()
    ]


@cache
def _template() -> Template:
    folder = book_root() / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("api/docs.html")
