"""The composition root: the house, its routes, its clock, in one application."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import uuid_utils
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from prometheus_client import Histogram
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors, web
from api.crossing import Crossing
from api.v1 import (
    amendments,
    appeals,
    approvals,
    books,
    clawbacks,
    clock,
    contributions,
    costs,
    custody_accounts,
    delegations,
    documents,
    findings,
    funds,
    grants,
    health,
    imports,
    invitations,
    objections,
    orders,
    organisations,
    overrides,
    panels,
    people,
    personal,
    places,
    policies,
    pools,
    proposals,
    refusals,
    reviews,
    roles,
    rounds,
    score_sheets,
    tranches,
    uploads,
    workings,
)
from application.desk import Unavailable
from application.questions import House
from infrastructure.settings import Settings
from infrastructure.system import System

ROUTERS = (
    health,
    workings,
    approvals,
    organisations,
    funds,
    contributions,
    rounds,
    proposals,
    panels,
    pools,
    reviews,
    score_sheets,
    objections,
    appeals,
    grants,
    costs,
    amendments,
    tranches,
    findings,
    overrides,
    refusals,
    custody_accounts,
    clawbacks,
    documents,
    uploads,
    orders,
    policies,
    delegations,
    personal,
    people,
    invitations,
    roles,
    places,
    imports,
    books,
)
TICK_SECONDS = 30
"""How often the clock looks for what has fallen due."""

SECONDS = Histogram("fundtrail_request_seconds", "How long requests take.", ("method", "status"))
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'",
}
"""What every answer says to browsers: no inline script, no frames, nothing from elsewhere."""

RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def serve() -> FastAPI:
    """The application around the house that the environment describes."""
    return create_app(System(Settings()))


def create_app(house: House) -> FastAPI:
    """The server's application around a house."""
    app = FastAPI(
        title="Fundtrail 善迹",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.house = house
    app.state.crossing = Crossing()
    app.add_middleware(Observed)
    errors.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    if house.is_simulated:
        app.include_router(clock.router)
    web.install(app)
    describe(app)
    return app


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Lets the clock run while the server does, and writes what is noted before it ends."""
    ticking = asyncio.create_task(tick_for_ever(app.state.house))
    yield
    ticking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await ticking
    await run_in_threadpool(app.state.house.refusals.settle)


async def tick_for_ever(house: House) -> None:
    """Sends what is due, again and again; a store that cannot write now is tried again later."""
    while True:
        with contextlib.suppress(Unavailable):
            await run_in_threadpool(house.tick)
        await asyncio.sleep(TICK_SECONDS)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Observed:
    """Gives each request a trace id, times it, and adds the headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; what comes back is seen when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trace_id = uuid_utils.uuid4().hex
        scope.setdefault("state", {})["trace_id"] = trace_id
        started = time.perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = time.perf_counter() - started
                SECONDS.labels(method_of(scope), message["status"]).observe(took)
                given = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in RAW_HEADERS if name not in given),
                    (b"x-trace-id", trace_id.encode()),
                ]
            await send(message)

        await self.app(scope, receive, sent)


def method_of(scope: Scope) -> str:
    """The method of a request; one that nobody knows is not remembered by its name."""
    return scope["method"] if scope["method"] in METHODS else "other"


def describe(app: FastAPI) -> None:
    """Makes the OpenAPI document say what our own door reads and answers."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes
            )
            schema.setdefault("components", {})["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer"}
            }
            app.openapi_schema = without_other_422(schema)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def without_other_422(schema: dict[str, Any]) -> dict[str, Any]:
    """The document without the framework's own shape of a 422, which is never sent."""
    components = schema["components"].get("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    for path in schema["paths"].values():
        for operation in path.values():
            content = operation["responses"].get("422", {}).get("content", {})
            if "HTTPValidationError" in str(content.get("application/json", "")):
                del operation["responses"]["422"]
    return schema
