"""What may be told to funds: the commands by phase, and what carries each of them out."""

from application.funds import ending, keeping, moving, parking, receiving
from application.funds.ending import CloseFund, StartClosing
from application.funds.keeping import (
    CloseDay,
    ClosePeriod,
    FreezeFund,
    OpenFund,
    ProposeFund,
    RefuseFund,
)
from application.funds.receiving import (
    AmendAppropriation,
    ReceiveContribution,
    RecordAppropriation,
    RecordOpeningBalance,
)
from application.told import Handlers
from domain.funds.fund import Fund

BY_PHASE: Handlers = {
    **keeping.HANDLERS,
    **receiving.HANDLERS,
    **moving.HANDLERS,
    **parking.HANDLERS,
    **ending.HANDLERS,
}

HANDLERS: Handlers = {verb: BY_PHASE[verb] for verb in Fund.lifecycle.verbs if verb in BY_PHASE}
"""In the order of the lifecycle table."""

__all__ = [
    "HANDLERS",
    "AmendAppropriation",
    "CloseDay",
    "CloseFund",
    "ClosePeriod",
    "FreezeFund",
    "OpenFund",
    "ProposeFund",
    "ReceiveContribution",
    "RecordAppropriation",
    "RecordOpeningBalance",
    "RefuseFund",
    "StartClosing",
]
