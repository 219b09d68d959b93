"""The organisation: how it is taken over from a register, and what is known of it."""

from __future__ import annotations

from datetime import date

from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError

from domain.errors import check
from domain.kernel import Aggregate, Event, Mandate
from domain.organisations.events import Listing
from domain.organisations.lifecycle import LIVE, lifecycle
from domain.policies import holds


def is_credit_code(code: str) -> bool:
    """Whether the code is a unified social credit code of civil affairs (GB 32100: 51, 52, 53)."""
    try:
        return credit_code.validate(code) == code and code[:2] in ("51", "52", "53")
    except ValidationError:
        return False


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
    credits: int = 0
    listings: tuple[Listing, ...] = ()
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
        cls, id: str, *, name: str, uscc: str, place: str, leader: str, account: str, by: Mandate
    ) -> Organisation:
        """Takes a registered organisation over from the register of legal persons (O9)."""
        check(
            holds(
                "O9.uscc",
                is_credit_code(uscc),
                "“{code}” is no unified social credit code of a social organisation: 18 characters "
                "that begin with 51, 52 or 53, the last of which is a check character.",
                field="/uscc",
                code=uscc,
            )
        )
        organisation = cls(id=id)
        stage = lifecycle.start("import")
        event = cls.Imported(
            stage=stage, name=name, uscc=uscc, place=place, leader=leader, account=account
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
