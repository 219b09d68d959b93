"""Whether the server is alive, ready, and how busy it is."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.identity import TheHouse
from api.v1 import openapi

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Alive.", operation_id="healthz")
def healthz() -> Response:
    """The process answers."""
    return JSONResponse({"alive": True})


@router.get(
    "/readyz",
    summary="The database answers.",
    operation_id="readyz",
    responses=openapi.problems(503),
)
def readyz(house: TheHouse) -> Response:
    """The database answers, and says how far the chronicle goes."""
    return JSONResponse({"ready": True, "position": house.questions.head()})


@router.get(
    "/metrics",
    summary="Figures for Prometheus.",
    operation_id="metrics",
    response_class=PlainTextResponse,
)
def metrics() -> Response:
    """Counts and times of requests."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
