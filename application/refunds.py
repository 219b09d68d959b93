"""What comes back of a grant: whether its fund may use it again."""

from __future__ import annotations

from application.docket import Docket
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.rounds.round import Round


def is_reusable(grant: Grant, docket: Docket) -> bool:
    """Whether both the fund and the round let returned money be granted again."""
    fund, round = docket.load(Fund, grant.fund), docket.load(Round, grant.round)
    return fund.reuse and round.asks.unspent == "reuse"
