"""``/metrics``: figures for Prometheus, for those who bring the token of the settings."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.web.figures import Board
from app.web.metrics import CONTENT_TYPE, exposition, is_allowed
from app.web.prepared import NOT_STORED

router = APIRouter(include_in_schema=False)


@router.api_route("/metrics", methods=["GET", "HEAD"])
def metrics(request: Request) -> Response:
    """The figures of all server processes; nothing is here unless a token was set."""
    token: str = getattr(request.app.state, "metrics_token", "")
    if not token:
        raise HTTPException(404)
    if not is_allowed(request.headers, token):
        raise HTTPException(401, headers={"WWW-Authenticate": 'Bearer realm="figures"'})
    body = exposition(Board(request.app.state.observer))
    return Response(body, headers={"Cache-Control": NOT_STORED}, media_type=CONTENT_TYPE)
