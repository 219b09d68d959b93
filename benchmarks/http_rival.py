"""The rival of benchmarks.http: the same routes, one transaction for each request.

The usual way to build them: a plain handler in FastAPI's pool of threads finds out who is calling,
reads the body, opens a transaction that holds the one writers' lock, loads what the command
concerns from the database, decides, writes, commits, answers. Reading, checks, decision, rows
and durability are the product's own; there is no shared transaction and no memory between requests.
"""

from __future__ import annotations

import argparse
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api import errors
from api.door import parse
from api.identity import bearer
from api.shapes import read_command
from api.v1.telling import answered, currency_of, digest_of, expected_version, key_of, read_body
from application.decide import Sent
from application.desk import Answer, Cache, Desk
from application.handlers import HANDLERS
from application.principals import Principal
from infrastructure.settings import Settings
from infrastructure.system import System


class OneByOne(Desk):
    """A desk for a single request: no thread, no queue, nothing remembered."""

    def __init__(self, system: System) -> None:
        self.store, self.clock, self.entropy = system.store, system.clock, system.entropy
        self.calendars, self.zone, self.cache = system.calendars, system.zone, Cache()

    def send(self, sent: Sent) -> Answer:
        """Decides and commits in the caller's thread."""
        (outcome,) = self.decide_all([sent])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def principal(request: Request) -> Principal:
    """The person behind the token; 401 for anybody else."""
    found: Principal | None = request.app.state.house.identity.by_token(bearer(request))
    if found is None:
        raise HTTPException(401)
    return found


def tell(
    request: Request,
    id: str,
    verb: str,
    by: Annotated[Principal, Depends(principal)],
    body: Annotated[bytes, Depends(read_body)],
) -> Response:
    """One command in one transaction."""
    system: System = request.app.state.house
    value = parse(body)
    currency = currency_of(system, "tranche", id)
    command, grounds = read_command(HANDLERS["tranche"][verb][0], value, currency=currency)
    sent = Sent(
        noun="tranche",
        verb=verb,
        command=command,
        by=by,
        id=id,
        grounds=grounds,
        expected_version=expected_version(request),
        key=f"{by.person} {key_of(request)}",
        digest=digest_of("tranche", verb, id, value),
    )
    return answered(OneByOne(system).send(sent))


async def empty() -> Response:
    """As little as the framework can do."""
    return JSONResponse({})


def main() -> None:
    """Serves on the database that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    app = FastAPI()
    app.state.house = System(Settings())
    errors.install(app)
    app.add_api_route("/empty", empty, methods=["GET"])
    app.add_api_route("/v1/tranches/{id}/{verb}", tell, methods=["POST"])
    uvicorn.run(app, port=parser.parse_args().port)
    app.state.house.close()


if __name__ == "__main__":
    main()
