"""Schemathesis over the whole document, with every standard check, as a person with all roles."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.hooks import unregister

import api.v1.books
from tests.api.everyone import SECRET, Direct, a_district, direct, with_every_noun
from tests.played_to_end import with_costs_accepted

SEED = 20260302
EXAMPLES = 2
"""How many examples the fuzzing phase makes for each address and mode."""

PHASES = {
    "coverage": {"coverage": True, "fuzzing": False, "stateful": False},
    "fuzzing": {"coverage": False, "fuzzing": True, "stateful": True},
}

LIKE_THE_REST = (
    r"^(POST /v1/(?!grants/\{id\}/report-progress)[a-z-]+/\{id\}/[a-z-]+"
    r"|GET /v1/(?!reviews|documents|balances|events|stages)[a-z-]+(/\{id\}.*)?)$"
)
"""Addresses to which the systematic phase would send the same hundred requests as to others.

One of each kind stands for all there, which keeps the run short; fuzzing visits every one.
"""

MAKERS = (
    "/v1/organisations/import-filed",
    "/v1/organisations/start-filing",
    "/v1/organisations/start-filing-for",
    "/v1/findings/tip",
    "/v1/findings/raise",
    "/v1/amendments/request",
    "/v1/custody-accounts/open",
    "/v1/orders/draft-fee",
)
"""Addresses of commands that make a thing and say so by a word of their own."""

OPERATIONS: list[dict[str, Any]] = [
    # Each move of the clock closes every day on the way, in every fund, before it answers.
    {"include-path": "/v1/clock/advance", "enabled": False},
    # Read as an id, the last word of these addresses may be asked for as well.
    *(
        {"include-path": path, "checks": {"allow_header_conformance": {"enabled": False}}}
        for path in MAKERS
    ),
]

UNEXPECTED = ["delete", "options"]
"""Methods that no address takes; the others are refused in the same way."""

CHECKS = {
    # A random If-Match is a right one to send, and is almost always stale.
    "positive_data_acceptance": {
        "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "412"]
    },
    # A wrong body may stand beside an If-Match that is refused first, or be too large.
    "negative_data_rejection": {
        "expected-statuses": [
            "400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428",
        ]
    },
    # The contract's answer to a missing key is 428.
    "missing_required_header": {"expected-statuses": ["401", "422", "428"]},
}  # fmt: skip


def configured(phases: dict[str, bool]) -> SchemathesisConfig:
    """All checks that are standard, the same examples in every run."""
    rest = [{"include-name-regex": LIKE_THE_REST, "enabled": False}] if phases["coverage"] else []
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "phases": {
                **{name: {"enabled": enabled} for name, enabled in phases.items()},
                "coverage": {"enabled": phases["coverage"], "unexpected-methods": UNEXPECTED},
            },
            "generation": {"deterministic": True, "max-examples": EXAMPLES, "no-shrink": True},
            "auth": {"openapi": {"token": {"bearer": SECRET}}},
            "checks": CHECKS,
            "operations": [*OPERATIONS, *rest],
        }
    )


@asynccontextmanager
async def without_clock(app: FastAPI) -> AsyncIterator[None]:
    """Schemathesis starts the application anew for every request, which would tick each time."""
    yield


@pytest.fixture
def way(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Direct]:
    """A district in the middle of a grant; whoever waits for news is answered at once."""
    monkeypatch.setattr(api.v1.books, "WAIT_SECONDS", 0)
    for path in a_district(sqlite_url, with_costs_accepted):
        with direct(path) as way:
            way.app.router.lifespan_context = without_clock
            yield way


KEY = re.compile(r"[!-~]{1,255}", re.ASCII)
MOMENT = re.compile(r"(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}[Tt].*", re.ASCII)


@contextmanager
def reaching(way: Direct) -> Iterator[None]:
    """Lets what is generated reach the rules, where no document could describe how."""
    ids = with_every_noun(way.path)

    def before_call(context: Any, case: Any, kwargs: Any) -> None:
        nouns = f"{case.operation.path}//".split("/")[2]
        if case.path_parameters and nouns in ids:
            # Ids are given out by the server; a random one would only ever be not found.
            case.path_parameters["id"] = ids[nouns]
        if KEY.fullmatch(str((case.headers or {}).get("Idempotency-Key", ""))):
            # A key that comes again with another body is refused, as it must be.
            case.headers["Idempotency-Key"] = f"case-{next(way.keys)}"
        if isinstance(case.query, dict):
            # Cursors are given out by the server; a random one is refused.
            case.query.pop("starting_after", None)
        if isinstance(case.body, dict) and MOMENT.match(str(case.body.get("effective_at"))):
            # Whether a moment is too early or too late depends on what happened to the thing.
            case.body.pop("effective_at")
        case.body = whole(case.body)

    schemathesis.hook(before_call)
    try:
        yield
    finally:
        unregister(before_call)


def whole(value: Any) -> Any:
    """The value with 7 for 7.0: one whole number in JSON Schema, but no float is taken here."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: whole(item) for name, item in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return value


NOTHING_WRONG = "Invalid component: positive test case"
"""What the check for wrong data says where it made none: a body that may be absent was absent."""


def failures(schema: Any) -> Iterator[str]:
    """What the checks found, each with the request that shows it."""
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            yield f"{event.label}: {event.info}"
        elif isinstance(event, FatalError):
            yield str(event.exception)
        elif isinstance(event, ScenarioFinished):
            for found in event.recorder.checks.values():
                for check in found:
                    info = check.failure_info
                    if info is not None and NOTHING_WRONG not in info.failure.message:
                        wrong = f"{check.name}: {info.failure.message}"
                        yield f"{event.label}: {wrong}\n{info.code_sample[:1_000]}"


@pytest.mark.parametrize("phases", PHASES.values(), ids=PHASES)
def test_no_answer_lies_outside_the_document(way: Direct, phases: dict[str, bool]) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", way.app, config=configured(phases))
    with reaching(way):
        before = way.position
        found = list(failures(schema))

    assert not found, f"{len(found)} failures\n\n" + "\n\n".join(found[:10])
    assert way.position > before, "No command was carried out, so nothing was shown."
