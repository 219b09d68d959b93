"""What follows an inspection of an organisation, in the same save."""

from __future__ import annotations

from typing import Any

from application.docket import Docket
from application.findings import about
from domain.findings import oversight
from domain.findings.oversight import Fault
from domain.kernel import Mandate, Record


def raise_faults(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Makes a finding of each fault (D2), which those who inspected do not verify themselves."""
    organisation = docket.stream(record.originator_id)
    for found in record.event.faults:
        fault = Fault(
            severity=found.severity,
            amount_minor=0,
            refs=(),
            owner=found.owner,
            statement=found.statement,
            due=found.due,
        )
        subject, hands = about(organisation), tuple(record.event.inspectors)
        finding = oversight.written_down(
            docket.new_id(), subject=subject, fault=fault, hands=hands, by=by
        )
        docket.add(finding)
