"""The organisation: how it is taken over from a register, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.organisations.check_events import AnnualCheck, DimensionScore, Inspection, latest
from domain.organisations.events import Credit, Listing
from domain.organisations.lifecycle import LIVE, lifecycle
from domain.policies import holds


def is_credit_code(code: str) -> bool:
    """Whether the code is a unified social credit code of civil affairs (GB 32100: 51, 52, 53)."""
    try:
        return credit_code.validate(code) == code and code[:2] in ("51", "52", "53")
    except ValidationError:
        return False


def has_credit_code(code: str) -> Reason | None:
    """A registered organisation has a credit code of civil affairs (O9)."""
    return holds(
        "O9.uscc",
        is_credit_code(code),
        "“{code}” is no unified social credit code of a social organisation: 18 characters "
        "that begin with 51, 52 or 53, the last of which is a check character.",
        field="/uscc",
        code=code,
    )


def is_sound_past(
    registered_on: date | None, checks: tuple[AnnualCheck, ...], by: Mandate
) -> Iterable[Reason | None]:
    """What a register says of an organisation lies in the past, and once for each year (O9)."""
    yield holds(
        "O9.registered_on",
        registered_on is None or registered_on <= by.day,
        "An organisation is registered on a day that has come.",
        field="/registered_on",
    )
    years = [each.year for each in checks]
    yield holds(
        "O9.annual_checks",
        len(set(years)) == len(years) and all(year < by.day.year for year in years),
        "The annual checks that are taken over are of years that are over, each named once.",
        field="/annual_checks",
    )


class Organisation(Aggregate):
    """A body that may apply: registered (a legal person) or filed (recorded, no legal person)."""

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
        return self.stage in LIVE

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
        check(has_credit_code(uscc), *is_sound_past(registered_on, annual_checks, by))
        organisation = cls(id=id)
        event = cls.Imported(
            stage=lifecycle.start("import"),
            name=name,
            uscc=uscc,
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
