"""What crosses between the event loop and threads: many requests with one question or one call.

A thread that is woken for each request costs more than what it is woken for. So requests that
arrive while a question to the database is under way are asked for together in the next one, and
answers of the desk that come together wake the loop once.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from application.decide import Sent
from application.desk import Answer, Desk
from application.identity import Identity
from application.principals import Principal

Found = Mapping[str, Principal]


class Porter:
    """Asks whom tokens speak for: one question for all requests that wait.

    Nothing is remembered: a question begins after every request that it answers has come, so
    that a token that was revoked before is refused, whichever process revoked it.
    """

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.gathered: set[str] = set()
        self.coming: asyncio.Task[Found] | None = None

    async def by_token(self, identity: Identity, secret: str) -> Principal | None:
        """Who the token speaks for; None where it is unknown or revoked."""
        self.gathered.add(secret)
        if self.coming is None:
            self.coming = asyncio.create_task(self.ask(identity))
        found = await asyncio.shield(self.coming)
        return found.get(secret)

    async def ask(self, identity: Identity) -> Found:
        """Asks for all that were gathered, once the last question has been answered."""
        async with self.lock:
            secrets, self.gathered, self.coming = self.gathered, set(), None
            return await run_in_threadpool(identity.by_tokens, secrets)


class Messenger:
    """Brings answers from the desk's thread to those who wait on the loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.arrived: deque[tuple[asyncio.Future[Answer], Future[Answer]]] = deque()
        self.is_called = False

    async def tell(self, desk: Desk, sent: Sent) -> Answer:
        """Hands a command to the desk and waits for its answer, or raises its refusal."""
        waiting: asyncio.Future[Answer] = self.loop.create_future()
        desk.post(sent).add_done_callback(lambda done: self.take(waiting, done))
        return await waiting

    def take(self, waiting: asyncio.Future[Answer], done: Future[Answer]) -> None:
        """Takes an answer in the desk's thread; wakes the loop unless it is called already."""
        self.arrived.append((waiting, done))
        if not self.is_called and not self.loop.is_closed():
            self.is_called = True
            self.loop.call_soon_threadsafe(self.deliver)

    def deliver(self) -> None:
        """Gives out what has arrived; whatever arrives from now on calls again."""
        self.is_called = False
        while self.arrived:
            waiting, done = self.arrived.popleft()
            if waiting.done():
                continue
            if (error := done.exception()) is not None:
                waiting.set_exception(error)
            else:
                waiting.set_result(done.result())


class Crossing(threading.local):
    """The porter and the messenger of the loop that runs in this thread."""

    loop: asyncio.AbstractEventLoop | None = None
    porter: Porter
    messenger: Messenger

    def here(self) -> Crossing:
        """The same, made anew where another loop has taken the thread."""
        running = asyncio.get_running_loop()
        if self.loop is not running:
            self.loop, self.porter, self.messenger = running, Porter(), Messenger()
        return self


def crossing_of(request: Request) -> Crossing:
    """The crossing of the application on the running loop."""
    crossing: Crossing = request.app.state.crossing
    return crossing.here()
