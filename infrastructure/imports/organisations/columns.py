"""The columns of a register of organisations, by their Chinese and English headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from infrastructure.imports.threesixty.faults import UnreadableFile, header_fault, quoted
from infrastructure.imports.threesixty.sheets import Sheet, cell_name, column_letters

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("名称", "name"),
    "kind": ("类型", "kind"),
    "uscc": ("统一社会信用代码", "uscc"),
    "filing_no": ("备案号", "filing_no"),
    "place": ("街道/社区代码", "place"),
    "leader": ("负责人", "leader"),
    "phone": ("联系电话", "phone"),
    "identity_number": ("身份证号", "identity_number"),
    "account": ("银行账号", "account"),
    "agent": ("代管方", "fiscal_agent"),
    "registered_on": ("登记日期", "registered_on"),
}
REQUIRED = ("name", "kind", "place", "leader")


def columns_of(
    sheet: Sheet,
    headings: Mapping[str, Sequence[str]] = HEADINGS,
    required: Sequence[str] = REQUIRED,
) -> dict[int, tuple[str, str]]:
    """The field and the heading of each column; UnreadableFile where the header is at fault."""
    by_heading = {heading: field for field, names in headings.items() for heading in names}
    found: dict[int, tuple[str, str]] = {}
    first: dict[str, int] = {}
    names = ((cell_name(*at), rule) for at, rule in sheet.unfit.items() if at[0] == 1)
    faults = [header_fault(rule, name, cell=name) for name, rule in names]
    for at, cell in enumerate(sheet.header):
        heading = str(cell).strip()
        field = by_heading.get(heading.lower())
        if field is None:
            if heading:
                faults.append(
                    header_fault("register_heading", column_letters(at), value=quoted(heading))
                )
            continue
        if field in first:
            letters = {"first": column_letters(first[field]), "second": column_letters(at)}
            faults.append(header_fault("column_repeated", heading, **letters))
        first.setdefault(field, at)
        found[at] = (field, heading)
    missing = (headings[field][0] for field in required if field not in first)
    faults += [header_fault("register_column", title, title=title) for title in missing]
    if faults:
        raise UnreadableFile(*faults)
    return found
