"""Settings, from the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What FUNDTRAIL_… variables set; each has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="FUNDTRAIL_", extra="ignore")

    database_url: str = "sqlite:///var/fundtrail.db"
    owner_database_url: str = ""
    files: Path = Path("var/files")
    clock: Literal["system", "simulated"] = "system"
    simulated_start: datetime = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    timezone: str = "Asia/Shanghai"
    place: str = "220102"
    seed: str = ""
    demonstration: bool = False
    secure_cookies: bool = False
    secret_key: str = Field(default="", repr=False)
    key_file: Path | None = None
    erasures: Path | None = None
    session_hours: int = 12
    session_idle_minutes: int = 120
    password_passes: int = 3
    password_memory_kib: int = 65_536
    password_lanes: int = 4
    limit_storage: str = "memory://"
    limit_tries: str = "10 per 15 minutes"
    limit_tries_of_name: str = "100 per hour"
    limit_tries_of_address: str = "60 per 15 minutes"
    limit_commands: str = "12000 per minute"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_scopes: str = "openid"
    oidc_label: str = "OpenID Connect"

    @property
    def rates(self) -> dict[str, str]:
        """How often something may be tried; empty for as often as one likes."""
        return {
            "pair": self.limit_tries,
            "name": self.limit_tries_of_name,
            "address": self.limit_tries_of_address,
            "command": self.limit_commands,
        }

    @property
    def zone(self) -> ZoneInfo:
        """The system's time zone, in which local days begin and end."""
        return ZoneInfo(self.timezone)
