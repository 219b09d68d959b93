"""The path of people who have an organisation filed: each step goes so far and no further."""

from __future__ import annotations

from typing import Any

from application.principals import Held
from tests.district import District, uscc
from tests.played import Path

SUBDISTRICT = "220102006"
COMMUNITY = "220102006001"
ELSEWHERE = "220102007001"
CALENDAR = "CN-2026.1"
NAME = "夕阳红合唱队"
PAPER: dict[str, Any] = {"sha256": "ab" * 32, "media_type": "application/pdf", "size": 9}


def with_neighbourhood(district: District) -> Path:
    """Officers of the district, a subdistrict and a community, and people who hold no role."""
    district.officers()
    district.person("subdistrict_officer", Held("subdistrict_officer", SUBDISTRICT))
    district.person("second officer", Held("subdistrict_officer", SUBDISTRICT))
    district.person("community_officer", Held("community_officer", COMMUNITY))
    district.person("second community officer", Held("community_officer", COMMUNITY))
    district.person("officer elsewhere", Held("community_officer", ELSEWHERE))
    for name in ("founder", "singer", "stranger"):
        district.person(name)
    return Path(district)


def start(path: Path, who: str = "founder", **changes: Any) -> str:
    """A draft that somebody has begun, led by the singer."""
    said = {"name": NAME, "kind": "culture_sports", "place": COMMUNITY, "leader": "person:singer"}
    return path.tell(who, "organisations", "start-filing", **{**said, **changes})


def paper(path: Path, who: str, organisation: str = "", noun: str = "organisation") -> str:
    """A document about the path's organisation that somebody has put on file."""
    subject = f"{noun}:{organisation or path.organisation}"
    return path.tell(who, "documents", "store", subject=subject, **PAPER)


def asking(path: Path, **changes: Any) -> dict[str, Any]:
    """What the leader says who asks for the filing."""
    said = {"member_count": 12, "aims": "社区文艺活动", "calendar": CALENDAR}
    charter = changes.get("charter") or paper(path, "founder")
    return {**said, **changes, "charter": charter}


def with_draft(district: District) -> Path:
    """A draft of a filing."""
    path = with_neighbourhood(district)
    path.organisation = start(path)
    return path


def with_filing_requested(district: District) -> Path:
    """The leader has asked for the filing."""
    path = with_draft(district)
    path.tell("singer", "organisations", "request-filing", path.organisation, **asking(path))
    return path


def with_first_check_passed(district: District) -> Path:
    """The community has found the filing in order."""
    path = with_filing_requested(district)
    path.tell(
        "community_officer", "organisations", "pass-first-check", path.organisation,
        opinion="材料齐全",
    )  # fmt: skip
    return path


def with_filed(district: District) -> Path:
    """The subdistrict has entered the organisation in its register."""
    path = with_first_check_passed(district)
    path.tell(
        "subdistrict_officer", "organisations", "approve-filing", path.organisation,
        filing_no="南备2026-001", valid_from=district.today,
    )  # fmt: skip
    district.seated("founder", "singer")
    return path


def with_upgrade_started(district: District) -> Path:
    """The filed organisation means to be registered."""
    path = with_filed(district)
    path.tell("singer", "organisations", "start-upgrade", path.organisation)
    return path


def registration(path: Path, **changes: Any) -> dict[str, Any]:
    """What the certificate of registration says."""
    said = {"uscc": uscc(7), "authority": "南关区民政局"}
    return {**said, "certificate": paper(path, "founder"), **changes}


def with_registered(district: District) -> Path:
    """The organisation has become a legal person."""
    path = with_upgrade_started(district)
    path.tell(
        "district_officer", "organisations", "confirm-registration", path.organisation,
        **registration(path),
    )  # fmt: skip
    return path
