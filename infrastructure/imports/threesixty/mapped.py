"""What is said of a mapping, and of a list that is read by one, in English and in Chinese."""

from __future__ import annotations

MAPPED: dict[str, tuple[str, str]] = {
    # The mapping.
    "toml_broken": (
        "The TOML is broken at line {line}: {reason}.",
        "TOML 在第 {line} 行损坏：{reason}。",
    ),
    "mapping_unfit": (
        "The mapping cannot be used: {reason}.",
        "映射文件不可用：{reason}。",
    ),
    "as_of_missing": (
        "The list states no day of the award, so the mapping must say as of which day it stands.",
        "清单没有立项日期，映射文件须用 as_of 说明清单截至哪一天。",
    ),
    "template_broken": (
        "A brace in {value} has no partner.",
        "{value} 中的花括号不成对。",
    ),
    "separators_alike": (
        "{value} cannot be both the decimal sign and the sign between thousands.",
        "{value} 不能同时作小数点和千位分隔符。",
    ),
    "unit_unfit": (
        "{value} is no name of a unit: one to ten capital letters or digits, a letter first.",
        "{value} 不能作计量单位名：须为 1 至 10 个大写字母或数字，以字母开头。",
    ),
    "unit_is_currency": (
        "{value} is a currency of ISO 4217, whose digits are known.",
        "{value} 是 ISO 4217 货币，其小数位数已有规定。",
    ),
    # The list.
    "list_ending": (
        "The file must end in .csv, .json or .jsonl, not in {ending}.",
        "文件扩展名必须是 .csv、.json 或 .jsonl，而不是 {ending}。",
    ),
    "no_list": (
        "There is no list of rows at “{path}”.",
        "“{path}” 处没有行的列表。",
    ),
    "path_missing": (
        "The mapping names {value} for {place}, and no row of the file has it.",
        "映射文件的 {place} 用到 {value}，而文件中没有任何一行有它。",
    ),
    "header_repeated": (
        "The column {value} stands twice in the header.",
        "表头中列 {value} 重复。",
    ),
    "value_expected": (
        "This must be one value, not {value}.",
        "此处必须是单个值，而不是 {value}。",
    ),
    "status_unknown": (
        "The mapping does not say whether {value} means an award.",
        "映射文件没有说明 {value} 是否表示已立项。",
    ),
    "unit_unknown": (
        "{value} is no currency of ISO 4217, and the mapping gives no digits for it.",
        "{value} 不是 ISO 4217 货币，映射文件也没有给出其小数位数。",
    ),
    "number_unwritten": (
        "{value} is not a number as the mapping says numbers are written.",
        "{value} 不符合映射文件规定的数字写法。",
    ),
    "date_not_mapped": (
        "The date {value} is not written as YYYY-MM-DD; if the list writes its dates another way, "
        "say so in format.date of the mapping.",
        "日期 {value} 不是 YYYY-MM-DD 格式；若清单使用其他写法，请在映射文件的 format.date 中说明。",
    ),
    "left_out_needed": (
        "The mapping leaves {value} out and also reads it.",
        "映射文件既略去 {value}，又要读取它。",
    ),
}
