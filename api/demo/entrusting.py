"""Money that a fiscal agent keeps for filed organisations."""

from __future__ import annotations

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.organisations import leader_of
from api.demo.people import AGENT, SUBDISTRICT
from api.demo.rounds import day
from api.demo.stopping import grant_of
from application.custody_accounts import CloseCustodyAccount, OpenCustodyAccount, PayOut

SUBDISTRICTS = {"xiyang": SUBDISTRICT, "linli": "subdistrict_ty"}
"""The officer of the subdistrict of each organisation whose money is kept."""


def entrusted(district: District) -> Story:
    """Two accounts are opened; one pays for its client, and the other is closed unused."""
    yield at(day(4, 8), 10)
    opened = {}
    for key, officer in SUBDISTRICTS.items():
        client = district.organisations[key]
        text = "代管协议（备案组织、代管方、街道三方）\n"
        document, _ = district.store(officer, f"organisation:{client}", text)
        fund = district.funds["custody"]
        command = OpenCustodyAccount(client=client, fund=fund, document=document)
        district.pair(AGENT, officer, command)
        (opened[key],) = district.ids("custody_account", organisation=client)
    yield at(day(5, 20), 10)
    payment = PayOut(
        grant=grant_of(district, "pairing"), payee="南关区惠民超市", amount_minor=300_000,
        voucher="PZ-PAIRING-01",
    )  # fmt: skip
    district.pair(AGENT, leader_of("linli"), payment, opened["linli"])
    yield at(day(7, 8), 10)
    district.pair(AGENT, SUBDISTRICTS["xiyang"], CloseCustodyAccount(), opened["xiyang"])
