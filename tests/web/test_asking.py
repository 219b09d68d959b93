"""An applicant asks on the round's page; the answer stands there for everybody to read."""

from __future__ import annotations

from tests.web.conftest import Workbench
from tests.web.test_submitting import hidden

QUESTION, ANSWER = "可以列支场地费吗？", "可以，凭票据报销。"


def test_an_applicant_asks_where_the_call_is_read_and_anybody_reads_the_answer(
    workbench: Workbench,
) -> None:
    address = f"/rounds/{workbench.path.round}"
    client = workbench.as_("applicant")
    page = client.get(address).text
    assert f'action="{address}/ask-question"' in page
    assert f'action="{address}/cancel"' not in page
    body = {**hidden(page), "text": QUESTION}
    sent = client.post(f"{address}/ask-question", data=body, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    assert QUESTION not in client.get(address).text

    secretary = workbench.as_("round_secretary")
    page = secretary.get(address).text
    assert QUESTION in page
    said = {"question": "场地费能否列支？", "answer": ANSWER, "asked": "1"}
    body = {**hidden(page), **said}
    sent = secretary.post(f"{address}/publish-clarification", data=body, follow_redirects=False)
    assert sent.status_code == 303, sent.text

    client.cookies.clear()
    public = client.get(address).text
    assert ANSWER in public
    assert QUESTION not in public
    assert "杨帆" not in public
