"""Forms that are sent: who may, what is refused, and what stays in the form."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Workbench

FORM = {"content-type": "application/x-www-form-urlencoded"}


def hidden(page: str) -> dict[str, str]:
    """The secrets of the first form for a thing on a page."""
    names = ("_token", "_key", "_version")
    found = {n: re.search(f'name="{n}" value="([^"]*)"', page) for n in names}
    return {name: match[1] for name, match in found.items() if match}


def edit(client: TestClient, workbench: Workbench, **typed: Any) -> Any:
    """Sends the form that edits the draft."""
    address = f"/proposals/{workbench.path.proposal}"
    secrets = hidden(client.get(address).text)
    return client.post(f"{address}/edit", data={**secrets, **typed}, follow_redirects=False)


def test_a_form_is_carried_out_and_says_so(workbench: Workbench) -> None:
    client = workbench.as_("applicant")

    answer = edit(client, workbench, summary="每周三次上门陪伴。")

    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "已办理：修改申报" in page or "修改申报" in page
    assert "每周三次上门陪伴。" in page


def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong(workbench: Workbench) -> None:
    client = workbench.as_("applicant")

    answer = edit(
        client,
        workbench,
        title="新的名称 <b>",
        **{"budget.0.line": "场地费", "budget.0.amount": "十万", "budget.1.line": "交通费"},
        starts="2026-13-45",
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="新的名称 &lt;b&gt;"' in answer.text
    for text in ("场地费", "十万", "交通费", "2026-13-45"):
        assert f'value="{text}"' in answer.text
    for place in ("edit-budget.0.amount", "edit-budget.1.amount", "edit-starts"):
        assert f'href="#{place}"' in answer.text
        assert f'id="{place}-error"' in answer.text


def test_a_row_is_added_without_losing_anything(workbench: Workbench) -> None:
    client = workbench.as_("applicant")

    rows = {"indicators.0.name": "人次", "indicators.1.name": ""}
    answer = edit(client, workbench, summary="还没写完", _add="indicators", **rows)

    assert answer.status_code == 200
    assert "还没写完" in answer.text
    assert 'value="人次"' in answer.text
    assert answer.text.count('name="indicators.') == 3 * 3


def test_what_changed_meanwhile_is_not_overwritten(workbench: Workbench) -> None:
    client = workbench.as_("applicant")
    address = f"/proposals/{workbench.path.proposal}"
    secrets = hidden(client.get(address).text)
    edit(client, workbench, summary="别人的修改。")

    answer = client.post(f"{address}/edit", data={**secrets, "summary": "我的修改。"})

    assert answer.status_code == 412
    assert "我的修改。" in answer.text
    assert hidden(answer.text)["_version"] != secrets["_version"]


def test_a_form_sent_twice_is_carried_out_once(workbench: Workbench) -> None:
    address = f"/proposals/{workbench.path.proposal}/edit"
    client = workbench.as_("applicant")
    secrets = hidden(client.get(address.removesuffix("/edit")).text)
    body = {**secrets, "_version": "", "summary": "只改一次。"}

    first = client.post(address, data=body, follow_redirects=False)
    second = client.post(address, data=body, follow_redirects=False)

    assert (first.status_code, second.status_code) == (303, 303)
    lines = workbench.district.system.questions.timeline(
        f"proposal:{workbench.path.proposal}",
        workbench.district.system.questions.moment(None, None),
    )
    assert sum("只改一次。" in line.decode() for _, line in lines) == 1


@pytest.mark.parametrize(
    ("headers", "changes"),
    [
        ({}, {"_token": "forged"}),
        ({}, {"_token": ""}),
        ({"origin": "https://elsewhere.example"}, {}),
        ({"sec-fetch-site": "cross-site"}, {}),
    ],
)
def test_a_form_of_another_site_is_refused(
    workbench: Workbench, headers: dict[str, str], changes: dict[str, str]
) -> None:
    client = workbench.as_("applicant")
    address = f"/proposals/{workbench.path.proposal}"
    body = {**hidden(client.get(address).text), "summary": "伪造", **changes}

    answer = client.post(f"{address}/edit", data=body, headers=headers)

    assert answer.status_code == 403
    assert "伪造" not in client.get(address).text


def test_somebody_without_the_role_is_refused(workbench: Workbench) -> None:
    client = workbench.as_("auditor")
    address = f"/proposals/{workbench.path.proposal}"
    token = hidden(client.get(address).text)["_token"]

    answer = client.post(f"{address}/edit", data={"_token": token, "_key": "k", "summary": "无权"})

    assert answer.status_code == 403
    assert "申报经办人" in answer.text
    assert "无权" in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"summary=%ff%fe", 400),
        (b"summary=%ed%a0%80", 400),
        (b"\xff", 400),
        (b"&".join(b"a%d=1" % n for n in range(5_000)), 400),
        (b"summary=" + b"x" * 1_100_000, 413),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_page(
    workbench: Workbench, body: bytes, status: int
) -> None:
    client = workbench.as_("applicant")

    address = f"/proposals/{workbench.path.proposal}/edit"
    answer = client.post(address, content=body, headers=FORM)

    assert answer.status_code == status
    assert "<h1>" in answer.text


@pytest.mark.parametrize("text", ["a\x00b", "\x1b", "x" * 5_000, "\u202e", "٣"])
def test_strange_text_is_kept_or_refused_but_never_a_fault(workbench: Workbench, text: str) -> None:
    client = workbench.as_("applicant")

    answer = edit(client, workbench, summary=text, **{"indicators.0.target": text})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_prepared_command_is_approved_from_the_inbox(workbench: Workbench) -> None:
    client = workbench.as_("finance_approver")
    page = client.get("/approvals").text
    address = re.search(r'action="(/approvals/[^"]+/approve)"', page)
    assert address is not None

    answer = client.post(address[1], data=hidden(page), follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/funds/{workbench.path.fund}"


def test_a_file_is_stored_and_read_back(workbench: Workbench, tmp_path: Any) -> None:
    client = workbench.as_("applicant")
    subject = f"proposal:{workbench.path.proposal}"
    address = f"/proposals/{workbench.path.proposal}"
    token = hidden(client.get(address).text)["_token"]

    def send(name: str, content: bytes, kind: str) -> Any:
        return client.post(
            "/documents",
            data={"_token": token, "subject": subject},
            files={"file": (name, content, kind)},
        )

    stored = send("协议.pdf", b"%PDF-1.7", "application/pdf")
    refused = send("x.exe", b"MZ", "application/x-msdownload")

    assert stored.status_code == 200
    download = re.search(r'href="(/documents/[^"]+/content)"', stored.text)
    assert download is not None
    assert client.get(download[1]).content == b"%PDF-1.7"
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
