"""The generated pages say what the code does, and what was promised of events is kept."""

import re
from pathlib import Path

import pytest

from api.docs import __main__ as command
from api.docs import events, kept, pages, postings, stale, who
from application.kinds import KINDS
from tests.architecture.sources import REPOSITORY, texts

# A link to a page of ours: no other site, and no place within the page.
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#]+)[^)]*\)")

PROMISED = """
### 申报已提交 `proposal.submitted`

| `requested_minor` | integer | 申请金额 | – |
| `content_sha` | text | 内容哈希值 | – |
"""


def test_the_generated_pages_are_fresh() -> None:
    assert stale() == [], "run “make docs”"


def test_every_event_keeps_what_its_page_promises() -> None:
    assert events.broken(kept("events.md"), events.page()) == []


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("", "docs/events.md promises “proposal.submitted”, which is gone."),
        (
            PROMISED.replace("| `content_sha` | text | 内容哈希值 | – |\n", ""),
            "“proposal.submitted” has lost its field “content_sha”.",
        ),
        (
            PROMISED.replace("| integer |", "| text |"),
            "“proposal.submitted.requested_minor” was integer and would become text.",
        ),
    ],
    ids=["removed event", "removed field", "retyped field"],
)
def test_a_broken_promise_is_named(now: str, sentence: str) -> None:
    assert events.broken(PROMISED, now) == [sentence]


def test_a_new_field_breaks_no_promise() -> None:
    assert events.broken(PROMISED, f"{PROMISED}| `no` | text | 编号 | – |\n") == []


def test_a_broken_promise_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = events.page().replace("`requested_minor` | integer", "`requested_minor` | text")
    (tmp_path / "events.md").write_text(contract, encoding="utf-8")
    monkeypatch.setattr("api.docs.FOLDER", tmp_path)
    monkeypatch.setattr("api.docs.__main__.FOLDER", tmp_path)

    outcome = command.write()

    assert outcome == 1
    assert "requested_minor” was text and would become integer." in capsys.readouterr().err
    assert (tmp_path / "events.md").read_text(encoding="utf-8") == contract


def test_a_missing_page_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.docs.FOLDER", tmp_path)

    assert stale() == list(pages())
    assert command.check() == 1


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in texts()
        if page.name.endswith(".md")
        for target in LINK.findall(page.text)
        if not (REPOSITORY / page.name).parent.joinpath(target).exists()
    ]

    assert broken == []


def test_every_step_is_somebodys() -> None:
    steps = [(noun, step) for noun, kind in KINDS.items() for step in kind.lifecycle.steps]

    alone = [step.row for noun, step in steps if who.of_step(noun, step) == who.FIRST_HAND]

    assert alone == ["W1", "W4"]


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        ("round.notice_published", ("P4",)),
        ("grant.activated", ("P5",)),
        ("tranche.paid", ("P7",)),
        ("grant.settled", ("P5r", "P9", "P9b", "P15r")),
        ("fund.closed", ("P18", "P18b")),
        ("review.locked", ()),
    ],
)
def test_the_postings_of_an_event_are_found(event: str, codes: tuple[str, ...]) -> None:
    assert postings.of_event(event) == codes
