"""What the command line says, in Chinese and in English."""

from __future__ import annotations

from api.cli.helps import HELPS
from api.cli.judged_words import JUDGED

MESSAGES: dict[str, tuple[str, str]] = {
    **HELPS,
    **JUDGED,
    # What went wrong.
    "schema.none": (
        "数据库 {database} 还不存在；请先运行 fundtrail migrate。",
        "There is no database {database} yet; run “fundtrail migrate” first.",
    ),
    "schema.other": (
        "数据库的结构与本程序不一致（或尚未建立）；请先运行 fundtrail migrate。",
        "The database has another schema than this program (or none); run “fundtrail migrate” "
        "first.",
    ),
    "database.address": (
        "{database} 不是数据库地址；应如 sqlite:///var/fundtrail.db 或 postgresql://…。",
        "{database} is no address of a database; write such as sqlite:///var/fundtrail.db or "
        "postgresql://….",
    ),
    "database.failed": ("数据库无法使用：{reason}", "The database cannot be used: {reason}"),
    "serve.owner": (
        "警告：应用所用的数据库角色可以修改或删除事件。请另设一个角色，见 docs/operations.md。",
        "Warning: the application's database role may change or delete events. Give it a role of "
        "its own, as docs/operations.md says.",
    ),
    "record.unreadable": (
        "有一条存储的记录无法读取（{reason}）；fundtrail verify 会指出是哪一条。",
        "A stored record cannot be read ({reason}); “fundtrail verify” tells which.",
    ),
    "file.failed": ("{file}：{reason}。", "{file}: {reason}."),
    "usage": ("用法有误：{message}", "Wrong usage: {message}"),
    "usage.help": ("运行 {command} --help 查看用法。", "{command} --help tells more."),
    "role.unknown": (
        "没有“{role}”这个角色；可用的角色：{roles}。",
        "There is no role “{role}”; the roles are: {roles}.",
    ),
    "role.organisation": (
        "角色 {role} 属于社会组织，请用 --for 给出组织编号。",
        "The role {role} is held for an organisation; name its id with --for.",
    ),
    "organisation.unknown": ("没有编号为“{id}”的社会组织。", "There is no organisation “{id}”."),
    "place.unfit": (
        "“{place}”不是 6 至 15 位数字的地区代码。",
        "“{place}” is no code of a place, which has 6 to 15 digits.",
    ),
    "person.unfit": (
        "姓名须为一行，1 至 200 个字符。",
        "A name is one line of 1 to 200 characters.",
    ),
    "person.unknown": ("没有编号为“{person}”的人员。", "There is no person “{person}”."),
    "person.several": (
        "姓名“{person}”对应多人，请用编号：{ids}。",
        "Several people are called “{person}”; name one by id: {ids}.",
    ),
    "person.nameless": (
        "此人还没有登录名，请用 --sign-in-name 给出。",
        "This person has no sign-in name yet; give one with --sign-in-name.",
    ),
    "day.unfit": ("“{day}”不是日期，应如 2026-12-31。", "“{day}” is no day such as 2026-12-31."),
    "follower.unknown": (
        "没有名为“{name}”的跟随任务；有：{names}。",
        "There is no follower “{name}”; there are: {names}.",
    ),
    "token.unknown": ("没有有效的令牌“{id}”。", "There is no valid token “{id}”."),
    "thing.unknown": ("没有编号为“{id}”的事项。", "There is nothing with the id “{id}”."),
    "tick.moment": (
        "--now 须为日期或 RFC 3339 时间。",
        "--now takes a day or an RFC 3339 time.",
    ),
    "tick.future": (
        "系统时钟不能拨快：{now} 在未来。",
        "The system clock is not moved by hand: {now} lies in the future.",
    ),
    "import.fault": (
        "{file}：第 {row} 行{case}，{field}：{message}",
        "{file}: row {row}{case}, {field}: {message}",
    ),
    "import.file": ("{file}：{field}：{message}", "{file}: {field}: {message}"),
    "import.refused": (
        "整份拒收：{count} 行有问题，数据库未改动。",
        "Refused whole: {count} rows are at fault; the database is as it was.",
    ),
    "import.unreadable": (
        "无法读取，数据库未改动。",
        "Nothing could be read; the database is as it was.",
    ),
    "check.unreadable": (
        "无法核对：发现 {count} 处问题。",
        "Nothing could be checked: {count} faults were found.",
    ),
    # What was done.
    "check.case": (
        "{case}，第 {event} 个事件“{activity}”（第 {row} 行）{thing}，{rule}：{message}",
        "{case}, event {event} “{activity}” (row {row}){thing}, {rule}: {message}",
    ),
    "check.thing": ("，事项 {thing}", ", of {thing}"),
    "check.done": (
        "共 {events} 个事件；符合的案件 {accepted} 个，不符合的 {refused} 个。",
        "{events} events; {accepted} cases conform, {refused} do not.",
    ),
    "check.stages": (
        "符合的案件最后的阶段：{stages}。",
        "The cases that conform end as: {stages}.",
    ),
    "check.amounts": (
        "{cases} 个案件的金额合计：原数相加 {stated} {currency}（合计后四舍五入），逐案{rounding}"
        "后相加 {rounded} {currency}。",
        "The amounts of {cases} cases add up to {stated} {currency} as stated (the sum rounded "
        "half up), and to {rounded} {currency} with each {rounding}.",
    ),
    "rounding.exact": ("不舍入", "taken as it is"),
    "rounding.half-up": ("四舍五入", "rounded half up"),
    "rounding.half-even": ("四舍六入五成双", "rounded half to even"),
    "rounding.down": ("舍去尾数", "rounded down"),
    "check.not-assessed": ("未核对的规则：", "Not assessed:"),
    "check.who": (
        "“{verb}”由谁办理、是否不同的人（本系统：{roles}）{log}",
        "who took “{verb}”, and whether its hands are different people (with us: {roles}){log}",
    ),
    "check.log-says": ("；日志所载：{roles}", "; the log says: {roles}"),
    "check.guards": (
        "各步骤的其他前提（金额、期限、文件、余额）：日志没有记载",
        "what else the steps ask for (amounts, days, documents, balances): the log does not say",
    ),
    "check.without-step": (
        "活动“{activity}”不对应任何步骤（{count} 次）",
        "the activity “{activity}” stands for no step ({count} times)",
    ),
    "migrate.done": ("数据库 {database} 已就绪。", "The database {database} is ready."),
    "rebuild.done": ("已从 {events} 个事件重建。", "Rebuilt from {events} events."),
    "follow.done": ("{name} 已到位置 {position}。", "{name} has come to position {position}."),
    "tick.done": ("执行了 {count} 个步骤。", "{count} steps were taken."),
    "sweep.done": (
        "清除了 {uploads} 个过期的上传和 {files} 个无人使用的文件。",
        "{uploads} expired uploads and {files} unnamed files were removed.",
    ),
    "erase.done": ("{person} 的个人信息已抹除。", "What was known of {person} is erased."),
    "erase.because": (
        "账上有 {records} 笔记录由其经手，会计档案须保管三十年",
        "{records} records of the books bear their hand, and books are kept for thirty years",
    ),
    "erase.kept": (
        "姓名封存至 {until}，只有管理员可查：{because}。",
        "The name stays sealed until {until}, for the administrator alone: {because}.",
    ),
    "erase.traces": (
        "密钥已销毁。数据库文件中可能还有残留：SQLite 请在没有人使用时再运行 fundtrail sweep；"
        "PostgreSQL 请由库主运行 VACUUM FULL vault。",
        "The key is destroyed. Traces may be left in the files of the database: on SQLite run "
        "“fundtrail sweep” while nobody uses it; on PostgreSQL its owner runs VACUUM FULL vault.",
    ),
    "backup.there": (
        "{file} 已经存在，不会覆盖。",
        "{file} exists already and is not written over.",
    ),
    "backup.failed": ("未能备份：{reason}", "No backup was made: {reason}"),
    "backup.done": ("已备份到 {file}：{size} 字节。", "Backed up into {file}: {size} bytes."),
    "restore.there": (
        "这里已有数据库；确要替换，请加 --force。",
        "There is a database already; add --force to put the backup in its place.",
    ),
    "restore.failed": ("未能恢复：{reason}", "Nothing was restored: {reason}"),
    "restore.unsound": (
        "备份核对有误，原有数据库未改动。",
        "The backup is not sound; the database that was there is as it was.",
    ),
    "restore.done": (
        "已恢复：{events} 个事件核对无误，树根 {root}；补做了 {count} 次抹除。",
        "Restored: all {events} events are sound, the root is {root}; {count} erasures were made "
        "again.",
    ),
    "rotate.done": (
        "{count} 个人的密钥已改由主密钥 {fingerprint} 封存；更早的主密钥可以撤下。",
        "The keys of {count} people are wrapped with the master key {fingerprint} now; older ones "
        "may go.",
    ),
    "token.made": (
        "令牌 {id}：{person}，角色 {role}，范围 {reach}。密钥只显示这一次：",
        "Token {id}: {person} as {role} for {reach}. The secret is shown this once:",
    ),
    "person.added": (
        "已准入 {person}，角色 {role}，范围 {reach}。",
        "{person} was let in as {role} for {reach}.",
    ),
    "person.invited": (
        "{person} 的邀请码，{until} 前有效，只显示这一次：",
        "The invitation of {person}, good until {until}. The secret is shown this once:",
    ),
    "person.prompt": ("新密码", "New password"),
    "person.again": ("再输入一次", "The same again"),
    "person.set": ("{person} 的密码已设置。", "The password of {person} is set."),
    "token.revoked": ("令牌 {id} 已作废。", "The token {id} has ended."),
    "import.done": (
        "已导入 {accepted} 行，写入 {events} 个事件。",
        "{accepted} rows were imported in {events} events.",
    ),
    "import.preview": (
        "将导入 {accepted} 行；已记录 {known} 行。未写入任何内容。",
        "{accepted} rows would be imported; {known} are recorded already. Nothing was written.",
    ),
    "import.unchecked": (
        "{count} 行的地点无法核对：周边地点尚未登记，按文件所载记录。",
        "The places of {count} rows cannot be checked: none are recorded around them.",
    ),
    "import.one-file": (
        "请指定一个名册文件，或用 --template 写出模板，二者选一。",
        "Name one register to read, or a template to write with --template, and not both.",
    ),
    "import.template": ("无法写入 {file}：{reason}。", "{file} cannot be written: {reason}."),
    "import.known": (
        "没有新内容：{count} 行都已记录。",
        "Nothing is new: all {count} rows are recorded already.",
    ),
    "export.ending": (
        "{file} 的扩展名须为以下之一：{endings}。",
        "{file} must end in one of: {endings}.",
    ),
    "export.left-out": (
        "有 {count} 项没有立项日期，或不是以货币计价，标准无法表达，未导出。",
        "{count} grants were left out: the standard asks for the day of an award and a currency.",
    ),
    "export.done": ("已写入 {file}：{count} 条。", "{file}: {count} written."),
    "verify.well": (
        "{events} 个事件核对无误，树根 {root}。",
        "All {events} events are sound; the root is {root}.",
    ),
    "verify.fault": (
        "位置 {position}，{rule}：{message}",
        "position {position}, {rule}: {message}",
    ),
    "verify.ill": ("发现 {count} 个问题。", "{count} faults were found."),
    "trial.well": ("试算平衡。", "Every fund balances."),
    "trial.ill": ("试算不平衡。", "The book does not balance."),
    "nothing": ("没有记录。", "There is nothing to show."),
    # Progress and headings.
    "progress.read": ("读取", "Reading"),
    "progress.check": ("核对", "Checking"),
    "progress.record": ("记录", "Recording"),
    "progress.verify": ("核对", "Checking"),
    "progress.rotate": ("换钥", "Wrapping"),
    "progress.rebuild": ("重建", "Rebuilding"),
    "progress.replay": ("重放", "Replaying"),
    "column.fund": ("资金", "Fund"),
    "column.currency": ("币种", "Currency"),
    "column.account": ("科目", "Account"),
    "column.debit": ("借方", "Debit"),
    "column.credit": ("贷方", "Credit"),
    "column.balance": ("余额", "Balance"),
    "book.authority": ("额度", "Authority"),
    "book.cash": ("资金", "Cash"),
    "book.match": ("配套", "Match"),
    "book.history": ("历史", "History"),
    "column.noun": ("类别", "Noun"),
    "column.stage": ("阶段", "Stage"),
    "column.count": ("数量", "Count"),
    "column.id": ("编号", "Id"),
    "column.person": ("人员", "Person"),
    "column.role": ("角色", "Role"),
    "column.reach": ("范围", "For"),
    "column.created": ("签发", "Made"),
    "column.revoked": ("作废", "Ended"),
    "column.scope": ("限于", "Limited to"),
    "column.until": ("有效至", "Until"),
    "column.follower": ("跟随任务", "Follower"),
    "column.lag": ("落后", "Lag"),
    "column.position": ("位置", "Position"),
    "column.when": ("生效时间", "Took effect"),
    "column.event": ("事件", "Event"),
    "column.actor": ("经办", "By"),
    "column.reason": ("理由与依据", "Reason and authority"),
    "column.book": ("账簿", "Book"),
    "column.proposal": ("申报", "Proposal"),
    "column.score": ("得分（千分之一）", "Score (thousandths)"),
    "column.rank": ("名次", "Rank"),
}
