"""The fields of a 360Giving grant (version 1.4) and the columns that hold them in a sheet.

A column is headed by the titles of the standard's spreadsheet form, as in "Recipient Org:0:Name",
or by the path of the field, as in "recipientOrganization/0/name". Blanks and case do not matter,
and where a list is meant and no number stands, its first item is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_ITEMS = 100


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    DAY = "day"
    OBJECT = "object"
    OBJECTS = "objects"


@dataclass(frozen=True)
class Field:
    """One field: its key in JSON, its title in a sheet, and what lies below it."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    fields: tuple[Field, ...] = ()


Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Column:
    """A column that is understood: the path of its values in a grant, and what they are."""

    path: Path
    titles: tuple[str, ...]
    kind: Kind

    @property
    def title(self) -> str:
        """The header of the column."""
        return ":".join(self.titles)


IDENTIFIER = Field("id", "Identifier")
NAME = Field("name", "Name")
TITLE = Field("title", "Title")
DESCRIPTION = Field("description", "Description")
CURRENCY = Field("currency", "Currency")
CODE = Field("code", "Code")
MODIFIED = Field("dateModified", "Last Modified", Kind.DAY)

LOCATION = (
    IDENTIFIER,
    NAME,
    Field("countryCode", "Country Code"),
    Field("latitude", "Latitude", Kind.NUMBER),
    Field("longitude", "Longitude", Kind.NUMBER),
    DESCRIPTION,
    Field("geoCode", "Geographic Code"),
    Field("geoCodeType", "Geographic Code Type"),
    MODIFIED,
)
ORGANISATION = (
    IDENTIFIER,
    NAME,
    Field("department", "Department"),
    Field("contactName", "Contact Name"),
    Field("charityNumber", "Charity Number"),
    Field("companyNumber", "Company Number"),
    Field("streetAddress", "Street Address"),
    Field("addressLocality", "City"),
    Field("addressRegion", "County"),
    Field("addressCountry", "Country"),
    Field("postalCode", "Postal Code"),
    Field("telephone", "Phone Number"),
    Field("alternateName", "Alternate Name"),
    Field("email", "Email"),
    DESCRIPTION,
    Field("organisationType", "Organisation Type"),
    Field("url", "Web Address"),
    Field("location", "Location", Kind.OBJECTS, LOCATION),
    MODIFIED,
)
EVENT = (
    TITLE,
    Field("startDate", "Start Date", Kind.DAY),
    Field("endDate", "End Date", Kind.DAY),
    Field("duration", "Duration (months)", Kind.NUMBER),
    DESCRIPTION,
    MODIFIED,
)
CLASSIFICATION = (
    Field("vocabulary", "Vocabulary"),
    CODE,
    TITLE,
    DESCRIPTION,
    Field("url", "URL"),
    MODIFIED,
)
PROGRAMME = (CODE, TITLE, DESCRIPTION, Field("url", "URL"), MODIFIED)
DOCUMENT = (
    IDENTIFIER,
    TITLE,
    Field("url", "Web Address"),
    DESCRIPTION,
    Field("documentType", "Document Type"),
    MODIFIED,
)
TRANSACTION = (
    IDENTIFIER,
    Field("transactionDate", "Transaction Date", Kind.DAY),
    CURRENCY,
    Field("value", "Value", Kind.NUMBER),
    Field("valueDate", "Value Date", Kind.DAY),
    DESCRIPTION,
    Field("provider", "Provider"),
    Field("recipient", "Recipient"),
    MODIFIED,
)
TO_INDIVIDUALS = (
    Field("primaryGrantReason", "Primary Grant Reason"),
    Field("secondaryGrantReason", "Secondary Grant Reason"),
    Field("grantPurpose", "Grant Purpose", Kind.TEXTS),
)

# The standard gives no titles to the three lists of transactions; those here are ours.
GRANT = (
    IDENTIFIER,
    TITLE,
    DESCRIPTION,
    CURRENCY,
    Field("amountAppliedFor", "Amount Applied For", Kind.NUMBER),
    Field("amountAwarded", "Amount Awarded", Kind.NUMBER),
    Field("amountDisbursed", "Amount Disbursed", Kind.NUMBER),
    Field("awardDate", "Award Date", Kind.DAY),
    Field("url", "URL"),
    Field("plannedDates", "Planned Dates", Kind.OBJECTS, EVENT),
    Field("actualDates", "Actual Dates", Kind.OBJECTS, EVENT),
    Field("recipientIndividual", "Recipient Ind", Kind.OBJECT, (IDENTIFIER, NAME)),
    Field("toIndividualsDetails", "To Individuals Details", Kind.OBJECT, TO_INDIVIDUALS),
    Field("recipientOrganization", "Recipient Org", Kind.OBJECTS, ORGANISATION),
    Field("beneficiaryLocation", "Beneficiary Location", Kind.OBJECTS, LOCATION),
    Field("fundingOrganization", "Funding Org", Kind.OBJECTS, ORGANISATION),
    Field("grantProgramme", "Grant Programme", Kind.OBJECTS, PROGRAMME),
    Field("fromOpenCall", "From An Open Call?"),
    Field("fundingType", "Funding Type", Kind.OBJECTS, CLASSIFICATION),
    Field("classifications", "Classifications", Kind.OBJECTS, CLASSIFICATION),
    Field("relatedDocument", "Related Document", Kind.OBJECTS, DOCUMENT),
    Field("applicationTransaction", "Application Transaction", Kind.OBJECTS, TRANSACTION),
    Field("commitmentTransaction", "Commitment Transaction", Kind.OBJECTS, TRANSACTION),
    Field("disbursementTransaction", "Disbursement Transaction", Kind.OBJECTS, TRANSACTION),
    Field("relatedActivity", "Related Activity", Kind.TEXTS),
    MODIFIED,
    Field("dataSource", "Data Source"),
    Field("regrantType", "For Regrant Type"),
    Field("locationScope", "Location Scope"),
)


def column_of(header: str) -> Column | None:
    """The column that a header names; None where the standard knows no such field."""
    return _found(GRANT, re.split("[:/]", header))


def path_name(path: Path) -> str:
    """The path as faults name it: recipientOrganization/0/id."""
    return "/".join(str(part) for part in path)


def _found(fields: tuple[Field, ...], parts: Sequence[str]) -> Column | None:
    word = _folded(parts[0])
    field = next((f for f in fields if word in (_folded(f.key), _folded(f.title))), None)
    if field is None:
        return None
    path: Path = (field.key,)
    titles: tuple[str, ...] = (field.title,)
    rest = parts[1:]
    if field.kind is Kind.OBJECTS:
        index = rest[0].strip() if rest else ""
        if re.fullmatch("[0-9]{1,3}", index) and int(index) < MOST_ITEMS:
            rest = rest[1:]
        else:
            index = "0"
        path, titles = (*path, int(index)), (*titles, str(int(index)))
    if not field.fields:
        return None if rest else Column(path, titles, field.kind)
    below = _found(field.fields, rest) if rest else None
    return below and Column((*path, *below.path), (*titles, *below.titles), below.kind)


def _folded(word: str) -> str:
    return re.sub(r"\s", "", word).casefold()
