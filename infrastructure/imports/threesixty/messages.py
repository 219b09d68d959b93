"""What is said of each kind of fault in a 360Giving file, in English and in Chinese."""

from __future__ import annotations

from infrastructure.imports.threesixty.logged import LOGGED
from infrastructure.imports.threesixty.mapped import MAPPED
from infrastructure.imports.threesixty.registered import REGISTERED
from infrastructure.imports.threesixty.scored import SCORED

MESSAGES: dict[str, tuple[str, str]] = {
    # The whole file.
    "file_unreadable": ("The file cannot be read: {reason}.", "无法读取文件：{reason}。"),
    "file_ending": (
        "The file must end in .json, .csv or .xlsx, not in {ending}.",
        "文件扩展名必须是 .json、.csv 或 .xlsx，而不是 {ending}。",
    ),
    "file_empty": ("The file is empty.", "文件是空的。"),
    "file_too_large": (
        "The file has {size} bytes; at most {limit} are read.",
        "文件有 {size} 字节，最多读取 {limit} 字节。",
    ),
    "not_utf8": (
        "Line {line} of the file is not UTF-8; save the file as UTF-8 and try again.",
        "文件第 {line} 行不是 UTF-8 编码；请将文件另存为 UTF-8 后重试。",
    ),
    "json_broken": (
        "The JSON is broken at line {line}, column {column}: {reason}.",
        "JSON 在第 {line} 行第 {column} 列损坏：{reason}。",
    ),
    "json_too_deep": ("The JSON is nested too deeply.", "JSON 嵌套过深。"),
    "no_grants_list": (
        'The file must be a JSON object whose "grants" is a list.',
        "文件必须是一个 JSON 对象，其 “grants” 是列表。",
    ),
    "no_grants": ("The file has no grants.", "文件中没有资助记录。"),
    "csv_broken": (
        "The CSV is broken near line {line}: {reason}.",
        "CSV 在第 {line} 行附近损坏：{reason}。",
    ),
    "workbook_broken": ("The workbook is broken: {reason}.", "工作簿已损坏：{reason}。"),
    "workbook_too_large": (
        "The workbook unpacks to more than {limit} bytes or parts; it is not opened.",
        "工作簿解压后超过 {limit} 字节或部件，不予打开。",
    ),
    "sheet_too_large": (
        "The sheet reaches to cell {cell}; at most {limit} cells are read.",
        "工作表延伸到单元格 {cell}，最多读取 {limit} 个单元格。",
    ),
    "date_format_unusable": (
        "The date format {value} does not read a year, a month and a day back.",
        "日期格式 {value} 不能还原年、月、日。",
    ),
    # The columns of a sheet.
    "column_missing": (
        'The column "{title}" is missing; the standard requires it.',
        "缺少标准要求的列 “{title}”。",
    ),
    "column_repeated": (
        "Columns {first} and {second} both hold this field.",
        "{first} 列和 {second} 列都是这个字段。",
    ),
    "cells_beyond_header": (
        "The row has {cells} cells but the header has {columns}.",
        "该行有 {cells} 个单元格，而表头只有 {columns} 个。",
    ),
    "formula": (
        "Cell {cell} holds a formula; paste the values instead of the formulas.",
        "单元格 {cell} 是公式；请粘贴为数值。",
    ),
    "cell_error": (
        "Cell {cell} holds an error of the spreadsheet program.",
        "单元格 {cell} 是电子表格程序的错误值。",
    ),
    # One row.
    "row_too_large": (
        "The row has {size} bytes; at most {limit} are kept.",
        "该行有 {size} 字节，最多保存 {limit} 字节。",
    ),
    "row_too_deep": (
        "The row is nested deeper than {limit} levels.",
        "该行嵌套超过 {limit} 层。",
    ),
    "key_repeated": (
        'The key "{key}" stands here more than once.',
        "键 “{key}” 在此处重复出现。",
    ),
    "object_expected": ("This must be an object, not {value}.", "此处必须是对象，而不是 {value}。"),
    "list_expected": ("This must be a list, not {value}.", "此处必须是列表，而不是 {value}。"),
    "missing": ("This field is required and missing.", "缺少必填字段。"),
    "individual": (
        "Grants to individuals are not imported, because they name persons.",
        "不导入给个人的资助，因为其中含有个人姓名。",
    ),
    "grant_repeated": (
        "The grant {value} stands in row {first} and again in row {second}.",
        "资助 {value} 在第 {first} 行和第 {second} 行重复出现。",
    ),
    # One value.
    "text_expected": ("This must be text, not {value}.", "此处必须是文本，而不是 {value}。"),
    "text_unclean": (
        "The text {value} has a control character or broken Unicode in it.",
        "文本 {value} 含有控制字符或损坏的 Unicode。",
    ),
    "line_expected": (
        "The text {value} must be one line.",
        "文本 {value} 必须是单行。",
    ),
    "text_too_long": (
        "The text has {size} characters; at most {limit} are allowed here.",
        "文本有 {size} 个字符，此处最多 {limit} 个。",
    ),
    "currency_unknown": (
        "{value} is not the ISO 4217 code of a currency with amounts.",
        "{value} 不是 ISO 4217 货币代码。",
    ),
    "amount_expected": (
        "This must be an amount such as 41133.77, not {value}.",
        "此处必须是金额（如 41133.77），而不是 {value}。",
    ),
    "amount_negative": (
        "The amount {value} is negative.",
        "金额 {value} 为负数。",
    ),
    "amount_too_large": (
        "The amount {value} is larger than can be kept exactly.",
        "金额 {value} 过大，无法精确保存。",
    ),
    "amount_inexact": (
        "The amount {value} is not within a millionth of the nearest minor unit, {nearest}.",
        "金额 {value} 与最近的最小货币单位 {nearest} 相差超过百万分之一。",
    ),
    "months_unfit": (
        "The duration in months must be a number from 0 to {limit}, not {value}.",
        "期限（月）必须是 0 至 {limit} 的数，而不是 {value}。",
    ),
    "date_expected": ("This must be a date, not {value}.", "此处必须是日期，而不是 {value}。"),
    "date_not_iso": (
        "The date {value} is not written as YYYY-MM-DD; if the file writes its dates another way, "
        "name that way with --date-format.",
        "日期 {value} 不是 YYYY-MM-DD 格式；若文件使用其他格式，请用 --date-format 指定。",
    ),
    "date_not_in_format": (
        "The date {value} does not follow the format {format}.",
        "日期 {value} 不符合格式 {format}。",
    ),
    "date_out_of_range": (
        "The date {value} does not lie between the years {first} and {last}.",
        "日期 {value} 不在 {first} 年至 {last} 年之间。",
    ),
    "payment_currency": (
        "The payment is in {value} but the grant in {currency}.",
        "付款币种为 {value}，而资助币种为 {currency}。",
    ),
    "payments_above_award": (
        "The payments add up to {paid} minor units, more than the {awarded} awarded.",
        "付款合计 {paid} 个最小货币单位，超过获批的 {awarded}。",
    ),
    **LOGGED,
    **MAPPED,
    **REGISTERED,
    **SCORED,
}
