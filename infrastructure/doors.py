"""The doors that the settings open: passwords, and a provider of identities."""

from __future__ import annotations

from infrastructure.credentials import Credentials
from infrastructure.hashing import Cost, Hashing
from infrastructure.identity import Identity
from infrastructure.limiting import Counting
from infrastructure.openid import Client, OpenId
from infrastructure.sessions import Lasting
from infrastructure.settings import Settings


def doors_of(settings: Settings, identity: Identity) -> tuple[Counting, Credentials, OpenId | None]:
    """The limits, the passwords, and the provider if there is one."""
    limits = Counting(settings.rates, settings.limit_storage)
    return limits, credentials_of(settings, identity, limits), openid_of(settings, identity)


def lasting_of(settings: Settings) -> Lasting:
    """How long sessions last."""
    return Lasting(settings.session_hours, settings.session_idle_minutes)


def credentials_of(settings: Settings, identity: Identity, counting: Counting) -> Credentials:
    """Passwords, hashed at the cost that the settings name."""
    cost = Cost(settings.password_passes, settings.password_memory_kib, settings.password_lanes)
    return Credentials(
        identity.database,
        now=identity.now,
        sessions=identity.sessions,
        hashing=Hashing(cost),
        counting=counting,
    )


def openid_of(settings: Settings, identity: Identity) -> OpenId | None:
    """The provider, if the settings name one."""
    if not settings.oidc_issuer:
        return None
    client = Client(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_scopes,
        settings.oidc_label,
    )
    return OpenId(client, identity.database, identity.now)
