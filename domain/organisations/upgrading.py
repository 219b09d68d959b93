"""How a filed organisation becomes a legal person; what it was filed as stays on record."""

from __future__ import annotations

from domain.documents import Document
from domain.errors import check
from domain.kernel import Mandate
from domain.organisations import filing_events as e
from domain.organisations.codes import has_sound_code, is_new_code, plain_code
from domain.organisations.guards import is_no_member, is_of
from domain.organisations.organisation import Organisation


def start(organisation: Organisation, *, by: Mandate) -> None:
    """Says that the organisation means to be registered (O8)."""
    organisation.record(e.UpgradeStarted(stage=organisation.after("start-upgrade")), by)


def confirm(
    organisation: Organisation,
    *,
    uscc: str,
    authority: str,
    certificate: Document,
    is_taken: bool,
    by: Mandate,
) -> None:
    """Records the registration (O8a). Its running grants are paid again once amended."""
    stage = organisation.after("confirm-registration")
    check(
        has_sound_code("O8a", uscc),
        is_new_code("O8a", is_taken),
        is_of("O8a", organisation, certificate, "/certificate"),
        *is_no_member("O8a", organisation, by),
    )
    event = e.Registered(
        stage=stage,
        uscc=plain_code(uscc),
        authority=authority,
        certificate=certificate.id,
        registered_on=by.day,
    )
    organisation.record(event, by)


def abandon(organisation: Organisation, *, by: Mandate) -> None:
    """Stays a filed organisation (O8b)."""
    organisation.record(e.UpgradeAbandoned(stage=organisation.after("abandon-upgrade")), by)
