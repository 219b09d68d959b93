"""The library's side of the replay: a payment as its own aggregate, and how it comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PERSON = "person:906e0a07-d2bb-51c8-85fc-d4d9e70afb10"
LINK = "019c8d62-ac20-77e6-b8ee-ef0870aa60ca"
SALT = "079186c5d2de8366abcadebd07d889ad"
PLACE = {"code": "220102", "unit": ""}
ENVELOPE: dict[str, object] = {"id": PERSON, "role": "applicant", "place": PLACE}


class Payment(Aggregate):
    """A payment whose facts carry the values that our records carry, in the library's own way."""

    @event("Planned")
    def __init__(self, grant: str, fund: str, amount_minor: int, effective_at: datetime) -> None:
        self.grant = grant
        self.fund = fund
        self.amount_minor = amount_minor
        self.effective_at = effective_at
        self.stage = "planned"
        self.account = ""

    @event("Requested")
    def request(
        self,
        stage: str,
        account: str,
        amount_minor: int,
        actor: dict[str, object],
        command_id: str,
        causation: str,
        salt: str,
        effective_at: datetime,
    ) -> None:
        """One more fact, with who stated it and when it took effect."""
        self.stage = stage
        self.account = account
        self.amount_minor = amount_minor
        self.effective_at = effective_at


class Payments(Application[UUID]):
    """The library's application, on whatever recorder its environment names."""

    def fill(self, events: int, each: int, together: int = 100) -> None:
        """Saves as many events, so many for each payment."""
        waiting: list[Payment] = []
        for _ in range(events // each):
            payment = Payment(LINK, LINK, 100_000, MOMENT)
            for turn in range(each - 1):
                payment.request(
                    "requested", "account:1", turn, ENVELOPE, LINK, f"approval:{LINK}@1", SALT,
                    MOMENT,
                )  # fmt: skip
            waiting.append(payment)
            if len(waiting) == together:
                self.save(*waiting)
                waiting = []
        self.save(*waiting)

    def replayed(self, page: int) -> int:
        """Every payment after all events: pages of notifications, decoded and applied."""
        found: dict[UUID, Payment | None] = {}
        decoded, last = self.mapper.to_domain_event, 0
        while page_of_log := self.recorder.select_notifications(last + 1, page):
            for notification in page_of_log:
                fact = decoded(notification)
                id = fact.originator_id
                found[id] = fact.mutate(found.get(id))  # type: ignore[attr-defined]
            last = page_of_log[-1].id
        return last
