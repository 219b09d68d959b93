"""Documents: files that decisions rest on, named by the hash of their content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds


class Stage(StrEnum):
    STORED = "stored"
    REDACTED = "redacted"
    CLOSED = "closed"


STEPS = (
    Step("Y5", "store", (), Stage.STORED, "document.stored"),
    Step("Y6", "redact", (Stage.STORED,), Stage.REDACTED, "document.redacted"),
    Step("Y7", "close", (Stage.STORED, Stage.REDACTED), Stage.CLOSED, "document.closed"),
)
lifecycle = Lifecycle("document", Stage, (Stage.CLOSED,), STEPS)

TYPES = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "text/plain",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""The kinds of file that may be stored."""

KEPT_YEARS = 30
"""How many years vouchers and books are kept after the year that they belong to."""

LARGEST = 20 * 1024 * 1024
"""The most bytes a document may have."""

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Stored(Event, frozen=True, tag="document.stored"):
    sha256: str
    media_type: str
    size: int
    subject: str
    place: str
    organisation: str
    owner: str
    agent: str = ""


class Redacted(Event, frozen=True, tag="document.redacted"):
    public_sha256: str
    public_media_type: str


class Closed(Event, frozen=True, tag="document.closed"):
    kept_until: date


class Document(Aggregate):
    """A stored file; `subject` is the stream of the thing it belongs to.

    `public_sha256` is its public copy, in which everything is blacked out that must be; empty
    until there is one. `agent` is the fiscal agent whose account it is about. A closed one is
    kept until the last day of `kept_until`.
    """

    noun = "document"
    lifecycle = lifecycle

    sha256: str = ""
    media_type: str = ""
    size: int = 0
    subject: str = ""
    place: str = ""
    organisation: str = ""
    agent: str = ""
    owner: str = ""
    public_sha256: str = ""
    public_media_type: str = ""
    kept_until: date | None = None


def may_be_stored(sha: str, media_type: str, size: int, sealed: bool) -> Iterable[Reason | None]:
    """What is asked of a file before it is kept (Y5); a tip takes none, for it names its owner."""
    yield holds(
        "Y5.hash",
        bool(SHA256.fullmatch(sha)),
        "A document is named by its SHA-256.",
        field="/sha256",
    )
    yield holds(
        "Y5.type",
        media_type in TYPES,
        "Files of the kind {kind} are not stored; allowed are: {allowed}.",
        field="/media_type",
        kind=media_type,
        allowed=", ".join(TYPES),
    )
    yield holds(
        "Y5.size",
        0 < size <= LARGEST,
        "A document has between 1 and {most} bytes.",
        field="/size",
        most=LARGEST,
    )
    yield holds(
        "Y5.sealed",
        not sealed,
        "A tip takes no files, because they would tell who gave it.",
        field="/subject",
    )


def check_kind(media_type: str, kinds: Collection[str]) -> None:
    """Refuses a file whose bytes are not what it is said to be (Y5).

    A kind that is never stored is refused elsewhere, whatever the bytes are.
    """
    check(
        holds(
            "Y5.kind",
            media_type in kinds or media_type not in TYPES,
            "The file is said to be {kind}, and its content is something else.",
            field="/file",
            kind=media_type,
        )
    )


def store(
    id: str,
    *,
    sha256: str,
    media_type: str,
    size: int,
    subject: str,
    place: str,
    organisation: str,
    agent: str = "",
    is_sealed: bool = False,
    by: Mandate,
) -> Document:
    check(*may_be_stored(sha256, media_type, size, is_sealed))
    document = Document(id=id)
    event = Stored(
        stage=lifecycle.start("store"),
        sha256=sha256,
        media_type=media_type,
        size=size,
        subject=subject,
        place=place,
        organisation=organisation,
        owner=by.person,
        agent=agent,
    )
    document.record(event, by)
    return document


def redact(document: Document, *, copy: Document, by: Mandate) -> None:
    """Puts a public copy before the document (Y6); the original stays with oversight and audit."""
    stage = document.after("redact")
    check(
        holds(
            "Y6.copy",
            copy.subject == document.subject and copy.stage == Stage.STORED,
            "The public copy is a stored document of the same matter.",
            field="/public_copy",
        ),
        holds(
            "Y6.differs",
            copy.sha256 != document.sha256,
            "The public copy is another file than the original.",
            field="/public_copy",
        ),
    )
    event = Redacted(stage=stage, public_sha256=copy.sha256, public_media_type=copy.media_type)
    document.record(event, by)


def kept_until(year: int) -> date:
    """The last day on which papers of a year have to be kept."""
    return date(year + KEPT_YEARS, 12, 31)


def close(document: Document, *, by: Mandate) -> None:
    """Closes a document to all but its keepers, until it no longer has to be kept (Y7)."""
    stage = document.after("close")
    check(
        holds(
            "Y7.authority",
            bool(by.authority_ref),
            "Say by what authority a document is closed.",
            field="/authority_ref",
        )
    )
    stored = document.effective_at or by.effective_at
    year = stored.astimezone(by.zone).year
    document.record(Closed(stage=stage, kept_until=kept_until(year)), by)
