"""Everything that people read is there in both languages, and nothing is there for nobody."""

import string
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from api.docs.types import fields_of, structures
from api.words import Words, language_of, texts
from application.chronicle import events_known, name_of
from application.handlers import HANDLERS
from application.kinds import KINDS
from application.permissions import PERMISSIONS
from application.principals import Grounds
from domain.accounts import ACCOUNTS
from domain.errors import Reason, Word
from domain.funds.values import ContributionStage
from domain.grants.costs import CostStage
from domain.kernel import Record
from domain.orders.fees import KIND as FEE
from domain.people.person import RoleStage
from domain.places import LEVELS
from domain.roles import ROLES
from infrastructure.views import VIEWS
from tests.api.pages import page_texts
from tests.api.sentences import sentences

CONDITIONS = ("signature", "midterm", "final")
NOUNS = (*KINDS, "cost", "contribution", "role")

# Limits that a sentence names by another word than an account's.
LIMITS = (
    "appropriation", "audit_threshold", "authority.allotted", "authority.available",
    "authority.committed", "award", "cap", "cap_percent", "cash.bank", "cash.payable_to_treasury",
    "cash.recoverable", "cash.restricted_net_assets", "cash.unassigned_receipts", "custody",
    "free_cash", "match.pledged", "planned_tranches", "pledge", "posted", "requested",
    "returnable", "written_off",
)  # fmt: skip


def of_nouns(kind: str) -> Iterator[tuple[str, str]]:
    """Every stage or verb with the noun it belongs to."""
    for noun, aggregate in KINDS.items():
        lifecycle = aggregate.lifecycle
        names = lifecycle.stages if kind == "stage" else lifecycle.verbs
        yield from ((noun, str(name)) for name in names)
    if kind == "stage":
        yield from (("cost", str(stage)) for stage in CostStage)
        yield from (("contribution", str(stage)) for stage in ContributionStage)
        yield from (("role", str(stage)) for stage in RoleStage)


def stored_types() -> list[type]:
    """Everything whose fields people see: commands, events, things, and what these are made of."""
    commands = [command for verbs in HANDLERS.values() for command, _ in verbs.values()]
    roots = [*commands, Grounds, Record, *events_known(), *KINDS.values()]
    return [*roots, *structures(roots)]


def fields() -> set[str]:
    """Every field that people see."""
    columns = {column.name for view in VIEWS.values() for column in view.table.columns}
    return columns.union(*(fields_of(kind) for kind in stored_types()))


def choices() -> set[str]:
    """Every value that a field of a command chooses from."""
    commands = [kind for kind in stored_types() if is_dataclass(kind)]
    return {value for kind in commands for hint in hints(kind) for value in chosen(hint)}


def hints(kind: type) -> list[Any]:
    return list(get_type_hints(kind).values())


def chosen(hint: Any) -> Iterator[str]:
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    elif get_origin(hint) is not None:
        for part in get_args(hint):
            yield from chosen(part)


def known() -> dict[str, set[str]]:
    """The stored names of every kind that people may come to read."""
    conditions = {p.when.__name__ for v in PERMISSIONS.values() for p in v.values() if p.when}
    return {
        "noun": set(NOUNS),
        "role": set(ROLES),
        "account": {*ACCOUNTS, "questioned"},
        "limit": set(LIMITS),
        "condition": {*CONDITIONS, *conditions},
        "choice": choices() | set(LEVELS.values()) | {FEE},
        "field": fields(),
        "points": {name for name in fields() if name.endswith("_milli")},
        "event": {name_of(event) for event in events_known()},
    }


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("kind", known())
def test_every_stored_name_has_a_chinese_word(kind: str) -> None:
    missing = {name for name in known()[kind] if (kind, name) not in texts("zh")}

    assert missing == set()


@pytest.mark.parametrize("kind", ["stage", "verb"])
def test_every_stage_and_verb_has_a_chinese_word_for_its_noun(kind: str) -> None:
    catalogue = texts("zh")
    missing = [
        f"{noun}.{name}"
        for noun, name in of_nouns(kind)
        if (kind, f"{noun}.{name}") not in catalogue and (kind, name) not in catalogue
    ]

    assert missing == []


def test_every_sentence_has_a_chinese_translation() -> None:
    catalogue = texts("zh")
    missing = [f"{at}: {text}" for text, at in sentences().items() if ("", text) not in catalogue]

    assert missing == []


def test_every_text_of_a_page_has_a_chinese_translation() -> None:
    catalogue = texts("zh")
    missing = [
        f"{at}: {text}" for text, at in page_texts().items() if ("page", text) not in catalogue
    ]

    assert missing == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_translation_has_the_placeholders_of_its_sentence(language: Any) -> None:
    wrong = [
        text
        for (context, text), translation in texts(language).items()
        if context in ("", "page") and placeholders(text) != placeholders(translation)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_catalogue_says_nothing_that_nobody_reads(language: Any) -> None:
    used = {(kind, name) for kind, names in known().items() for name in names}
    for kind in ("stage", "verb"):
        for noun, name in of_nouns(kind):
            used |= {(kind, name), (kind, f"{noun}.{name}")}
    used |= {("", sentence) for sentence in sentences()}
    used |= {("page", text) for text in page_texts()}

    assert set(texts(language)) - used == set()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "资金处于“拟设立”阶段，不能办理“关闭资金”。"),
        ("en", "Fund in stage “proposed” does not allow “close”."),
    ],
)
def test_a_refusal_speaks_the_readers_language(language: Any, said: str) -> None:
    reason = Reason(
        "F11a.stage",
        "{noun} in stage “{stage}” does not allow “{verb}”.",
        {
            "noun": Word("noun", "fund"),
            "stage": Word("stage", "proposed"),
            "verb": Word("verb", "close"),
        },
    )

    assert Words(language).sentence(reason) == said


def test_a_verb_without_a_noun_is_that_of_the_rules_row() -> None:
    refused = Reason("F1.who", "{verb}", {"verb": Word("verb", "open")})

    assert Words("zh").sentence(refused) == "设立资金"


def test_a_stage_is_called_what_its_noun_calls_it() -> None:
    words = Words("zh")

    assert words.word("stage", "proposed", "proposal") == "拟资助"
    assert words.word("stage", "proposed", "fund") == "拟设立"


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "出纳、对账员"), ("en", "cashier, reconciler")]
)
def test_several_words_stand_in_a_row(language: Any, said: str) -> None:
    roles = (Word("role", "cashier"), Word("role", "reconciler"))

    assert Words(language).text("{roles}", roles=roles) == said


@pytest.mark.parametrize(("language", "said"), [("zh", "2026年3月2日"), ("en", "2 March 2026")])
def test_a_day_is_written_as_people_write_it(language: Any, said: str) -> None:
    assert Words(language).text("{day}", day=date(2026, 3, 2)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "届次额度 (资助经费)"), ("en", "allotted authority (grants)")]
)
def test_an_account_kept_by_line_is_named_with_its_line(language: Any, said: str) -> None:
    assert Words(language).word("account", "authority.allotted/grants") == said


def test_a_name_without_an_entry_is_read_off_itself() -> None:
    assert Words("en").word("field", "requested_minor") == "requested"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr,en;q=0.4", "en"),
        ("fr,de", "zh"),
        ("en;q=0,zh;q=0.1", "zh"),
        ("EN", "en"),
        ("en;q=nonsense", "en"),
        (";;;,,=", "zh"),
    ],
)
def test_the_language_is_chinese_unless_the_browser_prefers_english(
    header: str | None, language: str
) -> None:
    assert language_of(header) == language
