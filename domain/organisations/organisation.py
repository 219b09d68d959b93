"""The organisation: how it is taken over from a register, and what is known of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from domain.errors import check
from domain.kernel import Aggregate, Event, Mandate, Record
from domain.organisations.check_events import AnnualCheck, DimensionScore, Inspection, latest
from domain.organisations.codes import has_sound_code, plain_code
from domain.organisations.events import Credit, Listing
from domain.organisations.filing_events import Changing
from domain.organisations.lifecycle import ACTING, Stage, lifecycle
from domain.organisations.names import spelt
from domain.organisations.registered import is_sound_past


class Organisation(Aggregate):
    """A body that may apply: registered (a legal person) or filed (recorded, no legal person).

    `name_key` is its name as names are compared, `founder` who acts for it while it is being
    filed, `drafter` who wrote that down. `answer_by` is the day by which officers answer a filing;
    while it is returned that clock stands, with `days_left` working days on it. `decided` are the
    fields on which an officer has decided here, rather than a register elsewhere.
    """

    noun = "organisation"
    lifecycle = lifecycle

    name: str = ""
    place: str = ""
    leader: str = ""
    uscc: str = ""
    filing_no: str = ""
    fiscal_agent: str = ""
    account: str = ""
    identifier: str = ""
    registered_on: date | None = None
    annual_checks: tuple[AnnualCheck, ...] = ()
    checked_year: int | None = None
    check_result: str = ""
    grade: str = ""
    grade_until: date | None = None
    weighting: str = ""
    scores: tuple[DimensionScore, ...] = ()
    capacity_score_milli: int | None = None
    health_checked_on: date | None = None
    inspections: tuple[Inspection, ...] = ()
    incubator: str = ""
    incubated_until: date | None = None
    goals: str = ""
    incubation_outcome: str = ""
    credits: int = 0
    credit_records: tuple[Credit, ...] = ()
    listings: tuple[Listing, ...] = ()
    abnormal_since: date | None = None
    decision: str = ""
    scope: str = ""
    until: date | None = None
    appeal_until: date | None = None
    stage_left: str = ""
    suspended_by: str = ""
    forced: bool = False
    stage_before_end: str = ""
    asset_disposal: str = ""
    kind: str = ""
    address: str = ""
    name_key: str = ""
    founder: str = ""
    drafter: str = ""
    charter: str = ""
    member_count: int = 0
    aims: str = ""
    calendar: str = ""
    requested_on: date | None = None
    answer_by: date | None = None
    days_left: int | None = None
    defects: tuple[str, ...] = ()
    due: date | None = None
    check_opinion: str = ""
    checker: str = ""
    valid_from: date | None = None
    remedy: str = ""
    rejecters: tuple[str, ...] = ()
    pending_change: Changing | Literal[""] = ""
    new_ref: str = ""
    change_document: str = ""
    change_requester: str = ""
    agency_accepted_by: str = ""
    stage_before_change: str = ""
    account_changed: date | None = None
    account_changed_at: datetime | None = None
    account_hands: tuple[str, ...] = ()
    authority: str = ""
    certificate: str = ""
    decided: tuple[str, ...] = ()

    class Imported(Event, frozen=True, tag="organisation.imported"):
        name: str
        uscc: str
        place: str
        leader: str
        account: str
        registered_on: date | None = None
        annual_checks: tuple[AnnualCheck, ...] = ()

        def apply(self, aggregate: Organisation) -> None:
            super().apply(aggregate)
            aggregate.checked_year, aggregate.check_result = latest(self.annual_checks)

    class FilingImported(Event, frozen=True, tag="organisation.filing_imported"):
        name: str
        filing_no: str
        place: str
        leader: str
        fiscal_agent: str

    class HistoryImported(Event, frozen=True, tag="organisation.history_imported"):
        import_id: str
        name: str
        identifier: str

    @property
    def is_live(self) -> bool:
        """Whether the organisation may act at all."""
        return self.stage in ACTING

    @property
    def is_legal_person(self) -> bool:
        """Whether it is registered, so that it can hold an account of its own."""
        return bool(self.uscc)

    @property
    def settled_stage(self) -> str:
        """The stage apart from a change that is asked for."""
        is_pending = self.stage == Stage.CHANGE_REQUESTED
        return self.stage_before_change if is_pending else self.stage

    def verifiers(self, account: str) -> tuple[str, ...]:
        """Who verified and approved that account, where it is the organisation's own now."""
        return self.account_hands if account == self.account else ()

    def take(self, record: Record[Any]) -> None:
        """Applies a record; the name as it is compared follows from the name."""
        super().take(record)
        self.name_key = spelt(self.name)

    def grade_on(self, day: date) -> str:
        """The grade that is valid on a day; empty where there is none."""
        is_valid = self.grade_until is not None and day <= self.grade_until
        return self.grade if is_valid else ""

    def is_incubated_on(self, day: date) -> bool:
        """Whether incubation runs on a day: it was not ended, and its last day is not over."""
        until = self.incubated_until
        return until is not None and not self.incubation_outcome and day <= until

    @property
    def listed(self) -> tuple[Listing, ...]:
        """The entries on lists that have not ended."""
        return tuple(entry for entry in self.listings if entry.ended is None)

    @property
    def barred_by(self) -> tuple[str, ...]:
        """Every cause for which its proposals are blocked now; empty where there is none."""
        lists = tuple(dict.fromkeys(entry.list for entry in self.listed))
        # Whoever is to be deregistered out of a suspension is still suspended.
        stages = (self.stage, self.stage_before_end if self.stage == "deregistering" else "")
        return lists + tuple(stage for stage in ("suspended", "deregistering") if stage in stages)

    @classmethod
    def bring_in(
        cls,
        id: str,
        *,
        name: str,
        uscc: str,
        place: str,
        leader: str,
        account: str,
        registered_on: date | None = None,
        annual_checks: tuple[AnnualCheck, ...] = (),
        by: Mandate,
    ) -> Organisation:
        """Takes a registered organisation over from the register of legal persons (O9)."""
        check(has_sound_code("O9", uscc), *is_sound_past(registered_on, annual_checks, by))
        organisation = cls(id=id)
        event = cls.Imported(
            stage=lifecycle.start("import"),
            name=name,
            uscc=plain_code(uscc),
            place=place,
            leader=leader,
            account=account,
            registered_on=registered_on,
            annual_checks=annual_checks,
        )
        organisation.record(event, by)
        return organisation

    @classmethod
    def bring_in_filed(
        cls,
        id: str,
        *,
        name: str,
        filing_no: str,
        place: str,
        leader: str,
        agent: str,
        by: Mandate,
    ) -> Organisation:
        """Takes a filed organisation over from a subdistrict's filing register (O9a)."""
        organisation = cls(id=id)
        event = cls.FilingImported(
            stage=lifecycle.start("import-filed"),
            name=name,
            filing_no=filing_no,
            place=place,
            leader=leader,
            fiscal_agent=agent,
        )
        organisation.record(event, by)
        return organisation

    @classmethod
    def import_history(
        cls, id: str, *, import_id: str, name: str, identifier: str, by: Mandate
    ) -> Organisation:
        """Records a body that past grants name, under the name and identifier of the file (I5)."""
        organisation = cls(id=id)
        stage = lifecycle.start("import-history")
        event = cls.HistoryImported(
            stage=stage, import_id=import_id, name=name, identifier=identifier
        )
        organisation.record(event, by)
        return organisation
