"""The desk: the one door through which every command passes, and the one thread that commits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from threading import Thread
from time import sleep
from zoneinfo import ZoneInfo

import msgspec

from application.decide import Decided, Sent, Times, decide, perform
from application.docket import Docket
from application.ports import Calendars, Clock, Entropy, Receipt, Save, Store, Writer
from domain.errors import Reason, Refusal
from domain.kernel import Aggregate

AT_ONCE = 64
"""How many waiting commands are decided in one transaction at most."""

CACHED = 20_000
"""How many aggregates are kept in memory between commands."""


class KeyReused(Refusal):
    """An idempotency key came again with another command."""


class Unavailable(Exception):
    """The store cannot write now; unless it broke off at the commit, nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command: the thing, its stage, version, and the position of its event."""

    noun: str
    id: str
    stage: str
    version: int
    position: int
    created: bool = False
    prepared: bool = False


Waiting = tuple[Sent, "Future[Answer]"]


class Cache:
    """Aggregates as they were last saved, the least used forgotten first; never changed in place.

    `followed` is the last position that the cached aggregates have taken in, `salt` that of the
    record there, `born` where each of them begins in the chronicle.
    """

    def __init__(self) -> None:
        self.kept: OrderedDict[str, Aggregate] = OrderedDict()
        self.born: dict[str, int] = {}
        self.followed = 0
        self.recorded_at: datetime | None = None
        self.salt = ""

    def get(self, stream: str) -> Aggregate | None:
        """The aggregate of that stream, if it is kept."""
        found = self.kept.get(stream)
        if found is not None:
            self.kept.move_to_end(stream)
        return found

    def keep(self, aggregates: Iterable[Aggregate]) -> None:
        """Keeps aggregates, and forgets the least used above the limit."""
        for aggregate in aggregates:
            self.kept[aggregate.stream] = aggregate
            self.kept.move_to_end(aggregate.stream)
        while len(self.kept) > CACHED:
            forgotten, _ = self.kept.popitem(last=False)
            self.born.pop(forgotten, None)

    def clear(self) -> None:
        """Forgets everything, after a transaction that was rolled back."""
        self.kept.clear()
        self.born.clear()
        self.followed = 0
        self.recorded_at = None
        self.salt = ""


class Desk:
    """Decides and saves everything that waits, in one transaction after another.

    One thread decides, one command after the other, while it holds the lock of the store; a
    refused command has written nothing. Answers are given after the commit.
    """

    def __init__(
        self, store: Store, *, clock: Clock, entropy: Entropy, calendars: Calendars, zone: ZoneInfo
    ) -> None:
        self.store = store
        self.clock = clock
        self.entropy = entropy
        self.calendars = calendars
        self.zone = zone
        self.cache = Cache()
        self.queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self.thread = Thread(target=self.run, name="desk", daemon=True)
        self.thread.start()

    def post(self, sent: Sent) -> Future[Answer]:
        """Puts a command in the queue; the future has its answer, or raises its refusal."""
        future: Future[Answer] = Future()
        self.queue.put((sent, future))
        return future

    def send(self, sent: Sent) -> Answer:
        """Sends a command and waits for what becomes of it."""
        return self.post(sent).result()

    def close(self) -> None:
        """Decides what waits, then stops."""
        self.queue.put(None)
        self.thread.join()

    def run(self) -> None:
        """Takes what waits from the queue, batch after batch."""
        while True:
            batch = [self.queue.get()]
            # Whoever was answered just now may have something to add to the same transaction.
            sleep(0)
            while len(batch) < AT_ONCE and batch[-1] is not None and not self.queue.empty():
                batch.append(self.queue.get())
            there = [item for item in batch if item is not None]
            # A sender may have given up meanwhile; from here on none can.
            waiting = [item for item in there if item[1].set_running_or_notify_cancel()]
            if waiting:
                self.commit(waiting)
            if len(there) < len(batch):
                return

    def commit(self, waiting: Sequence[Waiting]) -> None:
        """Decides a batch in one transaction; alone, one after another, if that fails."""
        try:
            outcomes = self.decide_all([sent for sent, _ in waiting])
        except Exception as error:
            # Whatever went wrong is rolled back, and whoever waits is answered.
            self.cache.clear()
            if len(waiting) == 1:
                outcomes = [error]
            else:
                for item in waiting:
                    self.commit([item])
                return
        for (_, future), outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    def decide_all(self, batch: Sequence[Sent]) -> list[Answer | Exception]:
        """The answer or the refusal of each command; all that was decided is committed."""
        with self.store.writing(self.cache) as writer:
            receipts = self.catch_up(writer, [sent.key for sent in batch if sent.key])
            outcomes = [self.decide_one(sent, writer, receipts) for sent in batch]
            writer.flush()
        return outcomes

    def catch_up(self, writer: Writer, keys: Sequence[str]) -> dict[str, Receipt]:
        """Takes in what other processes have written since this one looked; finds receipts."""
        if not self.cache.followed:
            self.cache.followed, self.cache.recorded_at = writer.head()
        # The last record that is known comes again: it shows that this is the same chronicle.
        news, receipts = writer.since(max(self.cache.followed - 1, 0), keys)
        if self.cache.salt and (not news or news[0][1].salt != self.cache.salt):
            # A standby took over that never got what was followed here.
            self.cache.clear()
            return self.catch_up(writer, keys)
        for position, record in news:
            aggregate = self.cache.kept.get(record.originator_id)
            if aggregate is not None and record.originator_version == aggregate.version + 1:
                aggregate.take(record)
            self.cache.followed, self.cache.recorded_at = position, record.recorded_at
            self.cache.salt = record.salt
        return receipts

    def decide_one(
        self, sent: Sent, writer: Writer, receipts: dict[str, Receipt]
    ) -> Answer | Exception:
        """Decides one command and adds what it leaves to the writer."""
        if sent.key in receipts:
            return repeated(sent, receipts[sent.key])
        now = max(self.clock.now(), self.cache.recorded_at or self.clock.now())
        docket = Docket(
            writer, now=now, entropy=self.entropy, calendars=self.calendars, perform=perform
        )
        try:
            decided = decide(sent, docket, Times(now, self.zone))
            return self.keep(sent, decided, docket, writer, receipts)
        except Refusal as refusal:
            return refusal

    def keep(
        self,
        sent: Sent,
        decided: Decided,
        docket: Docket,
        writer: Writer,
        receipts: dict[str, Receipt],
    ) -> Answer:
        """Adds a decided command to the transaction, and its aggregates to the cache."""
        first, by = self.cache.followed + 1, decided.by
        answer = answer_to(decided, first)
        receipt = None
        if sent.key:
            receipt = Receipt(sent.key, sent.digest, msgspec.json.encode(answer))
        touched = docket.touched(by)
        writer.add(Save(first, tuple(by.records), touched, receipt))
        if receipt is not None:
            receipts[sent.key] = receipt
        self.cache.keep(touched)
        self.cache.followed += len(by.records)
        self.cache.recorded_at, self.cache.salt = by.recorded_at, by.records[-1].salt
        return answer


def answer_to(decided: Decided, first: int) -> Answer:
    """What the sender of a command is told; `first` is the position of its first record."""
    thing, position = decided.thing, position_of(first, decided)
    of = (thing.noun, thing.id, thing.stage, thing.version)
    return Answer(*of, position, decided.created, decided.prepared)


def position_of(first: int, decided: Decided) -> int:
    """The position of the last record that the command made in the thing's own stream."""
    streams = [record.originator_id for record in decided.by.records]
    return first + len(streams) - 1 - streams[::-1].index(decided.thing.stream)


def repeated(sent: Sent, receipt: Receipt) -> Answer | Exception:
    """The stored answer to a command that was sent again; refused if it is another command."""
    if receipt.digest != sent.digest:
        return KeyReused(
            Reason("idempotency", "This idempotency key was used for another command.")
        )
    return msgspec.json.decode(receipt.answer, type=Answer)
