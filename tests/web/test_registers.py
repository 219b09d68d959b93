"""A register on pages: sent, previewed, confirmed as previewed, or refused whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.organisations import Organisation
from infrastructure.erasing import erase
from infrastructure.files import FileStore
from infrastructure.imports.organisations.columns import HEADINGS
from infrastructure.uploads import UploadStore
from tests.district import DISTRICT, District, uscc
from tests.web.workbench import pages, sign_in

HEADER = [names[0] for names in HEADINGS.values()]
PRIVATE = ("王芳", "13900010002", "220102199003076639", "6222000100020003")
AGENT = ["同创社工", "登记", uscc(1), "", DISTRICT, *PRIVATE, "", "2020-01-02"]
CLUB = ["夕阳红舞蹈队", "备案", "", "备-7", DISTRICT, "李强", "", "", "", "同创社工", ""]
PAGE = "/organisations/import"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    folder = tmp_path_factory.mktemp("registers")
    district = District(f"sqlite:///{folder / 'fundtrail.db'}")
    district.system.files = FileStore(folder / "files")
    uploads = UploadStore(folder / "uploads")
    district.system.uploads = district.system.registers.uploads = uploads
    district.officers()
    yield district
    district.close()


def browser(district: District, who: str = "administrator", language: str = "zh-CN") -> TestClient:
    client = pages(district.system, **{"accept-language": language})
    sign_in(client, district.system, who)
    return client


def csv_of(*rows: list[str]) -> bytes:
    return "\r\n".join(",".join(row) for row in (HEADER, *rows)).encode("utf-8-sig")


def changed(row: list[str], **cells: str) -> list[str]:
    return [cells.get(name, cell) for name, cell in zip(HEADINGS, row, strict=True)]


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def sent(client: TestClient, content: bytes, named: str = "名册.csv") -> Response:
    token = hidden(client.get(PAGE).text, "_token")
    return client.post(PAGE, data={"_token": token}, files={"file": (named, content)})


def confirmed(client: TestClient, page: str, **said: str) -> Response:
    form = {name: hidden(page, name) for name in ("_token", "ticket", "sha256")}
    return client.post(f"{PAGE}/confirm", data={**form, **said})


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_preview_saves_nothing_and_its_confirmation_records_what_it_promised(
    district: District,
) -> None:
    client, head = browser(district), district.system.questions.head()

    page = sent(client, csv_of(CLUB, AGENT))

    assert page.status_code == 200, page.text
    assert re.search(r"将导入</dt><dd>2<", page.text)
    assert "夕阳红舞蹈队" in page.text
    assert district.system.questions.head() == head
    held = everything(district.system.uploads.folder)
    assert not any(word.encode() in held for word in PRIVATE), "a held file lies open"
    done = confirmed(client, page.text)
    assert "已导入 2 家社会组织" in done.text
    assert district.system.questions.head() == head + 3
    records = [line for _, line in district.system.questions.behind(head, 10)]
    assert not any(word.encode() in line for word in PRIVATE for line in records)
    assert everything(district.system.uploads.folder) == b""
    again = confirmed(client, page.text)
    assert again.status_code == 409
    assert "不再保留" in again.text
    assert district.system.questions.head() == head + 3
    same = sent(client, csv_of(CLUB, AGENT)).text
    assert re.search(r"已登记、无变化</dt><dd>2<", same)
    assert "均已登记" in confirmed(client, same).text


def test_the_numbers_of_a_register_are_sealed_for_their_person_and_go_with_them(
    district: District,
) -> None:
    client = browser(district)
    code = uscc(30)
    row = changed(AGENT, uscc=code, name="同心社工", phone="13700010009")
    confirmed(client, sent(client, csv_of(row)).text)
    with district.system.shelf() as shelf:
        (id,) = shelf.ids("organisation", {"uscc": code})
        found = shelf.fetch((f"organisation:{id}",)).popitem()[1]
    assert isinstance(found, Organisation)
    leader = found.leader

    kept = district.system.vault.read(leader, reader="person:administrator", purpose="核对")

    assert kept == {
        "name": "王芳",
        "phone": "13700010009",
        "account_holder": "同心社工",
        "account_number": PRIVATE[3],
        "id_number": PRIVATE[2],
    }
    noted = district.system.vault.reads(leader)[-1]
    assert (noted.reader, noted.purpose) == ("person:administrator", "register")
    erase(district.system, leader, "依申请抹除〔2026〕1号")
    assert district.system.vault.read(leader, reader="person:administrator", purpose="核对") == {}
    assert confirmed(client, sent(client, csv_of(row)).text).status_code == 200
    assert district.system.vault.read(leader, reader="person:administrator", purpose="核对") == {}


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (changed(AGENT, uscc="51330106MJ0000000X"), "统一社会信用代码", "不是社会组织"),
        (changed(AGENT, uscc=uscc(40), phone="1.39E+10"), "联系电话", "四舍五入"),
        (changed(AGENT, uscc=uscc(41), place="440106"), "街道/社区代码", "不在本区"),
        (changed(CLUB, filing_no="备-9", agent="无此社"), "代管方", "无此社"),
        (changed(AGENT, uscc=uscc(42), registered_on="2999-01-01"), "登记日期", "日期"),
    ],
)
def test_a_wrong_row_is_told_by_row_column_and_sentence_and_refuses_the_file(
    district: District, row: list[str], column: str, said: str
) -> None:
    head = district.system.questions.head()

    page = sent(browser(district), csv_of(changed(AGENT, uscc=uscc(43)), row))

    assert page.status_code == 422
    table = page.text.split("<tbody>")[1].split("</tbody>")[0]
    wanted = rf'<tr><td class="right">3</td><td>{column}</td><td>.*{said}.*</td></tr>'
    assert re.fullmatch(wanted, table), table
    assert "ticket" not in page.text
    assert district.system.questions.head() == head
    english = sent(browser(district, language="en"), csv_of(row)).text
    assert "The file was refused whole" in english


def test_files_that_are_too_large_or_no_registers_get_a_sentence(district: District) -> None:
    client, head = browser(district), district.system.questions.head()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(3):
            archive.writestr(f"xl/{part}.xml", b" " * 90_000_000)
    big = sent(client, b"x" * (20 * 1024 * 1024 + 20_000))
    assert (big.status_code, "过大" in big.text) == (413, True)
    for content, named, said in (
        (bomb.getvalue(), "a.xlsx", "解压"),
        (b"x" * (20 * 1024 * 1024 + 1), "a.csv", "最多读取"),
        (b"PK\x03\x04broken", "a.xlsx", "损坏"),
        (b"\x00\xff\xfe", "a.csv", "编码"),
        (b"", "a.csv", "空的"),
        (b"x", "a.pdf", "扩展名"),
        (b"x", "noending", "扩展名"),
        ("甲,乙\n1,2".encode(), "a.csv", "缺少"),
    ):
        page = sent(client, content, named)
        assert (page.status_code, said in page.text) == (422, True), (named, page.text)
    token = hidden(client.get(PAGE).text, "_token")
    none = client.post(PAGE, data={"_token": token}, files={"other": ("a", b"")})
    assert (none.status_code, "请选择文件" in none.text) == (422, True)
    assert district.system.questions.head() == head


def test_what_looks_like_a_formula_is_data_in_a_csv(district: District) -> None:
    row = changed(AGENT, uscc=uscc(50), name="'=1+1")

    page = sent(browser(district), csv_of(row))

    assert page.status_code == 200, page.text
    assert re.search(r'<th scope="row">(&#39;)?=1\+1</th>', page.text)


def test_only_who_may_import_sees_the_page_and_only_forms_of_their_own_are_taken(
    district: District,
) -> None:
    client, officer = browser(district), browser(district, "district_officer")
    page = sent(client, csv_of(changed(AGENT, uscc=uscc(60)))).text
    head = district.system.questions.head()
    assert officer.get(PAGE).status_code == 403
    assert officer.get(f"{PAGE}/template.xlsx").status_code == 403
    assert "导入名册" in client.get("/organisations").text
    assert "导入名册" not in officer.get("/organisations").text
    token = hidden(officer.get("/me").text, "_token")
    assert confirmed(officer, page, _token=token).status_code == 403
    file = {"file": ("a.csv", csv_of(AGENT))}
    assert officer.post(PAGE, data={"_token": token}, files=file).status_code == 403
    assert client.post(PAGE, data={"_token": "other"}, files=file).status_code == 403
    assert confirmed(client, page, _token="other").status_code == 403
    assert confirmed(client, page, sha256="0" * 64).status_code == 409
    assert confirmed(client, page, ticket="0" * 32 + ".x").status_code == 409
    assert confirmed(client, page, ticket="é.é").status_code == 409
    stranger = pages(district.system)
    assert stranger.get(PAGE, follow_redirects=False).headers["location"].startswith("/sign-in")
    assert district.system.questions.head() == head
    form = {name: hidden(page, name) for name in ("_token", "ticket")}
    assert client.post(f"{PAGE}/discard", data=form).status_code == 200
    assert confirmed(client, page).status_code == 409


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_templates_are_read_back_with_every_column(district: District, form: str) -> None:
    client = browser(district)

    template = client.get(f"{PAGE}/template.{form}")

    assert f"organisations.{form}" in template.headers["content-disposition"]
    assert "文件中没有社会组织" in sent(client, template.content, f"a.{form}").text
    assert client.get(f"{PAGE}/template.pdf").status_code == 404


def test_a_code_that_a_spreadsheet_has_rounded_is_refused_and_a_formula_too(
    district: District,
) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row, cells in enumerate((changed(AGENT, uscc=uscc(70)), AGENT), start=1):
            for at, cell in enumerate(cells):
                sheet.write_string(row, at, cell)
        sheet.write_number(1, 7, 220102199003076639)
        sheet.write_formula(2, 0, "=1+1")

    page = sent(browser(district), made.getvalue(), "a.xlsx")

    assert page.status_code == 422
    assert "四舍五入" in page.text
    assert "公式" in page.text
