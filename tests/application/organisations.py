"""What tests of organisations share: one to look at, what speaks against a step, and the step."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.application.verdicts import verdict
from tests.filed import CALENDAR, paper
from tests.played import Path
from tests.played_to_end import found

Fields = dict[str, Any]
REJECTED: Fields = {"reason": "宗旨不符", "remedy": "可向区里申诉", "calendar": CALENDAR}
RETURNED: Fields = {"defects": ["章程缺少经费条款"], "calendar": CALENDAR}
ENTERED: Fields = {"filing_no": "南备2026-001", "valid_from": date(2026, 3, 2)}
ADDRESS: Fields = {"change": "address", "new_ref": "南关区和平路7号"}
ACCOUNT: Fields = {"change": "account", "new_ref": "account:own"}
SUSPENSION: Fields = {"decision": "13号", "scope": "全部", "appeal_until": date(2026, 6, 30)}


def organisation(path: Path) -> Any:
    """The path's organisation as it stands."""
    return found(path, f"organisation:{path.organisation}")


def judged(path: Path, who: str, verb: str, **said: Any) -> list[str]:
    """The rules that would refuse a step of the path's organisation."""
    return verdict(path, who, "organisations", verb, path.organisation, **said)


def told(path: Path, who: str, verb: str, **said: Any) -> str:
    """Tells the path's organisation something."""
    return path.tell(who, "organisations", verb, path.organisation, **said)


def ask(path: Path, change: Fields) -> None:
    """The leader asks for a change, proved by a document of the founder's."""
    told(path, "singer", "request-change", document=paper(path, "founder"), **change)
