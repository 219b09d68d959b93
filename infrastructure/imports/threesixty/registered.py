"""What is said of a register of organisations that is read, in English and in Chinese."""

from __future__ import annotations

REGISTERED: dict[str, tuple[str, str]] = {
    "register_ending": (
        "The file must end in .csv or .xlsx, not in {ending}.",
        "文件扩展名必须是 .csv 或 .xlsx，而不是 {ending}。",
    ),
    "register_empty": ("The file has no organisations.", "文件中没有社会组织。"),
    "register_encoding": (
        "The file is neither UTF-8 nor GB 18030.",
        "文件既不是 UTF-8 编码，也不是 GB 18030 编码。",
    ),
    "register_column": (
        'The column "{title}" is missing.',
        "缺少“{title}”列。",
    ),
    "register_heading": (
        "The column {value} is not known.",
        "无法识别“{value}”列。",
    ),
    "register_kind": (
        "The kind must be 登记 (registered) or 备案 (filed), not {value}.",
        "类型必须是“登记”或“备案”，而不是 {value}。",
    ),
    "register_code": (
        "{value} is no unified social credit code of a social organisation: 18 characters that "
        "begin with 51, 52 or 53, the last of which is a check character.",
        "{value} 不是社会组织的统一社会信用代码：应为以 51、52 或 53 开头的 18 位，末位为校验码。",
    ),
    "register_stray": (
        "This must be empty for an organisation of this kind.",
        "该类型的社会组织此处必须为空。",
    ),
    "register_place": (
        "A place is a code of 6 to 15 digits, not {value}.",
        "地点应为 6 至 15 位数字代码，而不是 {value}。",
    ),
    "register_date": (
        "{value} is not a day that has been, written as YYYY-MM-DD.",
        "{value} 不是已经过去的日期（格式 YYYY-MM-DD）。",
    ),
    "register_digits": (
        "The spreadsheet has rounded {value}: give the column the format Text and type it again.",
        "电子表格已将 {value} 四舍五入：请将该列设为“文本”格式后重新填写。",
    ),
    "register_repeated": (
        "{value} stands in row {first} already.",
        "{value} 已在第 {first} 行出现。",
    ),
}
