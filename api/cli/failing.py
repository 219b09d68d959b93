"""How a command fails: what people are told, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import msgspec
import typer
from eventsourcing.persistence import PersistenceError
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup
from typer.exceptions import TyperException

from api.cli.saying import say, words
from application.desk import Unavailable
from domain.errors import Invalid, Refusal
from infrastructure.schema import OtherSchema

NO, WRONG = 1, 2
"""The exit codes: the answer is no; wrong usage or unreadable input."""


class Failure(Exception):
    """A command cannot be carried out; the message says why."""

    def __init__(self, key: str, *, code: int = WRONG, **values: object) -> None:
        super().__init__(key)
        self.code = code
        self.text = say(key, **values)


FAILURES = (
    Failure,
    Refusal,
    OtherSchema,
    Unavailable,
    PersistenceError,
    DBAPIError,
    msgspec.DecodeError,
    OSError,
    TyperException,
)


class Commands(TyperGroup):
    """The commands; whatever fails is told in one sentence and with its exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command and ends the process with its exit code."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except FAILURES as failure:
            text, code = told(failure)
            typer.echo(text, err=True)
        sys.exit(code or 0)


def told(failure: Exception) -> tuple[str, int]:
    """What is said of a failure, and the exit code."""
    if isinstance(failure, Failure):
        return failure.text, failure.code
    if isinstance(failure, Refusal):
        text = "\n".join(words().sentence(reason) for reason in failure.reasons)
        return text, WRONG if isinstance(failure, Invalid) else NO
    if isinstance(failure, OtherSchema):
        return say("schema.other"), WRONG
    if isinstance(failure, TyperException):
        return usage(failure), failure.exit_code
    if isinstance(failure, OSError):
        reason = failure.strerror or str(failure)
        return say("file.failed", file=failure.filename or "", reason=reason), WRONG
    if isinstance(failure, msgspec.DecodeError):
        return say("record.unreadable", reason=failure), NO
    # What the database said itself, without the advice that its library adds.
    reason = str(getattr(failure, "orig", None) or failure).split("\n(Background")[0]
    return say("database.failed", reason=reason), WRONG


def usage(error: TyperException) -> str:
    """What is wrong with how a command was written, and where to look."""
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if context is None:
        return say("usage", message=message)
    if type(error).__name__ == "NoArgsIsHelpError":
        return message
    hint = say("usage.help", command=context.command_path)
    return f"{say('usage', message=message)}\n{hint}"
