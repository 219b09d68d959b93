"""The routes of a noun: one table of verbs, each with an example, becomes its addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from api.identity import Caller, SignedIn, TheHouse
from api.v1 import asking, bodies, openapi
from api.v1.telling import tell
from application.handlers import HANDLERS
from application.kinds import KINDS, NOUNS

Examples = dict[str, dict[str, Any]]
"""For each verb that may be told over HTTP, a body that would be understood."""

OnThing = Callable[[Request, str], Awaitable[Response]]
OnNoun = Callable[[Request], Awaitable[Response]]


class NounRouter(APIRouter):
    """The routes below one prefix.

    The framework tries one route after another, and then reads a request in a general way. Here
    an address that belongs to another noun is passed over, and a command, which our own door
    reads, goes to its endpoint straight away; its route stands for the OpenAPI document.
    """

    def __init__(self, plural: str) -> None:
        super().__init__(prefix=f"/v1/{plural}", tags=[plural])
        self.on_things: dict[str, OnThing] = {}
        self.on_noun: dict[str, OnNoun] = {}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a route of this noun takes the request."""
        if not path_of(scope).startswith(self.prefix):
            return Match.NONE, {}
        return (Match.FULL, {}) if self.told(scope) else super().matches(scope)

    def told(self, scope: Scope) -> Callable[[Request], Awaitable[Response]] | None:
        """What answers the request, if it is a command of this noun."""
        rest = path_of(scope)[len(self.prefix) :]
        if scope["type"] != "http" or scope["method"] != "POST" or rest[:1] not in ("", "/"):
            return None
        first, _, verb = rest[1:].partition("/")
        if verb in self.on_things and first:
            on_thing = self.on_things[verb]
            return lambda request: on_thing(request, first)
        return self.on_noun.get(rest)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request."""
        told = self.told(scope)
        if told is None:
            await super().handle(scope, receive, send)
        else:
            response = await told(Request(scope, receive, send))
            await response(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The address without what a server in front of this one has put before it."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def noun_router(plural: str, examples: Examples, *, creates: str = "") -> APIRouter:
    """The addresses of a noun: its list, its things, and a POST for every verb.

    The verb `creates` is said to the plural itself; other verbs that make a thing have an
    address below it.
    """
    noun = NOUNS[plural]
    router = NounRouter(plural)
    makes_new = {step.verb for step in KINDS[noun].lifecycle.steps if not step.sources}
    for verb in HANDLERS[noun]:
        if verb not in examples:
            continue
        if verb == creates:
            path = ""
        elif verb in makes_new:
            path = f"/{verb}"
        else:
            path = f"/{{id}}/{verb}"
        add_command(router, path, noun, verb, examples[verb])
    add_questions(router, plural)
    add_thing_questions(router, noun)
    return router


def add_command(
    router: NounRouter, path: str, noun: str, verb: str, example: dict[str, Any]
) -> None:
    """The address of one verb."""
    command_type, _ = HANDLERS[noun][verb]

    async def on_thing(request: Request, id: str) -> Response:
        return await tell(request, noun, verb, id)

    async def on_noun(request: Request) -> Response:
        return await tell(request, noun, verb, "")

    if "{id}" in path:
        router.on_things[verb] = on_thing
    else:
        router.on_noun[path] = on_noun
    router.add_api_route(
        path,
        on_thing if "{id}" in path else on_noun,
        methods=["POST"],
        summary=bodies.summary_of(command_type),
        operation_id=f"{noun}_{verb}".replace("-", "_"),
        openapi_extra=bodies.command_extra(noun, verb, command_type, example),
        responses=openapi.COMMAND_RESPONSES,
        status_code=200,
    )


def add_questions(router: APIRouter, view: str) -> None:
    """The list of a read model and its single things."""

    def read_list(request: Request, house: TheHouse, by: Caller) -> Response:
        return asking.listed(request, house, view, by)

    def read_one(request: Request, house: TheHouse, id: str, by: Caller) -> Response:
        return asking.one(request, house, view, id, by)

    add_read(
        router,
        "",
        read_list,
        f"{view}_list",
        f"The {view} that you may see, newest first.",
        openapi.LIST,
    )
    add_read(router, "/{id}", read_one, f"{view}_one", "One of them, with its facts.", openapi.ONE)


def add_thing_questions(router: APIRouter, noun: str) -> None:
    """The timeline of a thing, and what may be done with it."""

    def read_timeline(request: Request, house: TheHouse, id: str, by: Caller) -> Response:
        return asking.timeline(request, house, noun, id, by)

    def read_actions(request: Request, house: TheHouse, id: str, by: SignedIn) -> Response:
        return asking.offered(request, house, noun, id, by)

    add_read(
        router,
        "/{id}/timeline",
        read_timeline,
        f"{noun}_timeline",
        "Everything that happened to it, oldest first.",
        openapi.TIMELINE,
    )
    add_read(
        router,
        "/{id}/actions",
        read_actions,
        f"{noun}_actions",
        "What you may do with it now, and why not.",
        openapi.ACTIONS,
    )


def add_read(
    router: APIRouter,
    path: str,
    endpoint: Callable[..., Response],
    name: str,
    summary: str,
    schema: openapi.Extra,
) -> None:
    """The address of a question."""
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=summary,
        operation_id=name,
        openapi_extra=schema.extra,
        responses=schema.responses,
    )


def parts_router(view: str) -> APIRouter:
    """The addresses of a read model that shows parts of things and takes no commands."""
    router = NounRouter(view)
    add_questions(router, view)
    return router
