"""The demonstration in a real browser: its people, their work, and one grant by forms alone."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.demo.loaded import loaded_into
from tests.servers import BROWSER_FLAGS
from tests.web.served import Server, serving
from tests.web.visitor import Visitor

pytestmark = pytest.mark.timeout(600)

STARTED_WITHIN = 30
"""How many seconds a busy machine may take to serve a district that is loaded."""

NINE = {
    "何晓琳": ("提交中期报告", "独居老人午间守护"),
    "孙玉梅": ("签订协议", "老邻居故事会"),
    "周立新": ("受理审查", "夜间照护热线"),
    "陈思远": ("核对拨款申请", "居家养老上门助浴"),
    "吴静": ("设立资金", "2027年街道社会治理创新专项资金"),
    "郑海燕": ("送银行付款", "社会组织能力建设"),
    "王建国": ("确认付款", "社区口述史"),
    "刘振华": ("确认立项", "旧衣改造坊"),
    "赵敏": ("发布公示", "永吉街道公益微创投"),
}
"""The nine, each with something that waits: under which heading, and what it is about."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("demonstration")
    loaded_into(folder)
    with serving(folder, STARTED_WITHIN) as found:
        yield found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield found
        found.close()


@pytest.fixture
def visitor(server: Server, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(20_000)
    yield Visitor(context.new_page(), server.address)
    context.close()


@pytest.mark.parametrize("name", NINE)
def test_each_of_the_nine_signs_in_with_one_click_and_finds_what_waits(
    visitor: Visitor, name: str
) -> None:
    verb, subject = NINE[name]
    visitor.sign_in(name)

    assert visitor.waiting > 0
    visitor.take_up(verb, subject)
    assert visitor.offer(verb).locator("button.primary").is_visible()


def test_the_pages_speak_english_too(visitor: Visitor) -> None:
    visitor.sign_in("刘振华")
    visitor.page.goto(f"{visitor.address}/?lang=en")

    assert visitor.page.get_by_role("heading", level=1).inner_text() == "What waits for me"
    assert visitor.page.get_by_role("heading", name="confirm award").count()


ROUND = "明珠街道公益微创投"
TITLE = "楼下的修理铺"
LIST = "明珠街道评审专家库"
DRAFT = {
    "概要": "每月两次在小区广场为居民修理小家电，退休工人带徒弟一起做。",
    "预算": [
        {"预算科目": "业务活动费", "金额": "11500"},
        {"预算科目": "管理费", "金额": "1000"},
    ],
    "申请金额": "10000",
    "自筹资金": "2500",
    "绩效指标": [{"名称": "服务人次", "单位": "人次", "目标值": "360"}],
    "开始日期": "2027-01-04",
    "结束日期": "2027-06-30",
}


def test_one_proposal_goes_from_draft_to_its_first_tranche_by_forms_alone(
    visitor: Visitor, server: Server
) -> None:
    propose(visitor)
    server.advance("2026-11-24T09:00:00+08:00")
    judge(visitor, server)
    server.advance("2026-12-08T09:00:00+08:00")
    sign(visitor, server)
    pay(visitor)

    visitor.page.goto(f"{server.address}/")
    visitor.sign_in("何晓琳")
    visitor.page.goto(f"{server.address}/tranches?q=&stage=reconciled")
    row = visitor.page.get_by_role("row").filter(has_text=TITLE)
    assert "7,000.00" in row.inner_text()


def propose(visitor: Visitor) -> None:
    """From the draft to the accepted budget."""
    visitor.sign_in("何晓琳")
    visitor.page.goto(f"{visitor.address}/proposals/new")
    visitor.send("起草申报", {"届次": ROUND, "名称": TITLE})
    visitor.send("修改申报", DRAFT)
    visitor.take_up("提交申报", TITLE)
    visitor.send("提交申报", {})
    approve(visitor, "孙玉梅", TITLE)
    act(visitor, "周立新", "受理审查", TITLE)
    act(visitor, "吴静", "通过预算审核", TITLE)


def act(
    visitor: Visitor, name: str, verb: str, subject: str, fields: Mapping[str, object] | None = None
) -> None:
    """Somebody takes up what waits, and sends its form."""
    visitor.sign_in(name)
    visitor.take_up(verb, subject)
    visitor.send(verb, fields or {})


def approve(visitor: Visitor, name: str, subject: str) -> None:
    """The second hand approves what the first has prepared."""
    visitor.sign_in(name)
    visitor.take_up("等待您审批", subject)
    visitor.send("批准", {})


def judge(visitor: Visitor, server: Server) -> None:
    """From the panel to the public notice, once intake is over."""
    visitor.sign_in("周立新")
    visitor.page.goto(f"{visitor.address}/pools/new")
    visitor.send("建立专家库", {"名称": LIST, "地区": "220102"})
    visitor.send("增加专家", {"个人": "李雪松", "地区": "220104003"})
    draw = {"届次": ROUND, "专家库版本": "2", "专家库": LIST, "大小": "1"}
    visitor.page.goto(f"{visitor.address}/panels/new")
    visitor.send("抽取评委", draw)
    approve(visitor, "韩冰", "抽取评委")
    act(visitor, "周立新", "提交评审", TITLE)
    act(visitor, "周立新", "启动评审", ROUND)
    act(visitor, "周立新", "邀请评委", TITLE, {"期限": "2026-11-27"})
    review(visitor)
    act(visitor, "林国栋", "锁定评分", TITLE)
    server.advance("2026-11-25T09:00:00+08:00")
    act(visitor, "林国栋", "提出拟资助", TITLE, {"金额": "10000"})
    approve(visitor, "刘振华", TITLE)
    deliberate(visitor)
    act(visitor, "林国栋", "确定排名", ROUND)
    approve(visitor, "刘振华", ROUND)
    notice = {"开始日期": "2026-11-25", "结束日期": "2026-12-03", "联系方式": "明珠街道办事处"}
    act(visitor, "赵敏", "发布公示", ROUND, notice)


def deliberate(visitor: Visitor) -> None:
    """The panel of the round, which is one reviewer, votes on what was judged."""
    votes = [{"评委": "李雪松", "意见": "赞成"}]
    act(visitor, "林国栋", "记录合议", ROUND, {"表决": votes})


def review(visitor: Visitor) -> None:
    """The reviewer accepts, opens the score sheet and hands it in."""
    # Until a reviewer has declared, the title of the proposal is not told.
    act(visitor, "李雪松", "接受邀请", "李雪松", {"回避声明": "无利害关系"})
    act(visitor, "李雪松", "开始评分", TITLE)
    visitor.sign_in("李雪松")
    visitor.take_up("提交评分", TITLE)
    sheet = visitor.offer("提交评分")
    for number, points in enumerate(("90", "86", "88")):
        sheet.locator(f'input[name="scores.{number}.points"]').fill(points)
    sheet.locator('textarea[name="comment"]').fill("办法实在。")
    visitor.send("提交评分", {})


def sign(visitor: Visitor, server: Server) -> None:
    """From the confirmed award to the grant whose money is committed."""
    act(visitor, "刘振华", "确认立项", TITLE)
    agreement = {
        "文件": "明珠街道资助协议2026-1号",
        "开始日期": "2026-12-10",
        "结束日期": "2027-06-30",
    }
    act(visitor, "孙玉梅", "签订协议", TITLE, agreement)
    approve(visitor, "赵敏", TITLE)
    act(visitor, "陈思远", "启动项目", TITLE)
    approve(visitor, "吴静", TITLE)
    server.advance("2026-12-09T09:00:00+08:00")


def pay(visitor: Visitor) -> None:
    """The first tranche through the hands of five people."""
    act(visitor, "何晓琳", "申请拨款", TITLE, {"票据号": "FP-2026-1"})
    act(visitor, "陈思远", "核对拨款申请", TITLE)
    act(visitor, "吴静", "批准拨付", TITLE)
    act(visitor, "郑海燕", "送银行付款", TITLE, {"付款批次": "12-1", "银行流水号": "LS-1"})
    bank = {"银行交易号": "JY-1", "起息日": "2026-12-09", "金额": "7000"}
    act(visitor, "王建国", "确认付款", TITLE, bank)
    act(visitor, "王建国", "对账", TITLE, {"对账单行号": "12-31-7"})


def test_it_stops_when_asked_and_a_second_start_keeps_what_was_done(server: Server) -> None:
    server.process.send_signal(signal.SIGINT)

    assert server.process.wait(30) == 0
    with serving(server.folder, STARTED_WITHIN) as again:
        said = (again.folder / "said.txt").read_text(encoding="utf-8")
    assert again.process.returncode == 0
    assert (said.count("正在载入演示区"), said.count("登录 Sign in")) == (0, 2)
