"""What is said of another system's log, and of its mapping, in English and in Chinese."""

from __future__ import annotations

LOGGED: dict[str, tuple[str, str]] = {
    # The mapping.
    "lifecycle_unknown": (
        "There is no lifecycle {value}; there are: {known}.",
        "没有 {value} 这一生命周期；可用的有：{known}。",
    ),
    "log_step_unknown": (
        "{value} is no step of {noun}; its steps are: {known}.",
        "{noun} 没有 {value} 这一步骤；步骤有：{known}。",
    ),
    "log_stage_unknown": (
        "{value} is no stage of {noun}; its stages are: {known}.",
        "{noun} 没有 {value} 这一阶段；阶段有：{known}。",
    ),
    "which_unknown": (
        "{value} does not say which things are meant: a list of names, or one of: {known}.",
        "{value} 不能说明指哪几件事项；应为名称列表，或：{known}。",
    ),
    "rounding_unknown": (
        "{value} is no way of rounding; there are: {known}.",
        "没有 {value} 这种舍入方法；可用的有：{known}。",
    ),
    # The whole file.
    "log_ending": (
        "The log must end in .xes, .xes.gz, .csv or .json, not in {ending}.",
        "日志的扩展名必须是 .xes、.xes.gz、.csv 或 .json，而不是 {ending}。",
    ),
    "log_encoding": (
        "The file is neither UTF-8 nor GB 18030; save it as UTF-8 and try again.",
        "文件既不是 UTF-8 也不是 GB 18030 编码；请另存为 UTF-8 后重试。",
    ),
    "gz_broken": ("The packed file is broken: {reason}.", "压缩文件已损坏：{reason}。"),
    "gz_too_large": (
        "The file unpacks to more than {limit} bytes; it is not read any further.",
        "文件解压后超过 {limit} 字节，不再读取。",
    ),
    "xml_broken": (
        "The XML is broken at line {line}: {reason}.",
        "XML 在第 {line} 行损坏：{reason}。",
    ),
    "xml_doctype": (
        "The file declares a document type or entities; logs have none, and it is not read.",
        "文件声明了文档类型或实体；日志不应有此类声明，不予读取。",
    ),
    "xml_part_too_large": (
        "One tag of the XML has more than {limit} bytes.",
        "XML 中有一个标签超过 {limit} 字节。",
    ),
    "not_a_log": (
        "The file is no event log of XES: its outermost element is {value}.",
        "文件不是 XES 事件日志：最外层元素是 {value}。",
    ),
    "no_cases": ("The log has no case.", "日志中没有任何案件。"),
    "log_column_missing": (
        "The file has no column {value}, by which the mapping finds: {place}.",
        "文件没有 {value} 列，映射文件要用它读取：{place}。",
    ),
    "log_attribute_missing": (
        "No case and no event of the log has the attribute {value}.",
        "日志的案件和事件都没有 {value} 这一属性。",
    ),
    "object_type_unknown": (
        "{value} is no type of object in the log; there are: {known}.",
        "日志没有 {value} 这一对象类型；有：{known}。",
    ),
    "object_type_needed": (
        "The mapping must say which type of object a case is; there are: {known}.",
        "映射文件须说明哪一类对象是案件；有：{known}。",
    ),
    "object_repeated": ("The id {value} stands here twice.", "编号 {value} 重复出现。"),
    "object_unknown": (
        "The event is about the object {value}, which the log does not have.",
        "事件涉及对象 {value}，但日志中没有该对象。",
    ),
    "log_unfit": (
        "This is not as OCEL 2.0 has it: {reason}.",
        "此处不符合 OCEL 2.0：{reason}。",
    ),
    # One case, one event.
    "event_without_case": (
        "The event stands outside of any case.",
        "事件不在任何案件之内。",
    ),
    "case_repeated": (
        "The case {value} stands in row {first} and again in row {second}.",
        "案件 {value} 在第 {first} 行和第 {second} 行重复出现。",
    ),
    "attribute_repeated": (
        "The attribute {value} stands here twice.",
        "属性 {value} 在此处重复出现。",
    ),
    "case_too_large": (
        "The case has more than {limit} events; it is not read any further.",
        "该案件的事件超过 {limit} 个，不再读取。",
    ),
    "log_too_large": (
        "The log has more than {limit} cases; it is not read any further.",
        "日志的案件超过 {limit} 个，不再读取。",
    ),
    "activity_unmapped": (
        "The mapping does not say what the activity {value} is to us; where it is nothing, "
        'write "-".',
        "映射文件没有说明活动 {value} 对应哪一步骤；如不对应任何步骤，请写 “-”。",
    ),
    "typed_unfit": (
        "{value} is no value of the type {kind}.",
        "{value} 不是 {kind} 类型的值。",
    ),
    "log_text_too_long": (
        "The value has {size} characters; at most {limit} are read here.",
        "此值有 {size} 个字符，此处最多读取 {limit} 个。",
    ),
    "moment_unfit": (
        "{value} is no time such as 2024-03-01T09:30:00+08:00.",
        "{value} 不是时间，应如 2024-03-01T09:30:00+08:00。",
    ),
    "log_amount_differs": (
        "The case states two amounts: {first} and {second}.",
        "同一案件有两个金额：{first} 和 {second}。",
    ),
    "log_amount_too_fine": (
        "The amount {value} has more digits than {currency}; name a rounding in the mapping.",
        "金额 {value} 的小数位数多于 {currency}；请在映射文件中说明舍入方法。",
    ),
}
