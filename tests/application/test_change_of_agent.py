"""Another fiscal agent: who asks, who agrees, who decides, and what each agent may do and see."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from application.visibility import sight
from infrastructure.questions import one
from infrastructure.verify import verify
from infrastructure.views import VIEWS
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District, uscc
from tests.filed import paper
from tests.played import Path
from tests.played_in_custody import DOCUMENT, custody_fund, with_custody
from tests.played_to_end import found, with_first_tranche_paid

PLACE = "220102006"


def registered(path: Path, number: int, leader: str) -> str:
    """A registered organisation, with its legal representative."""
    id = path.tell(
        "district_officer", "organisations", "import", name=f"枢纽{number}", uscc=uscc(number),
        place=PLACE, leader=f"person:{leader}", account=f"account:{number}",
    )  # fmt: skip
    path.district.person(leader, Held("legal_representative", organisation=id))
    return id


def with_other_agent(district: District) -> tuple[Path, str]:
    """A client whose agent keeps an account for it, and another organisation that could."""
    path = with_custody(district)
    district.person("second officer", Held("subdistrict_officer", DISTRICT))
    other = registered(path, 3, "other head")
    district.person("other agent", Held("fiscal_agent", organisation=other))
    return path, other


def of_client(path: Path, who: str, verb: str, **said: Any) -> list[str]:
    return verdict(path, who, "organisations", verb, path.organisation, **said)


def asked(path: Path, agent: str) -> dict[str, Any]:
    return {"change": "fiscal_agent", "new_ref": agent, "document": paper(path, "applicant")}


def ask(path: Path, agent: str) -> None:
    path.tell("legal", "organisations", "request-change", path.organisation, **asked(path, agent))


def change(path: Path, agent: str) -> None:
    """Asked, agreed to and made."""
    ask(path, agent)
    path.tell("other head", "organisations", "accept-agency", path.organisation)
    path.pair(
        "subdistrict_officer", "second officer", "organisations", "approve-change",
        path.organisation,
    )  # fmt: skip


def account(path: Path) -> str:
    return path.district.only("custody-accounts", organisation=path.organisation)


def sees(path: Path, who: str, plural: str, id: str) -> bool:
    """Whether somebody finds the whole of a thing, and not what is public of it."""
    view, limits = VIEWS[plural], sight(plural, path.district.people[who])
    with path.district.system.database.engine.connect() as connection:
        found_there = one(connection, view, limits, id)
    return found_there is not None and found_there.full


def test_another_agent_is_a_registered_organisation_in_good_standing(district: District) -> None:
    path, other = with_other_agent(district)
    filed = path.tell(
        "district_officer", "organisations", "import-filed", name="编织坊", filing_no="备2026-2",
        place=PLACE, leader="person:y",
    )  # fmt: skip
    same = found(path, f"organisation:{path.organisation}").fiscal_agent
    request = ("legal", "request-change")
    assert of_client(path, *request, **asked(path, filed)) == ["O7.agent"]
    assert of_client(path, *request, **asked(path, same)) == ["O7.same"]
    assert of_client(path, *request, **asked(path, "nobody")) == ["found"]
    assert of_client(path, *request, **asked(path, other)) == []
    path.tell(
        "district_officer", "organisations", "place-on-list", other, list="abnormal", basis="失联"
    )
    assert of_client(path, *request, **asked(path, other)) == ["O7.agent"]


def test_a_legal_person_has_no_fiscal_agent(district: District) -> None:
    path, other = with_other_agent(district)
    document = paper(path, "district_officer", other)
    said = {"change": "fiscal_agent", "new_ref": path.organisation, "document": document}
    at = ("other head", "organisations", "request-change", other)
    assert verdict(path, *at, **said) == ["O7.client", "O7.agent"]


def test_the_new_agent_agrees_by_its_own_representative_once(district: District) -> None:
    path, other = with_other_agent(district)
    registered(path, 4, "third head")
    address = {"change": "address", "new_ref": "和平路7号", "document": paper(path, "applicant")}
    path.tell("legal", "organisations", "request-change", path.organisation, **address)
    assert of_client(path, "other head", "accept-agency") == ["O7c.who"]
    path.tell(
        "subdistrict_officer", "organisations", "refuse-change", path.organisation, reason="错"
    )
    ask(path, other)
    for who in ("third head", "legal", "other agent", "subdistrict_officer"):
        assert of_client(path, who, "accept-agency") == ["O7c.who"], who
    approve = ("subdistrict_officer", "approve-change")
    assert of_client(path, *approve) == ["O7a.accepted"]
    path.tell("other head", "organisations", "accept-agency", path.organisation)
    assert of_client(path, "other head", "accept-agency") == ["O7c.once"]
    assert of_client(path, *approve) == []


def test_the_leader_of_the_client_does_not_agree_for_the_agent(district: District) -> None:
    path, other = with_other_agent(district)
    ask(path, other)
    district.person("legal", Held("legal_representative", organisation=other))
    assert of_client(path, "legal", "accept-agency") == ["O7c.own"]
    assert of_client(path, "other head", "accept-agency") == []


def test_nobody_of_the_agent_decides_and_a_listed_one_is_not_let_in(district: District) -> None:
    path, other = with_other_agent(district)
    ask(path, other)
    path.tell("other head", "organisations", "accept-agency", path.organisation)
    mine = Held("applicant", organisation=other)
    district.person("relative", Held("subdistrict_officer", DISTRICT), mine)
    assert of_client(path, "relative", "approve-change") == ["O7a.agent_interest"]
    path.tell(
        "district_officer", "organisations", "place-on-list", other, list="abnormal", basis="失联"
    )
    assert of_client(path, "subdistrict_officer", "approve-change") == ["O7a.agent"]


def test_two_officers_lead_the_money_to_another_agent_and_what_is_kept_stays(
    district: District,
) -> None:
    path, other = with_other_agent(district)
    former = found(path, f"custody_account:{account(path)}")
    ask(path, other)
    path.tell("other head", "organisations", "accept-agency", path.organisation)
    waiting = path.tell("subdistrict_officer", "organisations", "approve-change", path.organisation)
    assert found(path, f"organisation:{path.organisation}").fiscal_agent == former.agent
    assert verdict(path, "subdistrict_officer", "approvals", "approve", waiting) == ["W2.preparer"]
    path.tell("second officer", "approvals", "approve", waiting)
    client = found(path, f"organisation:{path.organisation}")
    assert (client.fiscal_agent, client.agency_accepted_by, client.stage) == (other, "", "filed")
    kept = found(path, f"custody_account:{account(path)}")
    assert (kept.agent, kept.stage) == (former.agent, "open")
    assert verify(district.system.store).faults == ()


def test_what_an_agent_keeps_stays_its_own_to_close(district: District) -> None:
    path, other = with_other_agent(district)
    change(path, other)
    closing = ("custody-accounts", "close", account(path))
    assert verdict(path, "agent", *closing) == []
    assert verdict(path, "other agent", *closing) == ["C7.who"]
    assert verdict(path, "legal", *closing) == ["C7.who"]


def test_the_right_to_keep_money_moves_with_the_change_of_agent(district: District) -> None:
    path, other = with_other_agent(district)
    path.pair("agent", "subdistrict_officer", "custody-accounts", "close", account(path))
    said = {"client": path.organisation, "fund": custody_fund(path), "document": DOCUMENT}
    opening = ("custody-accounts", "open")
    assert verdict(path, "other agent", *opening, **said) == ["C1.who"]
    assert verdict(path, "agent", *opening, **said) == []
    change(path, other)
    assert verdict(path, "other agent", *opening, **said) == []
    assert verdict(path, "agent", *opening, **said) == ["C1.who"]


def test_what_the_former_agent_prepared_is_not_carried_out_for_the_new_one(
    district: District,
) -> None:
    path, other = with_other_agent(district)
    said = {"client": path.organisation, "document": DOCUMENT}
    path.pair("agent", "subdistrict_officer", "custody-accounts", "close", account(path))
    waiting = path.tell("agent", "custody-accounts", "open", fund=custody_fund(path), **said)
    at = ("subdistrict_officer", "approvals", "approve", waiting)
    assert verdict(path, *at) == []
    assert verdict(path, "agent", "approvals", "withdraw", waiting) == []
    change(path, other)
    assert verdict(path, *at) == ["W2.agent"]


@pytest.mark.parametrize("closes", [False, True])
def test_each_agent_sees_what_it_keeps_and_the_former_one_nothing_new(
    district: District, closes: bool
) -> None:
    path, other = with_other_agent(district)
    old, client = account(path), path.organisation
    assert sees(path, "agent", "organisations", client)
    assert sees(path, "agent", "custody-accounts", old)
    assert not sees(path, "other agent", "organisations", client)
    ask(path, other)
    assert sees(path, "other head", "organisations", client), "whoever is to agree sees for whom"
    path.tell("other head", "organisations", "accept-agency", client)
    path.pair("subdistrict_officer", "second officer", "organisations", "approve-change", client)
    if closes:
        path.pair("agent", "subdistrict_officer", "custody-accounts", "close", old)
    said = {"client": client, "fund": custody_fund(path), "document": DOCUMENT}
    path.pair("other agent", "subdistrict_officer", "custody-accounts", "open", **said)
    (new,) = {*district.all("custody-accounts", organisation=client)} - {old}
    assert sees(path, "agent", "organisations", client) is not closes
    assert sees(path, "agent", "custody-accounts", old)
    assert not sees(path, "agent", "custody-accounts", new)
    assert sees(path, "other agent", "custody-accounts", new)
    assert not sees(path, "other agent", "custody-accounts", old)


def test_an_agent_sees_the_grant_and_the_money_that_it_keeps_and_not_the_proposal(
    district: District,
) -> None:
    path = with_first_tranche_paid(district, organised=with_custody)
    tranche = path.tranches[0]
    district.person("other agent", Held("fiscal_agent", organisation=registered(path, 3, "head")))
    for who, sees_it in (("agent", True), ("other agent", False)):
        assert sees(path, who, "grants", path.grant) is sees_it
        assert sees(path, who, "tranches", tranche) is sees_it
    (proposal,) = district.all("proposals")
    assert not sees(path, "agent", "proposals", proposal)
    assert sees(path, "applicant", "proposals", proposal)


def test_people_of_an_agent_have_an_interest_in_its_clients(district: District) -> None:
    path, _ = with_other_agent(district)
    agent = found(path, f"organisation:{path.organisation}").fiscal_agent
    mine = Held("fiscal_agent", organisation=agent)
    said = {"decision": "13号", "scope": "全部", "appeal_until": district.today}
    path.tell("district_officer", "organisations", "suspend", path.organisation, **said)
    district.person("relative", Held("district_officer", DISTRICT), mine)
    district.person("stranger", Held("district_officer", DISTRICT))
    assert of_client(path, "relative", "reinstate", reason="完") == ["O12a.interest"]
    assert of_client(path, "stranger", "reinstate", reason="完") == []
