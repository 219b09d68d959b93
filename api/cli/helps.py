"""What each command and option is for, in Chinese and in English."""

from __future__ import annotations

HELPS: dict[str, tuple[str, str]] = {
    "help": (
        "善迹：公益资金从申请到结项的完整记录。",
        "Fundtrail: the whole record of public-good money, from the proposal to the close.",
    ),
    "help.arguments": ("参数", "Arguments"),
    "help.options": ("选项", "Options"),
    "help.commands": ("命令", "Commands"),
    "help.migrate": ("创建或升级数据库。", "Create the database, or upgrade it."),
    "help.serve": (
        "启动网站、接口和定时步骤。",
        "Serve the site and the API, and run the clock.",
    ),
    "help.tick": ("执行一次已到期的步骤。", "Run the steps that are due, once."),
    "help.demo": (
        "载入并启动演示区。",
        "Load the demonstration district and serve it.",
    ),
    "help.sweep": (
        "清除过期的上传，以及一天前上传而没有任何事件提到的文件。",
        "Remove expired uploads, and files older than a day that no event names.",
    ),
    "help.person-group": ("管理人员的准入和登录方式。", "Let people in, and help them to sign in."),
    "help.person.add": (
        "准入一人并授予一个角色；第一位系统管理员由此产生。",
        "Let somebody in with a role; the first administrator comes this way.",
    ),
    "help.person.invite": (
        "生成一次性邀请码，供本人设置登录方式；此前的邀请码作废。",
        "Make a one-time secret with which somebody sets up how they sign in; earlier ones end.",
    ),
    "help.person.password": (
        "为某人设置登录名和密码；其全部会话随即结束。",
        "Set somebody's sign-in name and password; every session of theirs ends.",
    ),
    "help.person-name": ("姓名。", "What the person is called."),
    "help.person-known": ("人员编号或姓名。", "A person's id or name."),
    "help.sign-in-name": (
        "登录名；已有登录名的可省略。",
        "The sign-in name; not needed where there is one.",
    ),
    "help.scope": (
        "限定令牌的用途：read（只读）和/或事项类别，以逗号分隔，如 proposals,grants。",
        "What the token is limited to: read, names of lists, or both, such as proposals,grants.",
    ),
    "help.until": ("令牌有效的最后一日。", "The last day on which the token is good."),
    "help.token": ("管理接口令牌。", "Manage API tokens."),
    "help.token.create": (
        "为某人的一个角色签发令牌；密钥只显示这一次。",
        "Make a token for a person in one role; the secret is shown this once.",
    ),
    "help.token.list": ("列出令牌（不含密钥）。", "List the tokens, never their secrets."),
    "help.token.revoke": ("作废一个令牌。", "End a token."),
    "help.import": ("导入已有的数据。", "Import data that exists already."),
    "help.import.360giving": (
        "把 360Giving 文件（.json、.csv、.xlsx）中过去的资助记为历史；有错则整份拒收。",
        "Record the past grants of a 360Giving file (.json, .csv, .xlsx) as history; a file with "
        "a fault is refused whole.",
    ),
    "help.import.history": (
        "按映射文件把资助方自己的过往资助清单（.csv、.json、.jsonl）记为历史；有错则整份拒收。",
        "Record a funder's own list of past awards (.csv, .json, .jsonl) as history, read by a "
        "mapping; a list with a fault is refused whole.",
    ),
    "help.import.organisations": (
        "从名册（.xlsx、.csv）导入社会组织；有错则整份拒收。",
        "Take organisations over from a register (.xlsx, .csv); one with a fault is refused whole.",
    ),
    "help.import.scores": (
        "导入在别处评审的打分表（.csv、.xlsx：评委、申报、评分、名次）；有错则整份拒收。",
        "Take over the scores of a panel held elsewhere (.csv, .xlsx: reviewer, proposal, rating, "
        "rank); a sheet with a fault is refused whole.",
    ),
    "help.scored-round": (
        "已导入的历史届次的编号，或为别处的评审另起的名称。",
        "The id of a round imported as history, or a name of the panel's own.",
    ),
    "help.scale": (
        "评分的分制，如 0..40；按比例折算为百分制，最好为 100。",
        "The scale of the ratings, such as 0..40; it is stretched to 0 to 100, the best being 100.",
    ),
    "help.lower-is-better": ("分数越低越好。", "A lower rating is a better one."),
    "help.preview": ("只显示会发生什么，不写入。", "Only show what would happen; write nothing."),
    "help.template": ("写出一份空白模板。", "Write an empty template to fill in."),
    "help.mapping": (
        "映射文件（TOML）：清单的哪一列是什么，见 docs/importing-history.md。",
        "The mapping (TOML): which column is what; see docs/importing-history.md.",
    ),
    "help.check": ("核对别处的数据。", "Check data of other systems."),
    "help.check.event-log": (
        "按映射文件核对其他系统的流程日志（.xes、.xes.gz、.csv、OCEL 2.0 .json）是否符合本系统的"
        "生命周期；不写入任何内容，有不符合的案件时退出码为 1。",
        "Check a workflow log of another system (.xes, .xes.gz, .csv, OCEL 2.0 .json) against our "
        "lifecycles, by a mapping; nothing is written, and exit 1 where a case does not conform.",
    ),
    "help.log-mapping": (
        "映射文件（TOML）：日志的哪一活动是哪一步骤，见 docs/checking-event-logs.md。",
        "The mapping (TOML): which activity is which step; see docs/checking-event-logs.md.",
    ),
    "help.replay": (
        "仅凭事件在内存中重建余额和阶段。",
        "Rebuild balances and stages in memory, from the events alone.",
    ),
    "help.balances": (
        "台账中各科目的余额。",
        "The balance of every account, from the ledger book.",
    ),
    "help.trial-balance": (
        "各资金的试算平衡；不平时退出码为 1。",
        "The trial balance of every fund; exit 1 where it does not balance.",
    ),
    "help.timeline": (
        "某一事项的全部事件，从早到晚。",
        "Every event of a thing, oldest first.",
    ),
    "help.verify": (
        "核对全部记录、台账和读模型；有问题时退出码为 1。",
        "Check every record, the ledger and the read models; exit 1 where there is a fault.",
    ),
    "help.rebuild": (
        "从第一个事件起重建读模型和台账。",
        "Refill the read models and the ledger book from the first event.",
    ),
    "help.erase": (
        "依据文号抹除某人的个人信息：销毁其密钥，不留痕迹；账目须留名的，写明留到何时。",
        "Erase a person by an authority: their key is destroyed and no trace is left; where the "
        "books must keep the name, it is said until when.",
    ),
    "help.backup": (
        "备份数据库到一个文件，服务不必停。",
        "Back the database up into one file, while it is served.",
    ),
    "help.restore": (
        "恢复备份：先补做备份之后的抹除，再核对全部记录。服务须先停。",
        "Put a backup back: what was erased since is erased again, then every record is checked. "
        "Stop the service before.",
    ),
    "help.rotate-key": (
        "用最新的主密钥重新封存每个人的密钥；此后可撤下旧的主密钥。",
        "Wrap the key of every person with the newest master key; the older ones may go then.",
    ),
    "help.erased": ("人员编号或姓名。", "The person's id or name."),
    "help.authority": ("依据的文号。", "The authority, such as the number of a paper."),
    "help.backup-file": ("备份文件。", "The file of the backup."),
    "help.force": (
        "替换已有的数据库。",
        "Take the place of the database that is there.",
    ),
    "help.follow": (
        "在本进程中运行一个跟随任务；同名任务同时只有一个在工作。",
        "Run a follower in this process; of each name one works at a time.",
    ),
    "help.followers": (
        "各跟随任务的位置和落后的事件数。",
        "How far each follower has come, and how many events it lags behind.",
    ),
    "help.follower": ("跟随任务的名称。", "The name of the follower."),
    "help.once": ("处理完已有事件即结束。", "End when nothing is left to do."),
    "help.export": ("导出数据。", "Export data."),
    "help.export.360giving": (
        "按 360Giving 标准导出全部资助（.json、.csv、.xlsx）。",
        "Export every grant in the 360Giving standard (.json, .csv, .xlsx).",
    ),
    "help.export.records": (
        "逐行导出存储的记录原文（JSON Lines）。",
        "Export the stored records as they are, one a line (JSON Lines).",
    ),
    "help.database": ("数据库地址。", "The address of the database."),
    "help.json": ("输出一个 JSON 文档。", "Print one JSON document."),
    "help.as-of": (
        "截至何时的事实：日期（当日终了）、RFC 3339 时间或 position:N。",
        "What was true by then: a day (its end), an RFC 3339 time, or position:N.",
    ),
    "help.known-at": (
        "截至何时已记录：日期（当日终了）、RFC 3339 时间或 position:N。",
        "What was recorded by then: a day (its end), an RFC 3339 time, or position:N.",
    ),
    "help.fund": ("只看这项资金。", "Only this fund."),
    "help.grant": ("只看这个资助项目。", "Only this grant."),
    "help.round": ("只看这一届次，并列出评分和排名。", "Only this round, with scores and ranking."),
    "help.now": (
        "到期的时点；模拟时钟先拨到此时。",
        "Due by when; a simulated clock is moved there first.",
    ),
    "help.host": ("监听的地址。", "The address to listen on."),
    "help.port": ("监听的端口。", "The port to listen on."),
    "help.workers": ("进程数。", "How many processes."),
    "help.load-only": ("只载入数据，不启动服务。", "Load the data and do not serve."),
    "help.person": (
        "人员编号或姓名；新姓名会新建人员。",
        "A person's id or name; a new name adds a person.",
    ),
    "help.role": ("角色。", "The role."),
    "help.for": (
        "角色所在的地区代码，或所属的社会组织编号。",
        "The code of the place, or the id of the organisation, that the role is held for.",
    ),
    "help.token-id": ("令牌编号。", "The token's id."),
    "help.file": ("要读取的文件。", "The file to read."),
    "help.date-format": (
        "文件中日期的写法，如 %d/%m/%Y；不写则为 ISO 8601。",
        "How the file writes its dates, such as %d/%m/%Y; ISO 8601 unless given.",
    ),
    "help.id": ("事项编号。", "The id of the thing."),
    "help.output": ("写入的文件。", "The file to write."),
}
