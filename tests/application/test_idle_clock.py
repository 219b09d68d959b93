"""The clock of an idle system: nothing is sent in vain, and nothing that falls due is missed."""

from __future__ import annotations

from typing import Any

from tests.district import District
from tests.played import draft, with_open_round


def test_an_idle_system_sends_nothing_until_something_changes_or_falls_due(
    district: District,
) -> None:
    path = with_open_round(district)
    proposal = draft(path, "为老服务")
    district.system.tick()
    posted: list[str] = []
    post = district.system.desk.post

    def counted(sent: Any) -> Any:
        posted.append(f"{sent.noun} {sent.verb}")
        return post(sent)

    district.system.desk.post = counted  # type: ignore[method-assign]
    district.system.tick()
    assert posted == []

    district.wait(days=20)
    assert "round close-intake" in posted
    assert "proposal expire-draft" in posted
    with district.system.store.shelf() as shelf:
        assert shelf.fetch([f"proposal:{proposal}"])[f"proposal:{proposal}"].stage == "lapsed"
